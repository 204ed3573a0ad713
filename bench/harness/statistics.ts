/** The p-th percentile (0..1) of samples in any order, nearest rank. NaN when there are none. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median of the per-round ratios: what both sides share (a busy machine, a slow disk) cancels out within a round. */
export function medianRatio(samples: readonly number[], baseline: readonly number[]): number {
  return median(samples.map((sample, round) => sample / baseline[round]!));
}
