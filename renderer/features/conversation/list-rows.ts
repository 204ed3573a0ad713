import { useMemo } from 'react';
import type { ReadingPlace } from '../../store/reading-place.ts';
import type { Entry } from '../../store/transcript/view.ts';
import { useSession, useTranscript } from './session-context.ts';
import { partsOf } from './turn-parts.ts';

export type Row =
  | { readonly kind: 'beginning' }
  /** `part`: of a turn so long that it is several rows. `more`: it goes on in the next row. */
  | { readonly kind: 'entry'; readonly entry: Entry; readonly part: number; readonly more: boolean }
  | { readonly kind: 'end' };
const beginning: Row = { kind: 'beginning' };
const end: Row = { kind: 'end' };

export function keyOf(row: Row): string {
  return row.kind === 'entry' ? `${row.entry.kind}-${row.entry.seq}-${row.part}` : row.kind;
}

/** Looked at anew when an entry is added and when the running turn has grown by a row of the list, not with every word. */
export function useRows(entries: readonly Entry[]): readonly Row[] {
  const { store } = useSession();
  const running = useTranscript((view) => view.runningTurn);
  const parts = useTranscript((view) => (view.runningTurn === null ? 0 : partsOf(view.turns.get(view.runningTurn))));
  // biome-ignore lint/correctness/useExhaustiveDependencies: these say when there is something new
  return useMemo(() => {
    const { turns } = store.getState();
    const rows: Row[] = [beginning];
    for (const entry of entries) {
      const count = entry.kind === 'turn' ? partsOf(turns.get(entry.turnId)) : 1;
      for (let part = 0; part < count; part += 1) rows.push({ kind: 'entry', entry, part, more: part < count - 1 });
    }
    rows.push(end);
    return rows;
  }, [store, entries, running, parts]);
}

export type RowPlace = Pick<ReadingPlace, 'seq' | 'part'>;

/** The row of the list that holds a place; -1: none does any more. */
export function rowAt(rows: readonly Row[], { seq, part = 0 }: RowPlace): number {
  const first = rows.findIndex((row) => row.kind === 'entry' && row.entry.seq >= seq);
  const found = rows[first];
  if (found?.kind !== 'entry') return -1;
  if (found.entry.seq !== seq) return first;
  return rows.findLastIndex((row) => row.kind === 'entry' && row.entry === found.entry && row.part <= part);
}

/** The place of a row; null: it holds nothing of the conversation. */
export function placeOf(row: Row | undefined): RowPlace | null {
  return row?.kind === 'entry' ? { seq: row.entry.seq, part: row.part } : null;
}
