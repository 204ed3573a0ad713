import { type RefObject, useEffect, useLayoutEffect } from 'react';
import { placeNear } from './place-near.ts';
import { useBackCloses } from './use-back-closes.ts';

/** Where what a button opens is put: within the dialog it stands in, outside of which nothing can be pressed; else at the end of the page. */
export const layerOf = (button: Element | null): Element => button?.closest('dialog') ?? document.body;

const writable = 'input, textarea, select';

/**
 * Places what is open beside its button, and closes it on a press outside, or when the window changes its size. While something is written in it, that
 * is the screen keyboard that came out for it: then it takes the place that is left.
 */
export function useAnchored(
  box: RefObject<HTMLElement | null>,
  anchor: RefObject<HTMLElement | null>,
  close: (refocus: boolean) => void,
): void {
  useBackCloses(true, () => close(true));
  useLayoutEffect(() => {
    if (box.current && anchor.current) placeNear(box.current, anchor.current.getBoundingClientRect());
  }, [box, anchor]);
  useEffect(() => {
    const outside = (event: Event): void => {
      const target = event.target as Node;
      if (!box.current?.contains(target) && !anchor.current?.contains(target)) close(false);
    };
    const moved = (): void => {
      const isWriting = box.current?.contains(document.activeElement) && document.activeElement?.matches(writable);
      if (!isWriting) close(false);
      else if (box.current && anchor.current) placeNear(box.current, anchor.current.getBoundingClientRect());
    };
    // It is on top also when a press beside everything has taken the focus away.
    const escaped = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || document.activeElement !== document.body) return;
      event.preventDefault();
      close(true);
    };
    document.addEventListener('keydown', escaped);
    document.addEventListener('pointerdown', outside);
    window.addEventListener('resize', moved);
    window.visualViewport?.addEventListener('resize', moved);
    return () => {
      document.removeEventListener('keydown', escaped);
      document.removeEventListener('pointerdown', outside);
      window.removeEventListener('resize', moved);
      window.visualViewport?.removeEventListener('resize', moved);
    };
  }, [box, anchor, close]);
}
