interface TouchFollower {
  readonly down: (event: TouchEvent) => void;
  readonly move: (event: TouchEvent) => void;
  readonly up: () => void;
  /** The system took the touch away, e.g. for a gesture of its own. */
  readonly cancelled: () => void;
}

/** Follows the fingers on an element without keeping it from scrolling. @returns what ends it. */
export function followTouch(box: HTMLElement, { down, move, up, cancelled }: TouchFollower): () => void {
  const passive = { passive: true } as const;
  box.addEventListener('touchstart', down, passive);
  box.addEventListener('touchmove', move, passive);
  box.addEventListener('touchend', up, passive);
  box.addEventListener('touchcancel', cancelled, passive);
  return () => {
    box.removeEventListener('touchstart', down);
    box.removeEventListener('touchmove', move);
    box.removeEventListener('touchend', up);
    box.removeEventListener('touchcancel', cancelled);
  };
}
