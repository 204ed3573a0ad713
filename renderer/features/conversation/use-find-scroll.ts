import { use, useEffect } from 'react';
import { create } from 'zustand';
import { Remembered, reopen } from '../../ui/remembered.ts';
import type { FindHit } from './find-places.ts';
import { rangesIn } from './find-ranges.ts';
import { rowAt } from './list-rows.ts';
import { type ListParts, placeIn } from './use-list-place.ts';
import type { StickyScroll } from './use-sticky-scroll.ts';

/** Names of what is coloured (styles/find.css). */
const everyHit = 'find-hit';
const thisHit = 'find-here';
/** Frames in which rows on the way are mounted and measured, and how many must be alike until the place is reached. */
const mostFrames = 90;
const calmFrames = 4;
/** Free above and below a hit that is seen, pixels. */
const margin = 72;

interface Shown {
  readonly pattern: RegExp;
  readonly hit: FindHit | null;
}

/** What the conversation shows of a search; null: none. */
export const shownFind = create<{ readonly shown: Shown | null }>(() => ({ shown: null }));

/** Says what is read now; the search begins there. */
let readTop: () => number = () => 0;
export const topSeq = (): number => readTop();

const elementOf = (content: Element, key: string): HTMLElement | null =>
  content.querySelector<HTMLElement>(`[data-find="${CSS.escape(key)}"]`);

/** Colours what is found in the rows that are mounted, and brings the hit that is asked for before the reader's eyes. */
export function useFindScroll(parts: ListParts, { scroller, content, leaveEnd }: StickyScroll): void {
  const shown = shownFind((view) => view.shown);
  const memory = use(Remembered);
  const { list, from, rows } = parts;
  useEffect(() => {
    readTop = () => (list.current && scroller.current ? (placeIn(scroller.current, list.current, parts)?.seq ?? 0) : 0);
  });

  useEffect(() => {
    const inner = content.current;
    if (!shown || !inner) return;
    let frame = 0;
    const colour = (): void => {
      frame = 0;
      colourHits(inner, shown);
    };
    const observer = new MutationObserver(() => {
      frame ||= requestAnimationFrame(colour);
    });
    observer.observe(inner, { childList: true, characterData: true, subtree: true });
    colour();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      colourHits(inner, null);
    };
  }, [shown, content]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: goes there once, and not again because more came at the end
  useEffect(() => {
    const hit = shown?.hit;
    const box = scroller.current;
    const inner = content.current;
    if (!hit || !shown || !box || !inner || !list.current) return;
    const { place } = hit;
    if (memory) for (const key of place.opens) reopen(memory, key);
    const row = rowAt(rows, place);
    if (row < 0) return;
    leaveEnd();
    const goThere = (): void => {
      // The rows of the tail are always there.
      if (row < from) list.current?.scrollToIndex(row, { align: 'center' });
    };
    if (!elementOf(inner, place.key)) goThere();
    let left = mostFrames;
    let calm = 0;
    let frame = 0;
    const step = (): void => {
      left -= 1;
      const moved = bringIntoView(box, elementOf(inner, place.key), shown);
      if (moved === 'missing' && left % 10 === 0) goThere();
      calm = moved === 'there' ? calm + 1 : 0;
      if (left > 0 && calm < calmFrames) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    // A hand that scrolls knows better.
    const leave = (): void => cancelAnimationFrame(frame);
    const hands = ['wheel', 'touchmove', 'pointerdown'] as const;
    for (const hand of hands) box.addEventListener(hand, leave, { passive: true });
    return () => {
      leave();
      for (const hand of hands) box.removeEventListener(hand, leave);
    };
  }, [shown]);
}

function bringIntoView(
  box: HTMLElement,
  element: HTMLElement | null,
  { pattern, hit }: Shown,
): 'missing' | 'moved' | 'there' {
  if (!element || !hit) return 'missing';
  const ranges = rangesIn(element, pattern);
  const range = ranges[Math.min(hit.nth, ranges.length - 1)];
  if (range) scrollWithin(box, range);
  const { top, bottom } = (range ?? element).getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  if (top >= frame.top + margin && bottom <= frame.bottom - margin) return 'there';
  const before = box.scrollTop;
  box.scrollTop += top - frame.top - frame.height / 3;
  return Math.abs(box.scrollTop - before) < 1 ? 'there' : 'moved';
}

/** In boxes that scroll themselves, such as an output. Nothing around the conversation is moved, as `scrollIntoView` would. */
function scrollWithin(box: HTMLElement, range: Range): void {
  for (let one = range.startContainer.parentElement; one && one !== box; one = one.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(one);
    const inner = one.getBoundingClientRect();
    const hit = range.getBoundingClientRect();
    if (/auto|scroll/.test(overflowY) && (hit.top < inner.top || hit.bottom > inner.bottom))
      one.scrollTop += hit.top - inner.top - inner.height / 3;
    if (/auto|scroll/.test(overflowX) && (hit.left < inner.left || hit.right > inner.right))
      one.scrollLeft += hit.left - inner.left - inner.width / 3;
  }
}

/** Colours in what is shown without a change of it (CSS Custom Highlight API); where there is none, the item with the hit is framed alone. */
function colourHits(content: Element, shown: Shown | null): void {
  for (const one of content.querySelectorAll('[data-find-here]')) one.removeAttribute('data-find-here');
  const colours = globalThis.CSS?.highlights;
  colours?.delete(everyHit);
  colours?.delete(thisHit);
  if (!shown) return;
  const { pattern, hit } = shown;
  const here = hit ? elementOf(content, hit.place.key) : null;
  const ofHere = here ? rangesIn(here, pattern) : [];
  if (here && (ofHere.length === 0 || !colours)) here.setAttribute('data-find-here', '');
  if (!colours) return;
  const current = ofHere[Math.min(hit?.nth ?? 0, ofHere.length - 1)];
  const every = [...content.querySelectorAll('[data-find]')]
    // What stands in another one is found there.
    .filter((one) => !one.parentElement?.closest('[data-find]'))
    .flatMap((one) => rangesIn(one, pattern));
  colours.set(everyHit, new Highlight(...every));
  if (!current) return;
  const one = new Highlight(current);
  one.priority = 1;
  colours.set(thisHit, one);
}
