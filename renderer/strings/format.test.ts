import { describe, expect, it } from 'vitest';
import {
  baseName,
  formatAgo,
  formatClock,
  formatCost,
  formatCount,
  formatDuration,
  formatSince,
  relativePath,
  shortPath,
} from './format.ts';

describe('formats', () => {
  it('tells durations in the unit that suits them', () => {
    expect([12, 999, 3_240, 48_900, 59_600, 3_723_000].map(formatDuration)).toEqual([
      '12 ms',
      '999 ms',
      '3.2 s',
      '49 s',
      '1:00',
      '1:02:03',
    ]);
    expect(formatClock(7)).toBe('0:07');
  });

  it('shortens numbers and money without hiding small ones', () => {
    expect([950, 1_904, 48_213, 999_600, 1_200_000].map(formatCount)).toEqual(['950', '1.9k', '48k', '1.0M', '1.2M']);
    expect([0.0007, 0.0842, 1.5].map(formatCost)).toEqual(['$0.0007', '$0.084', '$1.50']);
  });

  it('tells age, and the date when it is long ago', () => {
    const now = new Date(2026, 10, 20, 12).getTime();
    expect(formatAgo(now - 30_000, now)).toBe('now');
    expect(formatAgo(now - 26 * 3_600_000, now)).toBe('1d');
    expect(formatSince(now - 12 * 86_400_000, now)).toBe('on Nov 8');
    expect(formatSince(now - 3_600_000, now)).toBe('1h ago');
  });

  it('shortens only paths that lie inside', () => {
    expect(shortPath('/home/ada/x', '/home/ada')).toBe('~/x');
    expect(shortPath('/home/adam/x', '/home/ada')).toBe('/home/adam/x');
    expect(relativePath('/p/src/a.ts', '/p')).toBe('src/a.ts');
    expect(relativePath('/proj/a.ts', '/p')).toBe('/proj/a.ts');
    expect(baseName('C:\\work\\atlas\\')).toBe('atlas');
  });
});
