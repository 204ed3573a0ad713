import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extended, left, signed, startTimer, type TurnTimer, waiting, warnsAt } from './turn-timer.ts';

const limits = { idle_ms: 1000, total_ms: 10_000 };

type Step = { ms: number; do: 'nothing' | 'sign' | 'wait' | 'go' | 'more_idle' | 'more_total' };
const step: fc.Arbitrary<Step> = fc.record({
  ms: fc.integer({ min: 0, max: 5000 }),
  do: fc.constantFrom('nothing', 'sign', 'wait', 'go', 'more_idle', 'more_total'),
});

describe('the time a turn has left', () => {
  it('is what was allowed, less the time that passed while nobody was waited for', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let timer = startTimer(limits, 0) as TurnTimer;
        let now = 0;
        let waits = false;
        let total = limits.total_ms;
        let idle = limits.idle_ms;
        for (const one of steps) {
          now += one.ms;
          if (!waits) {
            total -= one.ms;
            idle -= one.ms;
          }
          switch (one.do) {
            case 'sign':
              timer = signed(timer, now);
              idle = limits.idle_ms;
              break;
            case 'wait':
            case 'go':
              waits = one.do === 'wait';
              timer = waiting(timer, waits, now);
              break;
            case 'more_idle':
              timer = extended(timer, 'idle');
              idle += limits.idle_ms;
              break;
            case 'more_total':
              timer = extended(timer, 'total');
              total += limits.total_ms;
              break;
          }
          expect(left(timer, 'total', now)).toBe(total);
          expect(left(timer, 'idle', now)).toBe(idle);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is not measured without a limit', () => {
    expect(startTimer({ idle_ms: null, total_ms: null }, 0)).toBeNull();
    const timer = startTimer({ idle_ms: null, total_ms: 5 }, 0) as TurnTimer;
    expect(left(extended(timer, 'idle'), 'idle', 3)).toBeNull();
  });

  it('is announced a minute before its end, of a short one in the last fifth', () => {
    const timer = startTimer({ idle_ms: 600_000, total_ms: 100_000 }, 0) as TurnTimer;
    expect([warnsAt(timer, 'idle'), warnsAt(timer, 'total')]).toEqual([60_000, 20_000]);
  });
});
