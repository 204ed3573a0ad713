/** Failures after which one address, and all of them together, are told to wait; and how fast that is forgotten. */
export const failureLimits = { perAddress: 10, everybody: 200, windowMs: 60_000, addresses: 1_000 } as const;

export interface FailureLimiter {
  /**
   * Counts one failed sign-in from this address.
   * @returns milliseconds to wait before the next try, 0 while there were few.
   */
  fail(address: string): number;
}

/** A bucket that fills by one with each failure and leaks evenly over the window. */
interface Bucket {
  level: number;
  at: number;
}

/**
 * Counts failed sign-ins per address and in all. Good credentials are neither counted nor held up: on loopback everybody has the same address,
 * and whoever could lock it could lock the owner out. What keeps guessing out is the size of the secrets (128 and 256 random bits); the limit keeps
 * it from costing anything and tells an honest script that it must stop.
 */
export function createFailureLimiter(now: () => number): FailureLimiter {
  const addresses = new Map<string, Bucket>();
  const everybody: Bucket = { level: 0, at: now() };

  const add = (bucket: Bucket, capacity: number): number => {
    const time = now();
    const leakedPerMs = capacity / failureLimits.windowMs;
    const level = Math.max(0, bucket.level - (time - bucket.at) * leakedPerMs);
    bucket.at = time;
    // Full is full: failing on does not prolong the wait.
    bucket.level = Math.min(capacity, level + 1);
    return level + 1 <= capacity ? 0 : (level + 1 - capacity) / leakedPerMs;
  };
  return {
    fail(address) {
      const bucket = addresses.get(address) ?? { level: 0, at: now() };
      // Moves it to the end: the address unseen for longest is forgotten first.
      addresses.delete(address);
      addresses.set(address, bucket);
      if (addresses.size > failureLimits.addresses) addresses.delete(addresses.keys().next().value as string);
      return Math.max(add(bucket, failureLimits.perAddress), add(everybody, failureLimits.everybody));
    },
  };
}
