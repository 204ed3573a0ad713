import { describe, expect, it } from 'vitest';
import type { DiffRow } from './diff-rows.ts';
import { linesBetween, splitRows, unifiedRows } from './view-rows.ts';

const row = (kind: 'add' | 'remove' | 'same', text: string): DiffRow => ({ kind, oldLine: 1, newLine: 1, text });
const rows: readonly DiffRow[] = [
  { kind: 'skip', count: 9 },
  row('same', 'a'),
  row('remove', 'b'),
  row('remove', 'c'),
  row('add', 'B'),
  row('same', 'd'),
  row('add', 'e'),
];

describe('a diff side by side', () => {
  it('has what was removed beside what was added in its place', () => {
    expect(splitRows(rows)).toEqual([
      { left: 0, right: 0 },
      { left: 1, right: 1 },
      { left: 2, right: 4 },
      { left: 3, right: null },
      { left: 5, right: 5 },
      { left: null, right: 6 },
    ]);
  });

  it('holds every row of the diff exactly once', () => {
    const places = splitRows(rows).flatMap(({ left, right }) => (left === right ? [left] : [left, right]));
    expect(places.filter((at) => at !== null).sort()).toEqual(rows.map((_, at) => at));
  });
});

describe('chosen lines of a diff', () => {
  const texts = (view: typeof unifiedRows, from: number, to: number) =>
    linesBetween(rows, view(rows), from, to).map((line) => line.text);

  it('come in the order of the diff, whichever way they were chosen', () => {
    expect(texts(unifiedRows, 3, 1)).toEqual(['a', 'b', 'c']);
    expect(texts(splitRows, 3, 2)).toEqual(['b', 'c', 'B']);
  });

  it('are none where only unchanged lines were left out', () => {
    expect(texts(unifiedRows, 0, 0)).toEqual([]);
  });
});
