/** Named gates on which a script waits (`[[wait: name]]`) until the test opens them. An opened gate stays open. */
export class Gates {
  readonly #gates = new Map<string, { promise: Promise<void>; open: () => void }>();

  open(name: string): void {
    this.#gate(name).open();
  }

  /** @throws the reason of `signal` when it fires first. */
  async opened(name: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    let stopListening = () => {};
    const aborted = new Promise<never>((_resolve, reject) => {
      const onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      stopListening = () => signal.removeEventListener('abort', onAbort);
    });
    try {
      await Promise.race([this.#gate(name).promise, aborted]);
    } finally {
      stopListening();
    }
  }

  #gate(name: string): { promise: Promise<void>; open: () => void } {
    const known = this.#gates.get(name);
    if (known !== undefined) return known;
    const { promise, resolve } = Promise.withResolvers<void>();
    const gate = { promise, open: resolve };
    this.#gates.set(name, gate);
    return gate;
  }
}
