/** Listeners of one kind of happening. A listener that throws does not keep the others from hearing; its error is thrown when all have. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** @returns removes the listener. */
  on(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  emit(value: T): void {
    let failure: unknown;
    let failed = false;
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        failure = error;
        failed = true;
      }
    }
    if (failed) throw failure;
  }

  get size(): number {
    return this.#listeners.size;
  }
}
