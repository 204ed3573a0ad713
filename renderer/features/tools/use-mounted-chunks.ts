import { startTransition, useEffect, useState } from 'react';

/** Rows that are rendered together, and left alone together. */
export const chunkRows = 100;
/** Chunks that are mounted within one frame. */
const chunksAtOnce = 4;

/** How many chunks of a list are mounted: a few at once, and the others a few at a time, so that none of it holds the page up. */
export function useMountedChunks(rows: number): number {
  const all = Math.ceil(rows / chunkRows);
  const [mounted, setMounted] = useState(chunksAtOnce);
  useEffect(() => {
    if (mounted >= all) return;
    const timer = setTimeout(() => startTransition(() => setMounted(mounted + chunksAtOnce)), 16);
    return () => clearTimeout(timer);
  }, [mounted, all]);
  return Math.min(mounted, all);
}
