import { describe, expect, it } from 'vitest';
import { deadMs, freshMs, Pulse, quietMs } from './pulse.ts';

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
    pass(deadMs);
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
    pass(deadMs - 1);
    expect(seen).toEqual({ pings: 1, dead: 0 });
    pass(2);
    expect(seen.dead).toBe(1);
  });

  it('asks when the person does something, once, and not on a link that just spoke', () => {
    const { pulse, seen, pass } = pulseAt(0);
    pulse.used();
    expect(seen.pings).toBe(0);
    pass(freshMs + 1);
    pulse.used();
    pass(deadMs - 1);
    // Somebody who goes on typing gives a dead link no more time.
    pulse.used();
    expect(seen).toEqual({ pings: 1, dead: 0 });
    pass(1);
    expect(seen).toEqual({ pings: 1, dead: 1 });
  });

  it('finds a dead link within fifteen seconds when nobody does anything', () => {
    const { seen, pass } = pulseAt(0);
    for (let second = 0; second < 16 && seen.dead === 0; second += 1) pass(1_000);
    expect(seen).toEqual({ pings: 1, dead: 1 });
  });
});
