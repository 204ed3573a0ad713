import type { EventOf } from '../protocol/events.ts';
import type { QueueId } from '../protocol/ids.ts';
import { type Saying, say } from '../protocol/saying.ts';
import type { PermissionMode } from '../protocol/values.ts';
import { decideNext } from '../sessions/decide.ts';
import { digestAfresh, modeKept, widens } from '../sessions/decide-provider.ts';
import { app, type Decided, type DecisionContext, ofTurn } from '../sessions/decision.ts';
import { goalAfterTurn } from '../sessions/goal-decide.ts';
import { settleTurn } from '../sessions/ingest.ts';
import { forgetKept } from '../sessions/kept-answers.ts';
import { promptText } from '../sessions/prompt-text.ts';
import type { SessionState } from '../sessions/state.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { CommandMemory } from './command-memory.ts';
import type { OrchestratorDeps } from './deps.ts';
import type { Goals } from './goals.ts';
import { ingest } from './ingest.ts';
import { LiveProviders } from './live-providers.ts';
import type { LogWriter } from './log-writer.ts';
import type { ProviderEvent, ProviderSession } from './ports.ts';
import {
  internalProblem,
  lostAttachment,
  missingProvider,
  stoppedByStorage,
  timeLimitProblem,
  unresumable,
} from './problems.ts';
import { passAnswer, passChange, promptFiles } from './provider-words.ts';
import { leftOpen, type SessionRuntime } from './session-runtime.ts';
import { TimeLimits } from './time-limits.ts';

/** How long a stopped turn may take to end by itself, milliseconds. */
const defaultAbortGraceMs = 15_000;

export interface TurnRunnerParts {
  deps: OrchestratorDeps;
  log: LogWriter;
  checkpoints: Checkpoints;
  commands: CommandMemory;
  goals: Goals;
  context: (runtime: SessionRuntime) => DecisionContext;
}

/** Runs turns: gives committed words to the provider, makes facts of what it says, ends the turn and begins the next one. */
export class TurnRunner {
  readonly #parts: TurnRunnerParts;
  readonly #live: LiveProviders;
  readonly #times: TimeLimits;
  #closing = false;

  constructor(parts: TurnRunnerParts) {
    this.#parts = parts;
    this.#live = new LiveProviders(parts.deps, parts.goals, {
      hear: (runtime, event) => this.#listen(runtime, event),
      failed: (runtime, error) => this.#failed(runtime, error),
    });
    this.#times = new TimeLimits(parts.deps.clock, parts.log, (runtime, limit) => {
      const ms = runtime.state.turn?.limits[limit === 'idle' ? 'idle_ms' : 'total_ms'] ?? 0;
      runtime.stopProblem = timeLimitProblem(limit, ms);
      this.#stop(runtime);
    });
  }

  /** What committed events ask of the provider. `from`: a command, or what the provider itself said. */
  react(runtime: SessionRuntime, events: readonly Decided[], from: 'command' | 'provider'): void {
    if (events.length === 0) return;
    const started = events.some(({ event }) => event.type === 'turn_started');
    this.#times.follow(runtime, events);
    for (const { event } of events) {
      switch (event.type) {
        case 'turn_started':
          this.#begin(runtime);
          break;
        case 'user_message':
          if (!started) this.#steer(runtime, event);
          break;
        case 'abort_requested':
          this.#stop(runtime);
          break;
        case 'approval_resolved':
          passAnswer(runtime, event);
          break;
        case 'rewound':
          void this.#live.release(runtime);
          break;
        case 'provider_session':
          // Somebody else wrote to the CLI's conversation: what its process knows is old.
          if (from === 'command') void this.#live.release(runtime);
          break;
        case 'session_changed':
          if (event.provider !== undefined || event.cwd !== undefined) void this.#live.release(runtime);
          else if (event.by.kind !== 'app') passChange(runtime, event);
          break;
      }
    }
    this.#parts.goals.react(runtime, events);
  }

  /** Gives the running turn's message to the provider, with what it has not seen ahead of it. */
  #begin(runtime: SessionRuntime): void {
    const { turn } = runtime.state;
    if (!turn) return;
    const files = promptFiles(this.#parts.deps.attachments, turn.attachments);
    if (typeof files === 'string') {
      this.#endTurn(runtime, { type: 'turn_end', status: 'failed', problem: lostAttachment(files) });
      return;
    }
    let live: ProviderSession | null;
    try {
      live = this.#live.ensure(runtime);
      live?.prompt({ turn_id: turn.turn_id, text: promptText(turn.digest, turn.text), attachments: files });
    } catch (error) {
      this.#failed(runtime, error);
      return;
    }
    if (!live) this.#endTurn(runtime, { type: 'turn_end', status: 'failed', problem: missingProvider(turn.provider) });
  }

  #steer(runtime: SessionRuntime, { text, attachments = [], by }: EventOf<'user_message'>): void {
    const files = promptFiles(this.#parts.deps.attachments, attachments);
    if (typeof files !== 'string' && runtime.live?.steer(text, files)) return;
    const queue_id = this.#parts.deps.entropy.id('q') as QueueId;
    const said = 'Your message could not be put into the running turn any more; it waits for the next one.';
    this.#parts.log.record(runtime, (state) => [
      ofTurn(state, {
        type: 'notice',
        level: 'warning',
        code: 'steer_failed',
        text: said,
        say: say('notice.steerFailed'),
      }),
      ofTurn(state, {
        type: 'message_queued',
        queue_id,
        text,
        attachments: attachments.length > 0 ? attachments : undefined,
        by,
      }),
    ]);
  }

  #listen(runtime: SessionRuntime, event: ProviderEvent): void {
    try {
      this.#hear(runtime, event);
    } catch (error) {
      this.#failed(runtime, error);
    }
  }

  /** A defect of ours costs one turn, never the app. */
  #failed(runtime: SessionRuntime, error: unknown): void {
    const { log } = this.#parts.deps;
    const stack = String((error as Error)?.stack ?? error);
    log.error('a provider or an event of it could not be handled', { session: runtime.session_id, error: stack });
    void this.#live.release(runtime);
    try {
      this.#endTurn(runtime, { type: 'turn_end', status: 'failed', problem: internalProblem() });
    } catch (second) {
      log.error('a turn could not be ended', { session: runtime.session_id, error: String(second) });
    }
  }

  /** One word of the provider. Deltas go to the open items; everything else becomes facts. */
  #hear(runtime: SessionRuntime, event: ProviderEvent): void {
    if (this.#closing) return;
    const { deps, log, checkpoints, commands } = this.#parts;
    const { turn } = runtime.state;
    switch (event.type) {
      case 'closed':
        this.#live.gone(runtime, event.gone);
        return;
      case 'turn_end':
        this.#endTurn(runtime, event);
        return;
      case 'resume_lost':
        this.#beginAfresh(runtime, event.text, event.say);
        return;
      case 'commands':
        if (runtime.liveProvider) commands.learn(runtime.liveProvider, runtime.state.cwd, event.commands);
        return;
      case 'mode':
        // A plan that a person approved may lead to more, but to full access only they themselves switch.
        if (widens(runtime.state.mode, event.mode) && (!turn?.planApproved || event.mode === 'full')) {
          this.#keepMode(runtime, event.mode);
          return;
        }
        break;
      case 'goal':
        this.#parts.goals.hear(runtime, event);
        return;
      case 'item_delta':
      case 'item_replace': {
        if (!turn) return;
        const grow = event.type === 'item_delta' ? runtime.items.append : runtime.items.replace;
        const item = grow.call(runtime.items, event.item_id, event.kind, turn.turn_id, event.text);
        deps.bus.changed(runtime.session_id);
        checkpoints.touch(runtime.session_id, item);
        this.#times.sign(runtime);
        return;
      }
    }
    const translated = ingest(event, runtime, deps);
    if (translated) {
      log.record(runtime, translated.build, translated.closes);
      this.#times.sign(runtime);
    } else {
      deps.log.debug('late event of a provider', { session: runtime.session_id, type: event.type });
    }
  }

  /** No CLI gives itself more freedom than a person gave it: not by resuming, not by its own settings. */
  #keepMode(runtime: SessionRuntime, wider: PermissionMode): void {
    runtime.live?.setMode(runtime.state.mode);
    this.#parts.log.record(runtime, (state) => [ofTurn(state, modeKept(state.mode, wider))]);
  }

  /**
   * The CLI does not know its conversation any more. Once, and only while nothing was done in this turn, the same message goes to a fresh one,
   * with what happened before told ahead of it.
   */
  #beginAfresh(runtime: SessionRuntime, text: string, said: Saying | undefined): void {
    const { turn } = runtime.state;
    void this.#live.release(runtime);
    if (!turn) return;
    if (turn.abortRequested || runtime.stopProblem || runtime.storageProblem) {
      this.#endTurn(runtime, { type: 'turn_end', status: 'aborted' });
      return;
    }
    if (turn.heard || turn.resumeLost) {
      this.#endTurn(runtime, { type: 'turn_end', status: 'failed', problem: unresumable(text) });
      return;
    }
    const { provider } = turn;
    const told = digestAfresh(runtime.state, turn, this.#parts.context(runtime));
    const written = this.#parts.log.record(runtime, (state) => {
      const events: Decided[] = [
        ofTurn(state, { type: 'notice', level: 'warning', code: 'resume_lost', text: text.slice(0, 4000), say: said }),
        ...forgetKept(state, 'moved_on'),
        ofTurn(state, { type: 'provider_session', provider, provider_session_id: null }),
      ];
      if (told !== null) events.push(ofTurn(state, { type: 'digest', text: told, by: app }));
      return events;
    });
    if (written) this.#begin(runtime);
  }

  #endTurn(runtime: SessionRuntime, end: Extract<ProviderEvent, { type: 'turn_end' }>): void {
    const { turn } = runtime.state;
    if (!turn) return;
    runtime.cancelAbortWatch?.();
    runtime.cancelAbortWatch = null;
    this.#times.end(runtime);
    const left = leftOpen(runtime);
    const stopped = runtime.stopProblem ?? (runtime.storageProblem && stoppedByStorage(runtime.storageProblem));
    const outcome =
      stopped && !turn.abortRequested && (runtime.stopProblem ? end.status !== 'completed' : end.status === 'aborted')
        ? { status: 'failed' as const, problem: stopped }
        : // Its process ended under its own questions: they go on waiting for an answer.
          { status: end.status, problem: end.problem, keepsApprovals: end.status === 'failed' && !stopped };
    runtime.refs.clear();
    runtime.stopProblem = null;
    // The end of this turn and the beginning of the next are one commit: no crash can leave a queue or a goal that nobody goes on with.
    const ended = (state: SessionState): Decided[] => {
      const now = this.#parts.deps.clock.now();
      const settled = settleTurn(state, left, now, outcome);
      const after = runtime.after(settled, now);
      const context = { ...this.#parts.context(runtime), actor: app };
      const next = decideNext(after, turn.sendNext, context);
      return [...settled, ...goalAfterTurn(after, next, context), ...next];
    };
    const closes = left.map((item) => item.item_id);
    if (!this.#parts.log.record(runtime, ended, closes)) return;
    runtime.storageProblem = null;
    this.#live.closeWhenIdle(runtime);
  }

  /** Everything that had to wait for the disk is written. */
  caughtUp(runtime: SessionRuntime): void {
    this.#live.closeWhenIdle(runtime);
  }

  /** Stops the running turn: by its CLI's own means, and with its whole process tree when that does not help in time. */
  #stop(runtime: SessionRuntime): void {
    const { live } = runtime;
    const { turn } = runtime.state;
    if (!live) {
      this.#endTurn(runtime, { type: 'turn_end', status: 'aborted' });
      return;
    }
    const { deps } = this.#parts;
    runtime.cancelAbortWatch?.();
    runtime.cancelAbortWatch = deps.clock.after(deps.abortGraceMs ?? defaultAbortGraceMs, () => {
      if (!turn || runtime.state.turn?.turn_id !== turn.turn_id) return;
      deps.log.warn('a stopped turn did not end by itself; its process is closed', { session: runtime.session_id });
      void this.#live.release(runtime);
      this.#endTurn(runtime, { type: 'turn_end', status: 'aborted' });
    });
    live.interrupt();
  }

  /** From now on nothing a provider says counts. Resolves when no process of ours is left. */
  async close(runtimes: Iterable<SessionRuntime>): Promise<void> {
    this.#closing = true;
    this.#times.close();
    const ending: Promise<void>[] = [];
    for (const runtime of runtimes) {
      runtime.cancelAbortWatch?.();
      ending.push(this.#live.release(runtime));
    }
    await Promise.all([...ending, this.#live.allGone()]);
  }
}
