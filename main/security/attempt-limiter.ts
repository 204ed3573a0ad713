/**
 * Guesses at something a person can remember. One address gets five, then one more every three minutes; all addresses together get a hundred in a
 * quarter of an hour, after which only those that have not guessed wrong before are heard.
 */
export const attemptLimits = { perAddress: 5, everybody: 100, windowMs: 15 * 60_000 } as const;
/** Visits to the identity provider: nothing is guessed there, but each asks somebody else's server. */
export const visitLimits = { perAddress: 30, everybody: 300, windowMs: 5 * 60_000 } as const;
const maxAddresses = 10_000;

export interface AttemptLimiter {
  /**
   * Asks to try, before anything is compared. Counted as wrong until it is said to have been right, or not compared at all, so that many at once
   * are no way around it.
   * @returns milliseconds to wait instead, or the attempt. `right` forgets what this address got wrong before.
   */
  begin(address: string): { ok: true; right(): void; notCompared(): void } | { ok: false; waitMs: number };
}

/** Fills by one with each attempt and leaks evenly over the window. */
interface Bucket {
  level: number;
  at: number;
}

/** One household: the /64 of an IPv6 address, which a single device can fill as it likes. */
export function householdOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return [...front, ...zeros, ...back].slice(0, 4).join(':');
}

/** Counts attempts at passwords. Good credentials of others are never held up by it: who has not failed here is always heard. */
export function createAttemptLimiter(
  now: () => number,
  { perAddress, everybody: together, windowMs }: { [limit in keyof typeof attemptLimits]: number } = attemptLimits,
): AttemptLimiter {
  const addresses = new Map<string, Bucket>();
  const everybody: Bucket = { level: 0, at: now() };
  const leakPerMs = (capacity: number) => capacity / windowMs;
  const leak = (bucket: Bucket, capacity: number): number => {
    const time = now();
    bucket.level = Math.max(0, bucket.level - (time - bucket.at) * leakPerMs(capacity));
    bucket.at = time;
    return bucket.level;
  };
  /** Until there is room for one more. */
  const waitOf = (bucket: Bucket, capacity: number): number =>
    Math.max(0, (leak(bucket, capacity) + 1 - capacity) / leakPerMs(capacity));

  return {
    begin(address) {
      const household = householdOf(address);
      const bucket = addresses.get(household) ?? { level: 0, at: now() };
      const own = waitOf(bucket, perAddress);
      const others = bucket.level > 0 ? waitOf(everybody, together) : 0;
      const waitMs = Math.max(own, others);
      if (waitMs > 0) return { ok: false, waitMs };
      bucket.level += 1;
      everybody.level = Math.min(together, leak(everybody, together) + 1);
      // Moves it to the end: the one unseen for longest is forgotten first.
      addresses.delete(household);
      addresses.set(household, bucket);
      if (addresses.size > maxAddresses) addresses.delete(addresses.keys().next().value as string);
      return {
        ok: true,
        right() {
          addresses.delete(household);
          everybody.level = Math.max(0, everybody.level - 1);
        },
        notCompared() {
          bucket.level = Math.max(0, bucket.level - 1);
          everybody.level = Math.max(0, everybody.level - 1);
        },
      };
    },
  };
}
