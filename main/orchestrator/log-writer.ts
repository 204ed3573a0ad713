import type { FolderRule, SessionRule } from '../protocol/views.ts';
import { providerOf } from '../sessions/apply.ts';
import type { Decided } from '../sessions/decision.ts';
import type { SessionState } from '../sessions/state.ts';
import { summarize } from '../sessions/summary.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { OrchestratorDeps } from './deps.ts';
import { type Receipt, StorageError } from './ports.ts';
import { storageProblem } from './problems.ts';
import type { SessionRuntime } from './session-runtime.ts';
import type { SessionShelf } from './session-shelf.ts';

/** How often a disk that refused is tried again, milliseconds. */
const storageRetryMs = 1000;

type Deps = Pick<OrchestratorDeps, 'bus' | 'clock' | 'log'>;

/** Puts facts into the log: commit first, publish second. What cannot be refused waits, in order, while the disk refuses it. */
export class LogWriter {
  readonly #deps: Deps;
  readonly #shelf: SessionShelf;
  readonly #checkpoints: Checkpoints;
  readonly #stalled = new Set<SessionRuntime>();
  #cancelRetry: (() => void) | null = null;
  /** What recorded facts ask for. */
  onRecorded: (runtime: SessionRuntime, events: readonly Decided[]) => void = () => {};
  /** Everything that had to wait is written. */
  onCaughtUp: (runtime: SessionRuntime) => void = () => {};
  /** Facts of this session are refused; called once, until they are written. */
  onRefused: (runtime: SessionRuntime) => void = () => {};

  constructor(deps: Deps, shelf: SessionShelf, checkpoints: Checkpoints) {
    this.#deps = deps;
    this.#shelf = shelf;
    this.#checkpoints = checkpoints;
  }

  /** Commits, then publishes. @throws {StorageError} and then nothing has changed. */
  commit(
    runtime: SessionRuntime,
    events: readonly Decided[],
    receipt?: Receipt,
    closedItems?: readonly string[],
  ): void {
    if (events.length === 0 && !receipt) return;
    const closing = (closedItems ?? []).map((id) => runtime.items.get(id));
    runtime.commit(events, this.#deps.clock.now(), {
      receipt,
      closedItems,
      ...this.#rules(runtime, events),
    });
    for (const item of closing) if (item) this.#checkpoints.forget(item);
    if (events.length === 0) return;
    const summary = summarize(runtime.state);
    this.#shelf.note(summary);
    this.#deps.bus.changed(runtime.session_id);
    this.#deps.bus.summary.emit(summary);
  }

  /** Lasting answers are stored with the answer that made them. */
  #rules({ state, session_id }: SessionRuntime, events: readonly Decided[]) {
    const created_at = this.#deps.clock.now();
    const folderRules: FolderRule[] = [];
    const sessionRules: SessionRule[] = [];
    const removedRules: string[] = [];
    for (const { event } of events) {
      if (event.type === 'rule_removed') removedRules.push(event.rule_id);
      if (event.type !== 'rule_added') continue;
      const { rule_id, rule, by, provider = providerOf(state), expires_at = null } = event;
      const made = { rule_id, provider, rule, created_at, by, expires_at };
      if (event.scope === 'folder') folderRules.push({ ...made, cwd: state.cwd });
      else sessionRules.push({ ...made, session_id });
    }
    return { folderRules, sessionRules, removedRules };
  }

  /**
   * Commits what cannot be refused: it has happened. While the disk refuses, it waits in memory, in order, and the turn is stopped.
   * @returns false when it waits.
   */
  record(runtime: SessionRuntime, build: (state: SessionState) => Decided[], closedItems?: readonly string[]): boolean {
    if (runtime.stalled.length > 0) {
      runtime.stalled.push({ build, closes: closedItems });
      return false;
    }
    try {
      const events = build(runtime.state);
      this.commit(runtime, events, undefined, closedItems);
      this.onRecorded(runtime, events);
      return true;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      // First in line, then stop the turn: what the provider says to that has to come after it.
      runtime.stalled.push({ build, closes: closedItems });
      this.#stalled.add(runtime);
      this.#cancelRetry ??= this.#deps.clock.after(storageRetryMs, () => this.#retry());
      this.#deps.log.error('the log cannot be written', { code: error.code, session: runtime.session_id });
      this.refused(runtime, error);
      return false;
    }
  }

  /** What happens cannot be kept: whoever follows is told, once. */
  refused(runtime: SessionRuntime, error: StorageError): void {
    if (runtime.storageProblem) return;
    runtime.storageProblem = storageProblem(error);
    this.#deps.bus.problem.emit({ session_id: runtime.session_id, problem: runtime.storageProblem });
    this.onRefused(runtime);
  }

  #retry(): void {
    this.#cancelRetry = null;
    for (const runtime of this.#stalled) {
      const waiting = runtime.stalled.splice(0);
      while (waiting.length > 0) {
        try {
          const { build, closes } = waiting[0]!;
          const events = build(runtime.state);
          this.commit(runtime, events, undefined, closes);
          waiting.shift();
          this.onRecorded(runtime, events);
        } catch (error) {
          if (!(error instanceof StorageError)) throw error;
          break;
        }
      }
      runtime.stalled.unshift(...waiting);
      if (runtime.stalled.length === 0) {
        this.#stalled.delete(runtime);
        runtime.storageProblem = null;
        this.onCaughtUp(runtime);
      }
    }
    if (this.#stalled.size > 0) this.#cancelRetry = this.#deps.clock.after(storageRetryMs, () => this.#retry());
  }

  close(): void {
    this.#cancelRetry?.();
  }
}
