import { useEffect, useState } from 'react';

/** How long what is known waits for the rest, milliseconds. */
const longestMs = 3_000;

/**
 * Whether to show what comes in parts: once all of it is known, or has been waited for long enough; then for good. Parts that came one by one would
 * push each other from under the hand.
 */
export function useAllKnown(known: boolean): boolean {
  const [shown, setShown] = useState(known);
  if (known && !shown) setShown(true);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), longestMs);
    return () => clearTimeout(timer);
  }, []);
  return shown;
}
