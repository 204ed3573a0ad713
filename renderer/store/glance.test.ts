import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGlance, glanceMs } from './glance.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const marks: number[] = [];
  return { marks, glance: createGlance((seq) => marks.push(seq)) };
}

describe('what is read', () => {
  it('is nothing of a session that is left before a glance is over', () => {
    const { marks, glance } = watched();
    glance.look(5);
    vi.advanceTimersByTime(glanceMs - 1);
    glance.end();
    vi.advanceTimersByTime(10_000);
    expect(marks).toEqual([]);
  });

  it('is what stands there after a glance, also while more keeps coming faster than that', () => {
    const { marks, glance } = watched();
    for (let seq = 1; seq <= 10; seq += 1) {
      glance.look(seq);
      vi.advanceTimersByTime(glanceMs / 4);
    }
    expect(marks).toEqual([4, 5, 6, 7, 8, 9, 10]);
  });

  it('is each thing at once from then on, so that who leaves with the last word has read it', () => {
    const { marks, glance } = watched();
    glance.look(5);
    vi.advanceTimersByTime(glanceMs);
    glance.look(6);
    glance.end();
    expect(marks).toEqual([5, 6]);
  });

  it('begins anew after the end was out of sight', () => {
    const { marks, glance } = watched();
    glance.look(5);
    vi.advanceTimersByTime(glanceMs - 1);
    glance.look(null);
    vi.advanceTimersByTime(10_000);
    glance.look(7);
    vi.advanceTimersByTime(glanceMs - 1);
    expect(marks).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(marks).toEqual([7]);
    glance.look(null);
    glance.look(8);
    expect(marks).toEqual([7]);
  });
});
