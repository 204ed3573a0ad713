import { describe, expect, it } from 'vitest';
import { createManualClock } from '../base/clock.ts';
import { attemptLimits, createAttemptLimiter, householdOf } from './attempt-limiter.ts';

const world = () => {
  const clock = createManualClock();
  return { clock, limiter: createAttemptLimiter(clock.now) };
};

describe('attempts', () => {
  it('are counted when they begin, and forgotten when they were right or nothing was compared', () => {
    const { limiter } = world();
    for (let n = 0; n < 20; n += 1) {
      const begun = limiter.begin('10.0.0.1');
      if (!begun.ok) throw new Error('held up');
      if (n % 2) begun.right();
      else begun.notCompared();
    }
    for (let n = 0; n < attemptLimits.perAddress; n += 1) expect(limiter.begin('10.0.0.1').ok).toBe(true);
    expect(limiter.begin('10.0.0.1')).toEqual({ ok: false, waitMs: attemptLimits.windowMs / attemptLimits.perAddress });
    expect(limiter.begin('10.0.0.2').ok).toBe(true);
  });

  it('of everybody together hold up only those who were wrong before', () => {
    const { limiter, clock } = world();
    for (let n = 0; n < attemptLimits.everybody; n += 1) limiter.begin(`10.1.0.${n}`);
    expect(limiter.begin('10.1.0.7').ok).toBe(false);
    expect(limiter.begin('10.2.0.1').ok).toBe(true);
    expect(limiter.begin('10.2.0.1').ok).toBe(false);
    clock.advance(attemptLimits.windowMs);
    expect(limiter.begin('10.1.0.7').ok).toBe(true);
  });

  it('come from one household for a whole /64 of IPv6', () => {
    const { limiter } = world();
    for (let n = 0; n < attemptLimits.perAddress; n += 1) expect(limiter.begin(`2001:db8:0:1::${n}`).ok).toBe(true);
    expect(limiter.begin('2001:db8::1:abcd:1:2:3').ok).toBe(false);
    expect(limiter.begin('2001:db8:0:2::1').ok).toBe(true);
    expect(householdOf('::1')).toBe('0:0:0:0');
    expect(householdOf('fe80::1%eth0')).toBe('fe80:0:0:0');
    expect(householdOf('192.168.1.2')).toBe('192.168.1.2');
  });
});
