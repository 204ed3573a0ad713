import { describe, expect, it } from 'vitest';
import { closeFind, findPattern, findStore, openFind, typeFind } from './find.ts';

const found = (text: string, within: string, words: string[] | null = null) =>
  within.match(findPattern({ text, words }) ?? /$^/g) ?? [];

describe('what is looked for in a conversation', () => {
  it('is found in any case, over lines and marks, and means no more than its letters', () => {
    expect(found('Four words', 'four\nwords, **Four** words')).toEqual(['four\nwords', 'Four** words']);
    expect(found('a.b(c|d)[e]{2}\\ -/', 'a.b(c|d)[e]{2}\\ -/ axb')).toHaveLength(1);
    expect(found('äÖ', 'Äö ao')).toEqual(['Äö']);
    expect(findPattern({ text: '  ', words: null })).toBeNull();
  });

  it('may be any of the words a search over everything found', () => {
    expect(found('', 'winds of the west wind', ['wind', 'winds', 'west'])).toEqual(['winds', 'west', 'wind']);
  });

  it('is kept for its session, and is what is typed from then on', () => {
    openFind('a' as never, { text: 'wind', words: ['winds'], seq: 4 });
    openFind('a' as never);
    expect(findStore.getState().question).toMatchObject({ text: 'wind', words: ['winds'] });
    typeFind('window');
    expect(findStore.getState().question).toMatchObject({ text: 'window', words: null, seq: null });
    openFind('b' as never);
    expect(findStore.getState().question).toMatchObject({ text: '', sessionId: 'b' });
    closeFind();
    typeFind('x');
    expect(findStore.getState().question).toBeNull();
  });
});
