import { type RefObject, useEffect, useRef } from 'react';
import { followTouch } from './follow-touch.ts';

/** A sheet that was pulled less far down comes back up, CSS pixels. */
export const pullLength = 80;

/** How far a sheet follows a finger that moved so far: down with it, and up not at all. */
export const pulledBy = (dx: number, dy: number): number => (dy > 0 && dy > Math.abs(dx) ? dy : 0);

/** Lets a sheet be pulled down and away by its head; until the finger is lifted it follows it. */
export function usePullDown(
  sheet: RefObject<HTMLElement | null>,
  head: RefObject<HTMLElement | null>,
  close: () => void,
): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const box = head.current;
    const whole = sheet.current;
    if (!box || !whole) return;
    let from: { x: number; y: number } | null = null;
    let by = 0;
    const show = (to: number): void => {
      by = to;
      whole.style.translate = to === 0 ? '' : `0 ${to}px`;
    };
    const down = (event: TouchEvent): void => {
      const touch = event.touches[0];
      from = touch && event.touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null;
    };
    const move = (event: TouchEvent): void => {
      const touch = event.touches[0];
      if (from && touch) show(pulledBy(touch.clientX - from.x, touch.clientY - from.y));
    };
    const up = (): void => {
      const far = from !== null && by >= pullLength;
      from = null;
      show(0);
      if (far) latest.current();
    };
    const stay = (): void => {
      from = null;
      show(0);
    };
    return followTouch(box, { down, move, up, cancelled: stay });
  }, [sheet, head]);
}
