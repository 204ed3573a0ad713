/** Keeps what was asked for last; what was asked for longest ago goes first. */
export class LatestMap<K, V> {
  readonly #kept = new Map<K, V>();
  readonly #most: number;
  readonly #gone: (value: V) => void;

  /** @param gone - told of what has no room any more. */
  constructor(most: number, gone: (value: V) => void) {
    this.#most = most;
    this.#gone = gone;
  }

  /** What is kept of this key; it is the latest from now on. */
  get(key: K): V | undefined {
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
    }
    return known;
  }

  set(key: K, value: V): void {
    this.#kept.delete(key);
    this.#kept.set(key, value);
    if (this.#kept.size <= this.#most) return;
    const [oldest, entry] = this.#kept.entries().next().value!;
    this.#kept.delete(oldest);
    this.#gone(entry);
  }

  /** Forgets it, if this is what is kept of it. */
  delete(key: K, value: V): void {
    if (this.#kept.get(key) === value) this.#kept.delete(key);
  }
}
