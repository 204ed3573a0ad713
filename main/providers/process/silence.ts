import type { Clock } from '../../base/clock.ts';

export interface SilenceOptions {
  clock: Clock;
  /** After so long without a line a notice is due, milliseconds. */
  noticeMs: number;
  /** After so long without one useful line since the prompt the turn is given up, milliseconds. */
  failMs: number;
  /** True when it says something, but never anything that was understood: then no answer is waited for beyond the first look. */
  nonsense: () => boolean;
  /** True while silence means nothing: a tool runs, a person is asked. */
  excused: () => boolean;
  onNotice: (silentMs: number) => void;
  onFail: (silentMs: number) => void;
}

/** Watches one turn for a CLI that says nothing. Costs two assignments a line; the timer looks now and then. */
export class Silence {
  readonly #options: SilenceOptions;
  readonly #promptedAt: number;
  #lastLine: number;
  #useful = false;
  #noticed = false;
  #cancel: () => void = () => {};

  constructor(options: SilenceOptions) {
    this.#options = options;
    this.#promptedAt = options.clock.now();
    this.#lastLine = this.#promptedAt;
    this.#arm();
  }

  /** A line came. @param useful - it was of the protocol. */
  heard(useful: boolean): void {
    this.#lastLine = this.#options.clock.now();
    this.#useful ||= useful;
    this.#noticed = false;
  }

  stop(): void {
    this.#cancel();
  }

  #arm(): void {
    this.#cancel = this.#options.clock.after(this.#options.noticeMs, () => this.#look());
  }

  #look(): void {
    const { clock, noticeMs, failMs, nonsense, excused, onNotice, onFail } = this.#options;
    const now = clock.now();
    if (!this.#useful && (now - this.#promptedAt >= failMs || nonsense())) {
      onFail(now - this.#promptedAt);
      return;
    }
    if (!this.#noticed && now - this.#lastLine >= noticeMs && !excused()) {
      this.#noticed = true;
      onNotice(now - this.#lastLine);
    }
    this.#arm();
  }
}
