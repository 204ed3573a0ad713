import type { ClientFrame } from '../../main/protocol/frames.ts';
import { newCommandId } from '../store/command-id.ts';

/** Silence after which the other end is asked for a sign of life, and after which the link counts as dead; milliseconds. */
export const quietMs = 20_000;
export const deadMs = 30_000;
/** The same right after the page came back to life: what slept has often lost its link. */
export const wakeMs = 4_000;

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

  /** The page was away: a sign of life is due at once. */
  wake(): void {
    this.#ask(wakeMs);
  }

  check(): void {
    const now = this.#options.now();
    if (now >= (this.#due ?? Number.POSITIVE_INFINITY) || now - this.#heard > deadMs) this.#options.onDead();
    else if (now - this.#heard > quietMs && this.#due === null) this.#ask(deadMs - quietMs);
  }

  #ask(withinMs: number): void {
    const due = this.#options.now() + withinMs;
    this.#due = this.#due === null ? due : Math.min(this.#due, due);
    this.#options.send({ type: 'ping', command_id: newCommandId() });
  }
}
