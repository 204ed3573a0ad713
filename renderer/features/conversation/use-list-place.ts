import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { keepReadingPlace, type ReadingPlace, readingPlaceOf } from '../../store/reading-place.ts';
import { placeOf, type Row, rowAt } from './list-rows.ts';
import { useSession, useTranscript } from './session-context.ts';
import type { StickyScroll } from './use-sticky-scroll.ts';

export interface ListParts {
  /** The rows that are virtual. */
  readonly list: RefObject<VirtualizerHandle | null>;
  /** Holds the elements of the rows behind them. */
  readonly tail: RefObject<HTMLElement | null>;
  /** The first row of the tail. */
  readonly from: number;
  readonly rows: readonly Row[];
}

/**
 * Takes a person back to where they were reading when they left the session, and notes it when they leave.
 * @returns the row they were taken back to; null: none. It must be mounted: as long as it is not measured, a place far below its top lies beyond
 * all rows that are virtual, where none is.
 */
export function useListPlace(parts: ListParts, { atEnd, leaveEnd }: StickyScroll): number | null {
  const { sessionId } = useSession();
  const live = useTranscript((view) => view.phase === 'live');
  const now = useRef({ ...parts, atEnd });
  now.current = { ...parts, atEnd };
  const restored = useRef(false);
  const [returned, setReturned] = useState<number | null>(null);
  const { list } = parts;
  useLayoutEffect(() => {
    if (restored.current || !live || !list.current) return;
    restored.current = true;
    const place = readingPlaceOf(sessionId);
    const at = place === null ? -1 : rowAt(now.current.rows, place);
    if (place === null || at < 0) return;
    leaveEnd();
    const { from, tail } = now.current;
    if (at < from) {
      setReturned(at);
      list.current.scrollToIndex(at, { align: 'start', offset: place.offset });
    } else {
      const box = scrollerOf(tail.current);
      const row = tail.current?.children[at - from];
      if (box && row) box.scrollTop += topIn(box, row) + place.offset;
    }
  }, [live, list, sessionId, leaveEnd]);
  useLayoutEffect(() => {
    const keep = (): void => {
      const box = scrollerOf(now.current.tail.current);
      if (!restored.current || !list.current || !box) return;
      keepReadingPlace(sessionId, now.current.atEnd ? null : placeIn(box, list.current, now.current));
    };
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      // An ordinary effect would come too late: the list is gone by then.
      keep();
    };
  }, [list, sessionId]);
  return returned;
}

/** Found from below: the list is there before its scroller has a reference, and is asked again after that is gone. */
const scrollerOf = (tail: HTMLElement | null): HTMLElement | null =>
  tail?.closest<HTMLElement>('.transcript-scroller') ?? null;

/** How far the top of an element is below the top of what is seen, pixels. */
const topIn = (box: HTMLElement, element: Element): number =>
  element.getBoundingClientRect().top - box.getBoundingClientRect().top;

/** What stands at the top of the scroller. */
export function placeIn(
  box: HTMLElement,
  list: VirtualizerHandle,
  { tail, rows, from }: ListParts,
): ReadingPlace | null {
  const children = [...(tail.current?.children ?? [])];
  const inTail = children.findLastIndex((row) => topIn(box, row) <= 0);
  // The rows of the entries stand behind the one of the beginning.
  const at = inTail >= 0 ? from + inTail : Math.max(1, list.findItemIndex(list.scrollOffset));
  const place = placeOf(rows[at]);
  if (place === null) return null;
  const offset = inTail >= 0 ? -topIn(box, children[inTail]!) : list.scrollOffset - list.getItemOffset(at);
  return { seq: place.seq, offset, ...(place.part ? { part: place.part } : {}) };
}
