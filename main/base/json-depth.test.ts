import { describe, expect, it } from 'vitest';
import { canonicalJson, maxDepth } from './canonical-json.ts';
import { isDeeperThan } from './json-depth.ts';

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

describe('isDeeperThan', () => {
  it('measures the depth of arrays and objects, however deep, without overflowing the stack', () => {
    expect(isDeeperThan(nested(100_000), 200)).toBe(true);
    expect(isDeeperThan({ a: { b: [1, 2, { c: 3 }] } }, 3)).toBe(false);
    expect(isDeeperThan({ a: { b: [1, 2, { c: {} }] } }, 3)).toBe(true);
    expect(isDeeperThan('text', 0)).toBe(false);
  });
});

describe('canonicalJson', () => {
  it('refuses a value that is nested too deep with a named error, not with an overflow', () => {
    expect(() => canonicalJson(nested(maxDepth + 10))).toThrow(`nested more than ${maxDepth}`);
  });
});
