import { describe, expect, it } from 'vitest';
import { findPattern } from '../../store/find.ts';
import type { Entry, Item, Turn } from '../../store/transcript/view.ts';
import { findPlaces, firstHit, hitAt, indexWhere, mostHits, totalOf } from './find-places.ts';
import { partRows } from './turn-parts.ts';

const pattern = (text: string): RegExp => findPattern({ text, words: null })!;
const text = (key: string, words: string, more: object = {}) =>
  ({ kind: 'text', key, text: words, parentId: null, ...more }) as unknown as Item;
const tool = (key: string, more: object = {}) =>
  ({
    ...{ kind: 'tool', key, toolCallId: key, parentId: null, toolKind: 'execute', status: 'completed' },
    ...{ title: '', output: '', diffs: [], approvals: [], ...more },
  }) as unknown as Item;

function viewOf(...turns: readonly (readonly Item[])[]) {
  const entries = turns.map((_, at): Entry => ({ kind: 'turn', seq: at * 10 + 1, turnId: `t${at}` as never }));
  return { entries, turns: new Map(turns.map((items, at) => [`t${at}` as never, { items } as unknown as Turn])) };
}

describe('what is found in a conversation', () => {
  it('is found in what was said, thought, run and changed, in the order in which it stands there', () => {
    const view = viewOf(
      [{ kind: 'user', key: 'u', seq: 1, text: 'wind wind' } as unknown as Item, text('a', 'no'), text('b', 'Wind')],
      [
        { kind: 'reasoning', key: 'r', text: 'wind?', parentId: null } as unknown as Item,
        tool('c', { title: 'cat wind', output: 'wind\nwind' }),
        tool('d', { diffs: [{ path: 'wind.ts', hunks: [{ lines: ['+wind', ' x'] }] }] }),
      ],
    );
    const places = findPlaces(view, pattern('wind'));
    expect(places.map(({ key, count }) => `${key}${count}`)).toEqual(['u2', 'b1', 'r1', 'c3', 'd2']);
    expect(totalOf(places)).toBe(9);
    expect(hitAt(places, 1)).toMatchObject({ place: { key: 'u' }, nth: 1 });
    expect(hitAt(places, 2)).toMatchObject({ place: { key: 'b' }, nth: 0 });
    expect(hitAt(places, 9)).toBeNull();
    expect(places.find(({ key }) => key === 'r')).toMatchObject({ seq: 11, opens: ['reasoning r'] });
  });

  it('says what has to be unfolded: a run, a call, the steps of a sub-agent, a part that was gone back over', () => {
    const quiet = (key: string, more: object = {}) => tool(key, { toolKind: 'read', ...more });
    const view = viewOf(
      [quiet('a'), quiet('b', { output: 'wind' }), quiet('c')],
      [tool('agent', { toolKind: 'agent' }), text('inner', 'wind', { parentId: 'agent' })],
      [text('gone', 'wind')],
    );
    const last = view.entries.pop()!;
    view.entries.push({ kind: 'rewound', seq: 21, key: 'rewound-30', ts: 0, by: {} as never, entries: [last] });
    expect(findPlaces(view, pattern('wind')).map(({ key, seq, opens }) => [key, seq, ...opens])).toEqual([
      ['b', 1, 'run a', 'tool b'],
      ['inner', 11, 'tool agent', 'steps agent'],
      ['gone', 21, 'fold rewound-30'],
    ]);
  });

  it('names the row of the list in a turn that is several', () => {
    const items = Array.from({ length: partRows * 2 + 3 }, (_, at) =>
      text(`i${at}`, at % partRows === 1 ? 'wind' : ''),
    );
    expect(findPlaces(viewOf(items), pattern('wind')).map(({ part }) => part)).toEqual([0, 1, 2]);
  });

  it('names the row of each piece of a long answer, and begins at its first hit', () => {
    const long = Array.from({ length: 200 }, (_, at) => `Paragraph ${at}. ${'Words and words. '.repeat(10)}`);
    const answer = [...long, 'wind', ...long, 'wind', ...long].join('\n\n');
    const places = findPlaces(viewOf([text('a', answer, { seq: 3 })]), pattern('wind'));
    expect(totalOf(places)).toBe(2);
    expect(places[0]!.part).toBeGreaterThan(0);
    expect(places[1]!.part).toBeGreaterThan(places[0]!.part);
    expect(hitAt(places, firstHit(places, 4, 0))?.place).toBe(places[0]);
  });

  it('begins at what a search found, else where somebody reads', () => {
    const view = viewOf(
      [text('a', 'wind', { seq: 3 }), text('b', 'wind wind', { seq: 5 })],
      [tool('c', { output: 'wind', seq: 12 }), text('d', 'wind', { seq: 15 })],
    );
    const places = findPlaces(view, pattern('wind'));
    const keyAt = (index: number) => hitAt(places, index)?.place.key;
    expect(keyAt(firstHit(places, 5, 0))).toBe('b');
    // The end of a call is found by its own number.
    expect(keyAt(firstHit(places, 14, 0))).toBe('c');
    expect(keyAt(firstHit(places, 1, 0))).toBe('a');
    expect(keyAt(firstHit(places, null, 11))).toBe('c');
    expect(keyAt(firstHit(places, null, 99))).toBe('a');
    expect(firstHit([], 5, 0)).toBe(0);
    expect(indexWhere(places, ({ key }) => key === 'd')).toBe(4);
  });

  it('is bounded', () => {
    const places = findPlaces(
      viewOf([text('a', 'a '.repeat(mostHits - 1)), text('b', 'a a'), text('c', 'a')]),
      pattern('a'),
    );
    expect(totalOf(places)).toBe(mostHits);
  });
});
