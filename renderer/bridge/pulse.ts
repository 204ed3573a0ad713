import type { ClientFrame } from '../../main/protocol/frames.ts';
import { newCommandId } from '../store/command-id.ts';

/** Silence after which the other end is asked for a sign of life; milliseconds. */
export const quietMs = 10_000;
/** A question that is not answered this long tells that the link is dead; milliseconds. A phone's radio that slept answers within two seconds. */
export const deadMs = 5_000;
/** What was heard this short ago needs no question; milliseconds. */
export const freshMs = 1_000;

export interface PulseOptions {
  readonly now: () => number;
  readonly send: (frame: ClientFrame) => void;
  readonly onDead: () => void;
}

/** Notices a link that died without a close (sleep, a changed network): nothing but silence tells. Call `check` every few seconds. */
export class Pulse {
  readonly #options: PulseOptions;
  #heard: number;
  /** A sign of life was asked for and has to come until then. */
  #due: number | null = null;

  constructor(options: PulseOptions) {
    this.#options = options;
    this.#heard = options.now();
  }

  heard(): void {
    this.#heard = this.#options.now();
    this.#due = null;
  }

  /** The page was away, or the network came back: what slept has often lost its link, so a sign of life is due at once. */
  wake(): void {
    this.#ask();
  }

  /** The person does something, which would go nowhere on a dead link: a sign of life is due, unless there just was one. */
  used(): void {
    if (this.#options.now() - this.#heard > freshMs) this.#ask();
  }

  check(): void {
    const now = this.#options.now();
    if (this.#due !== null && now >= this.#due) this.#options.onDead();
    else if (now - this.#heard > quietMs) this.#ask();
  }

  /** Asks once; who asks again meanwhile gives it no more time. */
  #ask(): void {
    if (this.#due !== null) return;
    this.#due = this.#options.now() + deadMs;
    this.#options.send({ type: 'ping', command_id: newCommandId() });
  }
}
