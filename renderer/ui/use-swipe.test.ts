import { describe, expect, it } from 'vitest';
import { swipeOf } from './use-swipe.ts';

describe('what a finger does', () => {
  it('is not known before it has gone a little', () => expect(swipeOf(6, 3, false)).toBe('undecided'));
  it('is a swipe when it goes across, counted toward the end of the line', () => {
    expect(swipeOf(80, 12, false)).toBe(80);
    expect(swipeOf(-80, 12, false)).toBe(-80);
  });
  it('counts the other way where lines run the other way', () => expect(swipeOf(-80, 0, true)).toBe(80));
  it('is a scroll when it goes along, also slanting', () => {
    expect(swipeOf(3, 40, false)).toBe('other');
    expect(swipeOf(40, 35, false)).toBe('other');
  });
});
