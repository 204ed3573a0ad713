import type { Actor } from '../protocol/values.ts';

/** Keys that are remembered; more than anybody has, so that what is forgotten was not used for long. */
const maxKeys = 10_000;

export interface RequestLimit {
  /**
   * Counts one request of a key.
   * @returns milliseconds to wait, 0 while it may. The owner, browsers and devices are people and are not counted.
   */
  take(actor: Actor): number;
}

/** A bucket for each key that holds as many requests as one second allows and fills evenly. @param perSecond - 0: no limit. */
export function createRequestLimit(now: () => number, perSecond: () => number): RequestLimit {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take({ kind, id }) {
      const rate = perSecond();
      if (rate <= 0 || kind !== 'api_key' || id === undefined) return 0;
      const time = now();
      const before = buckets.get(id) ?? { left: rate, at: time };
      const left = Math.min(rate, before.left + ((time - before.at) / 1_000) * rate);
      // A thousandth of a request is rounding.
      const taken = left >= 0.999;
      // Moves it to the end: the key unused for longest is forgotten first.
      buckets.delete(id);
      buckets.set(id, { left: taken ? left - 1 : left, at: time });
      if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value as string);
      return taken ? 0 : Math.max(1, Math.round(((1 - left) / rate) * 1_000));
    },
  };
}
