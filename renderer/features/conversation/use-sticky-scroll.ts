import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

/** Nearer to the end than this counts as at the end, pixels. */
const nearEnd = 48;

export interface StickyScroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly atEnd: boolean;
  /** Goes to the end and stays there. */
  jump(): void;
}

/** Keeps the end in view while more comes, until the person scrolls up; then nothing moves until they come back. */
export function useStickyScroll(): StickyScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [atEnd, setAtEnd] = useState(true);
  useLayoutEffect(() => {
    const box = scroller.current;
    const inner = content.current;
    if (!box || !inner) return;
    let lastTop = box.scrollTop;
    const toEnd = (): void => {
      if (sticks.current) box.scrollTop = box.scrollHeight;
      lastTop = box.scrollTop;
    };
    const scrolled = (): void => {
      const near = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
      if (near) sticks.current = true;
      else if (box.scrollTop < lastTop - 1) sticks.current = false;
      lastTop = box.scrollTop;
      setAtEnd(near || sticks.current);
    };
    const observer = new ResizeObserver(toEnd);
    observer.observe(inner);
    observer.observe(box);
    box.addEventListener('scroll', scrolled, { passive: true });
    toEnd();
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', scrolled);
    };
  }, []);
  const jump = useCallback(() => {
    sticks.current = true;
    setAtEnd(true);
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, []);
  return { scroller, content, atEnd, jump };
}
