import { type RefObject, useLayoutEffect, useState } from 'react';
import type { HandedOver } from './handed-over.tsx';
import { keyOf, placeOf, type Row, type RowPlace, rowAt } from './list-rows.ts';
import { mountedBeyond } from './mounted-beyond.ts';
import type { StickyScroll } from './use-sticky-scroll.ts';

/** More rows than this do not stay in the tail, although somebody reads far above them. */
const mostRows = 40;

/** As many rows as this are all of them in the tail at first: nothing has to be measured, so nothing moves while it is. */
const fewRows = 12;

/**
 * Where the tail of the list begins: its last rows, which are laid out one below the other without being measured, so that what grows there costs
 * one layout a frame. The rows before are the virtual list's. A row goes over to it only where nobody sees it go.
 * @param settled - all of the session is known; until then the tail is the last entry, or all of few rows.
 * @param tail - holds the elements of the rows of the tail.
 * @param handed - is told how high the rows are that go over.
 */
export function useTail(
  rows: readonly Row[],
  settled: boolean,
  tail: RefObject<HTMLElement | null>,
  { scroller, atEnd }: Pick<StickyScroll, 'scroller' | 'atEnd'>,
  handed: HandedOver,
): number {
  const [first, setFirst] = useState<RowPlace | null>(null);
  // The last row is never an entry.
  const last = Math.max(0, rows.length - 2);
  const start = rows.length <= fewRows ? 0 : last;
  const known = first === null ? -1 : rowAt(rows, first);
  // The row before the first entry goes with it: it is no place of the conversation.
  const from = known < 0 ? start : known === 1 ? 0 : known;
  useLayoutEffect(() => {
    if (first === null && settled) setFirst(placeOf(rows[Math.max(1, start)]));
  }, [rows, start, first, settled]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when rows were added
  useLayoutEffect(() => {
    const box = scroller.current;
    if (first === null || !box || !tail.current || last - from < 1) return;
    const seen = box.getBoundingClientRect().top - mountedBeyond;
    let next = from;
    // At the end, a row that gets another height above moves nothing. Elsewhere it would, so rows stay as long as they are not too many.
    if (atEnd) {
      for (const row of tail.current.children) {
        if (next >= last || row.getBoundingClientRect().bottom > seen) break;
        next += 1;
      }
    } else if (last - from > mostRows) next = last - mostRows / 2;
    if (next === from) return;
    for (let at = from; at < next; at += 1) {
      const height = tail.current.children[at - from]?.getBoundingClientRect().height;
      if (height !== undefined) handed.set(keyOf(rows[at]!), height);
    }
    setFirst(placeOf(rows[next]));
  }, [rows]);
  return from;
}
