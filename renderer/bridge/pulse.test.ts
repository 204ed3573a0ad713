import { describe, expect, it } from 'vitest';
import { deadMs, Pulse, quietMs, wakeMs } from './pulse.ts';

function pulseAt(start: number) {
  let now = start;
  const seen = { pings: 0, dead: 0 };
  const pulse = new Pulse({ now: () => now, send: () => (seen.pings += 1), onDead: () => (seen.dead += 1) });
  const pass = (ms: number): void => {
    now += ms;
    pulse.check();
  };
  return { pulse, seen, pass };
}

describe('the pulse of a link', () => {
  it('asks for a sign of life once after silence, and gives up when none comes', () => {
    const { seen, pass } = pulseAt(0);
    pass(quietMs + 1);
    pass(1_000);
    expect(seen).toEqual({ pings: 1, dead: 0 });
    pass(deadMs - quietMs);
    expect(seen.dead).toBe(1);
  });

  it('goes on when the sign comes', () => {
    const { pulse, seen, pass } = pulseAt(0);
    pass(quietMs + 1);
    pulse.heard();
    pass(quietMs - 1);
    expect(seen).toEqual({ pings: 1, dead: 0 });
  });

  it('expects a sign within seconds after the page woke up', () => {
    const { pulse, seen, pass } = pulseAt(0);
    pulse.wake();
    pass(wakeMs - 1);
    expect(seen).toEqual({ pings: 1, dead: 0 });
    pass(2);
    expect(seen.dead).toBe(1);
  });
});
