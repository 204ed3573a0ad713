const firstMs = 300;
const longestMs = 15_000;

/**
 * How long to wait before the next attempt, milliseconds. Doubles up to 15 s; the random part keeps many clients from coming back at once.
 * @param attempt - 0 for the first retry.
 * @param random - in [0, 1).
 */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
