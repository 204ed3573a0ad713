import { describe, expect, it } from 'vitest';
import { GoalLimits } from '../../../main/protocol/values.ts';
import { limitRanges, limitTexts, readLimit, readLimits } from './limit-values.ts';

describe('the fields of the limits of a goal', () => {
  it('hold a limit, or none when they are empty', () => {
    expect(readLimits({ turns: ' 5 ', minutes: '', cost_usd: '2,50' })).toEqual({
      turns: 5,
      minutes: null,
      cost_usd: 2.5,
    });
    expect(limitTexts({ turns: 5, minutes: null, cost_usd: 2.5 })).toEqual({
      turns: '5',
      minutes: '',
      cost_usd: '2.5',
    });
  });

  it.each([
    ['turns', '0'],
    ['turns', '1.5'],
    ['turns', 'many'],
    ['minutes', '10081'],
    ['cost_usd', '0.001'],
  ] as const)('refuse %s %j', (name, text) => expect(readLimit(name, text)).toBeUndefined());

  it('take exactly what the protocol takes', () => {
    for (const [name, { least, most }] of Object.entries(limitRanges)) {
      const limits = { turns: null, minutes: null, cost_usd: null };
      for (const value of [least, most]) expect(GoalLimits.safeParse({ ...limits, [name]: value }).success).toBe(true);
      for (const value of [least / 2, most + 1]) {
        expect(GoalLimits.safeParse({ ...limits, [name]: value }).success).toBe(false);
      }
    }
  });
});
