import type { Sink } from './ports.ts';

/** Pieces of files one client may have asked for at once. Who asks for more is told to wait. */
const maxWaiting = 64;

/**
 * The lane for answers that hold bytes of files. They go one at a time, and none is made while something still waits to be written: so whatever else
 * the connection has to say stands behind one piece at most, however many were asked for at once.
 */
export class BulkLane {
  readonly #sink: Pick<Sink, 'busy' | 'onceDrained'>;
  #tail: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(sink: Pick<Sink, 'busy' | 'onceDrained'>) {
    this.#sink = sink;
  }

  /** @param answer - makes and sends one answer. @returns null: too many wait already, and it will not be made. */
  run(answer: () => Promise<void>): Promise<void> | null {
    if (this.#waiting >= maxWaiting) return null;
    this.#waiting += 1;
    const done = this.#tail.then(async () => {
      while (this.#sink.busy()) await new Promise<void>((resolve) => this.#sink.onceDrained(resolve));
      this.#waiting -= 1;
      await answer();
    });
    this.#tail = done.catch(() => {});
    return done;
  }
}
