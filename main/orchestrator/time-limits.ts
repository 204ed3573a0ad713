import type { LimitName } from '../sessions/decide-limits.ts';
import { app, type Decided, ofTurn } from '../sessions/decision.ts';
import { extended, left, signed, startTimer, type TurnTimer, waiting, warnsAt } from '../sessions/turn-timer.ts';
import type { OrchestratorDeps } from './deps.ts';
import type { LogWriter } from './log-writer.ts';
import type { SessionRuntime } from './session-runtime.ts';

const names: readonly LimitName[] = ['idle', 'total'];

interface Watch {
  turn_id: string;
  timer: TurnTimer;
  cancel: (() => void) | null;
}

/** Watches how long turns take: announces that one is about to be ended, and has it ended. */
export class TimeLimits {
  readonly #clock: OrchestratorDeps['clock'];
  readonly #log: LogWriter;
  readonly #onReached: (runtime: SessionRuntime, limit: LimitName) => void;
  readonly #watches = new Map<SessionRuntime, Watch>();

  /** @param onReached - this turn's time is over. */
  constructor(
    clock: OrchestratorDeps['clock'],
    log: LogWriter,
    onReached: (runtime: SessionRuntime, limit: LimitName) => void,
  ) {
    this.#clock = clock;
    this.#log = log;
    this.#onReached = onReached;
  }

  /** Takes note of what was committed: a turn that began or ended, a question to a person, a limit that was moved. */
  follow(runtime: SessionRuntime, events: readonly Decided[]): void {
    const { turn, approvals } = runtime.state;
    let watch = this.#watches.get(runtime);
    if (watch && watch.turn_id !== turn?.turn_id) {
      this.end(runtime);
      watch = undefined;
    }
    const now = this.#clock.now();
    if (turn && !watch && events.some(({ event }) => event.type === 'turn_started')) {
      const timer = startTimer(turn.limits, now);
      if (!timer) return;
      watch = { turn_id: turn.turn_id, timer, cancel: null };
      this.#watches.set(runtime, watch);
      this.#arm(runtime, watch);
    }
    if (!watch) return;
    for (const { event } of events) {
      if (event.type === 'limit_extended' && event.ends_at !== null) watch.timer = extended(watch.timer, event.limit);
    }
    const waits = Object.keys(approvals).length > 0;
    if (waits === (watch.timer.since === null)) return;
    watch.timer = waiting(watch.timer, waits, now);
    if (waits) this.#withdraw(runtime, names);
    this.#arm(runtime, watch);
  }

  /** The agent gave a sign of life. */
  sign(runtime: SessionRuntime): void {
    const watch = this.#watches.get(runtime);
    if (!watch) return;
    watch.timer = signed(watch.timer, this.#clock.now());
    if (runtime.state.turn?.warned.idle) this.#withdraw(runtime, ['idle']);
  }

  end(runtime: SessionRuntime): void {
    this.#watches.get(runtime)?.cancel?.();
    this.#watches.delete(runtime);
  }

  close(): void {
    for (const runtime of [...this.#watches.keys()]) this.end(runtime);
  }

  /** What was announced does not end the turn any more. */
  #withdraw(runtime: SessionRuntime, limits: readonly LimitName[]): void {
    this.#log.record(runtime, (state) =>
      limits
        .filter((limit) => state.turn?.warned[limit])
        .map((limit) => ofTurn(state, { type: 'limit_extended', limit, ends_at: null, by: app })),
    );
  }

  /** Wakes when the next limit has to be announced or is reached. A sign only moves that moment away, so it need not wake earlier. */
  #arm(runtime: SessionRuntime, watch: Watch): void {
    watch.cancel?.();
    watch.cancel = null;
    if (watch.timer.since === null) return;
    const now = this.#clock.now();
    const waits = names.flatMap((limit) => {
      const ms = left(watch.timer, limit, now);
      if (ms === null) return [];
      return [runtime.state.turn?.warned[limit] ? ms : ms - warnsAt(watch.timer, limit)];
    });
    // While the disk refuses the announcement there is no hurry.
    const atLeast = runtime.stalled.length > 0 ? 1000 : 0;
    watch.cancel = this.#clock.after(Math.max(atLeast, Math.min(...waits)), () => this.#look(runtime, watch));
  }

  #look(runtime: SessionRuntime, watch: Watch): void {
    watch.cancel = null;
    if (this.#watches.get(runtime) !== watch) return;
    const now = this.#clock.now();
    for (const limit of names) {
      const ms = left(watch.timer, limit, now);
      if (ms === null || ms > warnsAt(watch.timer, limit)) continue;
      if (ms <= 0) {
        this.end(runtime);
        this.#onReached(runtime, limit);
        return;
      }
      const ends_at = now + ms;
      this.#log.record(runtime, (state) =>
        state.turn?.turn_id !== watch.turn_id || state.turn.warned[limit]
          ? []
          : [ofTurn(state, { type: 'limit_warning', limit, ends_at })],
      );
    }
    if (this.#watches.get(runtime) === watch) this.#arm(runtime, watch);
  }
}
