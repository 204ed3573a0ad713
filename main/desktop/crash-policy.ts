const windowMs = 60_000;
const reloadsInWindow = 2;

/**
 * Decides what to do when the page of a window died. It is loaded again by itself, unless it keeps dying: then a person decides.
 * @param earlier - when it died before, ms; the answer's `deaths` is what to hand in next time.
 */
export function afterPageDeath(
  earlier: readonly number[],
  nowMs: number,
): { action: 'reload' | 'ask'; deaths: number[] } {
  const deaths = [...earlier.filter((at) => nowMs - at < windowMs), nowMs];
  return { action: deaths.length > reloadsInWindow ? 'ask' : 'reload', deaths };
}
