import { describe, expect, it } from 'vitest';
import { createManualClock } from '../base/clock.ts';
import { createFailureLimiter, failureLimits } from './rate-limit.ts';

const start = () => {
  const clock = createManualClock();
  return { clock, limiter: createFailureLimiter(clock.now) };
};
const failTimes = (times: number, fail: (n: number) => number) => Array.from({ length: times }, (_, n) => fail(n));

describe('the failure limiter', () => {
  it('lets some failures pass, then tells that address to wait, and no other', () => {
    const { limiter } = start();
    expect(failTimes(failureLimits.perAddress, () => limiter.fail('a'))).toEqual(
      Array(failureLimits.perAddress).fill(0),
    );
    expect(limiter.fail('a')).toBeGreaterThan(0);
    expect(limiter.fail('b')).toBe(0);
  });

  it('tells how long: after that one more failure passes, and before it does not', () => {
    const { clock, limiter } = start();
    failTimes(failureLimits.perAddress, () => limiter.fail('a'));
    const waitMs = limiter.fail('a');
    clock.advance(waitMs / 2);
    expect(limiter.fail('a')).toBeGreaterThan(0);
    clock.advance(waitMs);
    expect(limiter.fail('a')).toBe(0);
  });

  it('does not make the wait longer for failing on', () => {
    const { limiter } = start();
    const waits = failTimes(1_000, () => limiter.fail('a')).slice(failureLimits.perAddress);
    expect(new Set(waits).size).toBe(1);
    expect(waits[0]).toBeLessThanOrEqual(failureLimits.windowMs);
  });

  it('forgets after the window', () => {
    const { clock, limiter } = start();
    failTimes(50, () => limiter.fail('a'));
    clock.advance(failureLimits.windowMs);
    expect(failTimes(failureLimits.perAddress, () => limiter.fail('a')).every((wait) => wait === 0)).toBe(true);
  });

  it('limits all addresses together, however many there are', () => {
    const { limiter } = start();
    const waits = failTimes(failureLimits.everybody + 1, (n) => limiter.fail(`address ${n}`));
    expect(waits.slice(0, -1).every((wait) => wait === 0)).toBe(true);
    expect(waits.at(-1)).toBeGreaterThan(0);
  });

  it('remembers the addresses it saw last, and a bounded number of them', () => {
    const { clock, limiter } = start();
    failTimes(failureLimits.perAddress, () => limiter.fail('a'));
    for (let n = 0; n < failureLimits.addresses; n += 1) {
      clock.advance(1);
      limiter.fail(`other ${n}`);
    }
    // Long enough for the limit on everybody, far too short for the one on an address.
    clock.advance(failureLimits.windowMs / failureLimits.everybody);
    expect(limiter.fail('a')).toBe(0);
  });

  it('does not forget an address that fails on, however many others come between', () => {
    const { clock, limiter } = start();
    failTimes(failureLimits.perAddress, () => limiter.fail('a'));
    for (let n = 0; n < 3 * failureLimits.addresses; n += 1) {
      clock.advance(1);
      limiter.fail(`other ${n}`);
      if (n % 100 === 0) limiter.fail('a');
    }
    clock.advance(failureLimits.windowMs / failureLimits.everybody);
    expect(limiter.fail('a')).toBeGreaterThan(0);
  });
});
