import { type RefObject, useEffect, useRef } from 'react';
import { followTouch } from './follow-touch.ts';

export type SwipeWay = 'start' | 'end';

interface SwipeOptions {
  /** Only touches that begin this near to the start edge of the page, CSS pixels. */
  readonly fromEdge?: number;
  /** How far the finger went before it was lifted, toward the end of the line; null: it is over or was none. */
  readonly onMove?: (by: number | null) => void;
  readonly onSwipe: (way: SwipeWay) => void;
}

/** A finger that went less far across did not mean it, CSS pixels. */
export const swipeLength = 72;
/** Before that nobody knows whether it goes across or along. */
const undecided = 10;

/** What the movement of a finger is: nothing yet, a swipe by so much, or something else (a scroll). */
export function swipeOf(dx: number, dy: number, rtl: boolean): number | 'undecided' | 'other' {
  if (Math.abs(dx) < undecided && Math.abs(dy) < undecided) return 'undecided';
  if (Math.abs(dy) > Math.abs(dx) * 0.7) return 'other';
  return rtl ? -dx : dx;
}

/** Tells of swipes across an element with one finger. An inner element that takes one leaves nothing to the outer. */
export function useSwipe(element: RefObject<HTMLElement | null>, options: SwipeOptions): void {
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    let from: { x: number; y: number } | null = null;
    let by = 0;
    const rtl = (): boolean => getComputedStyle(box).direction === 'rtl';
    const end = (): void => {
      if (from === null) return;
      from = null;
      latest.current.onMove?.(null);
    };
    const down = (event: TouchEvent): void => {
      const touch = event.touches[0];
      if (!touch || event.touches.length > 1 || taken.has(event)) {
        end();
        return;
      }
      const { fromEdge } = latest.current;
      const edge = rtl() ? window.innerWidth - touch.clientX : touch.clientX;
      if (fromEdge !== undefined && edge > fromEdge) return;
      taken.add(event);
      from = { x: touch.clientX, y: touch.clientY };
      by = 0;
    };
    const move = (event: TouchEvent): void => {
      const touch = event.touches[0];
      if (!from || !touch) return;
      const swiped = swipeOf(touch.clientX - from.x, touch.clientY - from.y, rtl());
      if (swiped === 'undecided') return;
      // Once it goes across it may go where it likes; what begins along is a scroll to its end.
      if (swiped === 'other' && by === 0) {
        end();
        return;
      }
      by = swiped === 'other' ? by : swiped;
      latest.current.onMove?.(by);
    };
    const up = (): void => {
      if (!from) return;
      end();
      if (Math.abs(by) < swipeLength) return;
      latest.current.onSwipe(by > 0 ? 'end' : 'start');
    };
    return followTouch(box, { down, move, up, cancelled: end });
  }, [element]);
}

/** Touches that an inner element follows already. */
const taken = new WeakSet<TouchEvent>();
