import type { Page } from 'playwright';

/**
 * Where a page's `performance.now()` stands against `process.hrtime`. Each look gives bounds (the answer was made between asking and hearing, and
 * Chromium rounds its clock down to 100 us); where they overlap after many looks is narrow.
 * @returns nanoseconds to add to a page's time.
 */
export async function pageClockOffsetNs(page: Page, looks = 400): Promise<number> {
  const coarseNs = 100_000;
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (let look = 0; look < looks; look += 1) {
    const before = Number(process.hrtime.bigint());
    const told = (await page.evaluate(() => performance.now())) * 1e6;
    const after = Number(process.hrtime.bigint());
    low = Math.max(low, before - told - coarseNs);
    high = Math.min(high, after - told);
  }
  // The clock is rounded down, so on the middle of the bounds rests half a step that every arrival has as well.
  return (low + high) / 2 + coarseNs / 2;
}
