import { describe, expect, it } from 'vitest';
import { type HistoryPlace, stepThrough } from './prompt-history.ts';

const prompts = ['third', 'second', 'first'];

function walk(start: string, ...steps: ('older' | 'newer' | { type: string })[]): string[] {
  let place: HistoryPlace | null = null;
  let text = start;
  return steps.map((step) => {
    if (typeof step === 'object') {
      text = step.type;
      return text;
    }
    const next = stepThrough(prompts, place, text, step);
    if (!next) return '-';
    place = next.place;
    text = next.text;
    return text;
  });
}

describe('the history of the composer', () => {
  it('goes back to the oldest prompt and stops there', () => {
    expect(walk('', 'older', 'older', 'older', 'older')).toEqual(['third', 'second', 'first', '-']);
  });

  it('gives back what was being written', () => {
    expect(walk('half a thought', 'older', 'older', 'newer', 'newer', 'newer')).toEqual([
      'third',
      'second',
      'third',
      'half a thought',
      '-',
    ]);
  });

  it('takes a prompt that was changed for what is being written', () => {
    expect(walk('', 'older', { type: 'third, but better' }, 'older', 'newer')).toEqual([
      'third',
      'third, but better',
      'third',
      'third, but better',
    ]);
  });
});
