import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';

/** Nearer to the end than this counts as at the end, pixels. */
const nearEnd = 48;

/** What a person scrolls with, and how long it may take until the scrolling is seen, milliseconds. */
const hands = ['wheel', 'touchmove', 'pointerdown', 'pointermove', 'keydown'] as const;
const handMs = 400;
/** How long it takes until rows on the way to a place are measured; before, any place may look like the end. Milliseconds. */
const holdMs = 600;

export interface StickyScroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly atEnd: boolean;
  /** Goes to the end and stays there. */
  jump(): void;
  /** Stays where it is from now on, although more comes at the end. */
  leaveEnd(): void;
}

/** Keeps the end in view while more comes, until the person scrolls up; then nothing moves until they come back. */
export function useStickyScroll(): StickyScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  /** Until then, being near the end does not mean that the end is wanted. */
  const heldUntil = useRef(0);
  const [atEnd, setAtEnd] = useState(true);
  useLayoutEffect(() => {
    const box = scroller.current;
    const inner = content.current;
    if (!box || !inner) return;
    let lastTop = box.scrollTop;
    let lastHeight = box.scrollHeight;
    let touchedAt = 0;
    const touched = (): void => {
      touchedAt = Date.now();
    };
    const toEnd = (): void => {
      if (sticks.current) box.scrollTop = box.scrollHeight;
      lastTop = box.scrollTop;
      lastHeight = box.scrollHeight;
    };
    const scrolled = (): void => {
      const near = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
      if (near && Date.now() > heldUntil.current) sticks.current = true;
      // Rows that are measured, and more that comes, move things too; then it takes a hand at the wheel or the keys to tell that it was the person.
      else if (box.scrollTop < lastTop - 1 && (box.scrollHeight === lastHeight || Date.now() - touchedAt < handMs)) {
        sticks.current = false;
      }
      lastTop = box.scrollTop;
      lastHeight = box.scrollHeight;
      setAtEnd(sticks.current || (near && Date.now() > heldUntil.current));
    };
    const observer = new ResizeObserver(toEnd);
    observer.observe(inner);
    observer.observe(box);
    box.addEventListener('scroll', scrolled, { passive: true });
    for (const type of hands) box.addEventListener(type, touched, { passive: true });
    toEnd();
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', scrolled);
      for (const type of hands) box.removeEventListener(type, touched);
    };
  }, []);
  const jump = useCallback(() => {
    sticks.current = true;
    setAtEnd(true);
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, []);
  const leaveEnd = useCallback(() => {
    sticks.current = false;
    heldUntil.current = Date.now() + holdMs;
    setAtEnd(false);
  }, []);
  return useMemo(() => ({ scroller, content, atEnd, jump, leaveEnd }), [atEnd, jump, leaveEnd]);
}
