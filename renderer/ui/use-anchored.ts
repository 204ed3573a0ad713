import { type RefObject, useEffect, useLayoutEffect } from 'react';
import { placeNear } from './place-near.ts';

/** Places what is open beside its button, and closes it on a press outside or when the window changes its size. */
export function useAnchored(
  box: RefObject<HTMLElement | null>,
  anchor: RefObject<HTMLElement | null>,
  close: (refocus: boolean) => void,
): void {
  useLayoutEffect(() => {
    if (box.current && anchor.current) placeNear(box.current, anchor.current.getBoundingClientRect());
  }, [box, anchor]);
  useEffect(() => {
    const outside = (event: Event): void => {
      const target = event.target as Node;
      if (!box.current?.contains(target) && !anchor.current?.contains(target)) close(false);
    };
    const moved = (): void => close(false);
    document.addEventListener('pointerdown', outside);
    window.addEventListener('resize', moved);
    return () => {
      document.removeEventListener('pointerdown', outside);
      window.removeEventListener('resize', moved);
    };
  }, [box, anchor, close]);
}
