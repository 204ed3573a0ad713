import { type DragEvent, useEffect } from 'react';

/** Whether what is held has left an element, and not only gone on to a part of it. */
export const hasLeft = ({ currentTarget, relatedTarget }: DragEvent<HTMLElement>): boolean =>
  !currentTarget.contains(relatedTarget as Node | null);

/**
 * Withdraws what is shown while something is held above the page, however that ends: a browser that tells of nothing while the system drags tells of
 * the pointer and of keys again when it is over, also where the end itself (Esc, another program) is told to nobody.
 */
export function useDragEnd(held: boolean, withdraw: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever withdraws does the same each time
  useEffect(() => {
    if (!held) return;
    const events = ['pointermove', 'keydown'] as const;
    for (const event of events) window.addEventListener(event, withdraw);
    return () => {
      for (const event of events) window.removeEventListener(event, withdraw);
    };
  }, [held]);
}
