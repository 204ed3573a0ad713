import type { QuotedLine } from '../../store/comment.ts';
import type { DiffRow } from './diff-rows.ts';

/** One row on the screen, by places in the rows of the diff. Side by side, what was and what is share it; a half may be empty. */
export interface ViewRow {
  readonly left: number | null;
  readonly right: number | null;
}

/** Every row of the diff on a row of its own. */
export function unifiedRows(rows: readonly DiffRow[]): readonly ViewRow[] {
  return rows.map((_, at) => ({ left: at, right: at }));
}

/** Removed lines beside the lines that came in their place; the longer of both has empty halves beside its end. */
export function splitRows(rows: readonly DiffRow[]): readonly ViewRow[] {
  const view: ViewRow[] = [];
  for (let at = 0; at < rows.length; ) {
    const removed = runOf(rows, at, 'remove');
    const added = runOf(rows, at + removed, 'add');
    if (removed + added === 0) {
      view.push({ left: at, right: at });
      at += 1;
      continue;
    }
    for (let n = 0; n < Math.max(removed, added); n += 1) {
      view.push({ left: n < removed ? at + n : null, right: n < added ? at + removed + n : null });
    }
    at += removed + added;
  }
  return view;
}

function runOf(rows: readonly DiffRow[], from: number, kind: 'add' | 'remove'): number {
  let end = from;
  while (rows[end]?.kind === kind) end += 1;
  return end - from;
}

/** The lines behind the rows from one to another, in the order of the diff; what is left out between hunks is no line. */
export function linesBetween(
  rows: readonly DiffRow[],
  view: readonly ViewRow[],
  anchor: number,
  head: number,
): readonly QuotedLine[] {
  const [from, to] = anchor < head ? [anchor, head] : [head, anchor];
  const places = new Set(view.slice(from, to + 1).flatMap(({ left, right }) => [left ?? [], right ?? []].flat()));
  return [...places]
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const row = rows[at];
      return row && row.kind !== 'skip' ? [row] : [];
    });
}
