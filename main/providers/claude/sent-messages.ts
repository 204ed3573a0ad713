/**
 * The messages of one turn that were written to the CLI: the prompt and what was put in later. The CLI queues each; one that was put in is
 * folded into the running turn if a tool round follows, else it becomes a turn of the CLI of its own, which for us is still the same one. So a
 * `result` is the end only when the CLI has begun with all of them.
 */
export class SentMessages {
  readonly #waiting = new Set<string>();
  #told = false;

  add(uuid: string): void {
    this.#waiting.add(uuid);
  }

  /** `command_lifecycle`: it is queued, the CLI has begun to work on it, is done with it, or dropped it. */
  moved(uuid: string, state: string): void {
    this.#told ||= this.#waiting.has(uuid);
    if (state !== 'queued') this.#waiting.delete(uuid);
  }

  /** Those that an interrupt took out of the queue. */
  cancelled(uuids: readonly unknown[]): void {
    for (const uuid of uuids) if (typeof uuid === 'string') this.#waiting.delete(uuid);
  }

  /** Whether the CLI tells what becomes of a message; older versions do not. */
  get told(): boolean {
    return this.#told;
  }

  /** False also when the CLI does not tell what it does with messages (older versions). */
  get anyWaiting(): boolean {
    return this.#told && this.#waiting.size > 0;
  }
}
