import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDeeperThan } from '../base/json-depth.ts';
import { cutDepth, isTooDeep, maxLineDepth } from './cut-depth.ts';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('the depth of a line', () => {
  it('is too much only above the limit', () => {
    const tooDeep = (levels: number) => isTooDeep(nested(levels), JSON.parse(nested(levels)));
    expect([1, maxLineDepth, maxLineDepth + 1, maxLineDepth + 2, 100_000].map(tooDeep)).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it('is cut to the limit, whatever lies there', () => {
    const levels = fc.array(fc.constantFrom('[', '{"a":1,"b":'), { minLength: 300, maxLength: 10_000 });
    fc.assert(
      fc.property(levels, (open) => {
        const close = open.map((bracket) => (bracket === '[' ? ']' : '}')).reverse();
        const value: unknown = JSON.parse(`${open.join('')}1${close.join('')}`);
        cutDepth(value);
        expect(isDeeperThan(value, maxLineDepth)).toBe(false);
        expect(isDeeperThan(value, maxLineDepth - 1)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('is left as it is up to the limit', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const before = JSON.stringify(value);
        cutDepth(value);
        expect(JSON.stringify(value)).toBe(before);
      }),
    );
  });
});
