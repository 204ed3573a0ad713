import { canonicalJson } from '../base/canonical-json.ts';
import type { Clock } from '../base/clock.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { SessionBus } from '../bus/session-bus.ts';
import type { Command, CommandOf, SessionCommand } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import type { CommandId, ProviderId, QueueId, SessionId } from '../protocol/ids.ts';
import type { Actor } from '../protocol/values.ts';
import type { FolderRule, SessionSummary } from '../protocol/views.ts';
import { providerOf } from '../sessions/apply.ts';
import { type Decided, type DecisionContext, decide, decideNewChat, decideNext } from '../sessions/decide.ts';
import { type LeftOpen, settleTurn } from '../sessions/ingest.ts';
import type { SessionState } from '../sessions/state.ts';
import { summarize } from '../sessions/summary.ts';
import { Checkpoints } from './checkpoints.ts';
import { ingest } from './ingest.ts';
import {
  type Entropy,
  type EventStore,
  type Folders,
  type Log,
  type Principal,
  type Provider,
  type ProviderEvent,
  type Receipt,
  type RuleStore,
  StorageError,
} from './ports.ts';
import {
  closingProblem,
  internalProblem,
  interruptedProblem,
  missingProvider,
  noSession,
  reusedId,
  stoppedByStorage,
  storageProblem,
  unknownProvider,
} from './problems.ts';
import { SessionRuntime } from './session-runtime.ts';

export interface OrchestratorDeps {
  store: EventStore;
  rules: RuleStore;
  providers: ReadonlyMap<ProviderId, Provider>;
  folders: Folders;
  bus: SessionBus;
  clock: Clock;
  entropy: Entropy;
  log: Log;
  /** A CLI without a turn for this long is closed, milliseconds. The next message resumes it. */
  idleCloseMs?: number;
  /** How long a stopped turn may take to end by itself, milliseconds; then its process is closed. */
  abortGraceMs?: number;
}

const app: Actor = { kind: 'app', via: 'app' };
const storageRetryMs = 1000;
/** Sessions that stay in memory although nothing happens in them. */
const maxLoaded = 32;

/** Commands in, events out. Every change of every session goes through here, whichever door it came by. */
export class Orchestrator {
  readonly #deps: OrchestratorDeps;
  readonly #sessions = new Map<SessionId, SessionRuntime>();
  readonly #known = new Map<SessionId, SessionSummary>();
  readonly #inFlight = new Map<CommandId, { digest: string; answer: Promise<Result<unknown, Problem>> }>();
  readonly #checkpoints: Checkpoints;
  readonly #stalled = new Set<SessionRuntime>();
  #retry: (() => void) | null = null;
  #closing = false;

  constructor(deps: OrchestratorDeps) {
    this.#deps = deps;
    this.#checkpoints = new Checkpoints(deps.store, deps.clock, deps.log, (ids, error) => {
      for (const id of ids) {
        const runtime = this.#sessions.get(id);
        if (runtime) this.#storageRefused(runtime, error);
      }
    });
    for (const summary of deps.store.summaries()) this.#known.set(summary.session_id, summary);
  }

  /** The session list, newest first. */
  summaries(): SessionSummary[] {
    return [...this.#known.values()].sort((a, b) => b.updated_at - a.updated_at);
  }

  get runningTurns(): number {
    let running = 0;
    for (const runtime of this.#sessions.values()) if (runtime.running) running += 1;
    return running;
  }

  /** The session in memory, loaded when it is first asked for; null when there is none of this id. */
  runtime(session_id: SessionId): SessionRuntime | null {
    const loaded = this.#sessions.get(session_id);
    if (loaded) return loaded;
    if (!this.#known.has(session_id)) return null;
    this.#unloadIdle();
    const runtime = new SessionRuntime(session_id, this.#deps.store);
    this.#sessions.set(session_id, runtime);
    return runtime;
  }

  /** Sessions in memory; for tests of its bound. */
  get loaded(): number {
    return this.#sessions.size;
  }

  /** Makes room: a session in which nothing happens and that nobody follows is read again when it is asked for. */
  #unloadIdle(): void {
    if (this.#sessions.size < maxLoaded) return;
    for (const [id, { running, live, stalled }] of this.#sessions) {
      if (running || live || stalled.length > 0 || this.#deps.bus.isFollowed(id)) continue;
      this.#sessions.get(id)?.cancelIdleClose?.();
      this.#sessions.delete(id);
      if (this.#sessions.size < maxLoaded) return;
    }
  }

  /**
   * Settles what a killed process left: every turn that was running ends as interrupted, with the text as far as the last checkpoint. Called
   * once, before any door opens. @returns how many turns were settled.
   */
  recover(): number {
    let settled = 0;
    for (const summary of this.#known.values()) {
      if (summary.turn_id === null && summary.pending_approvals.length === 0) continue;
      if (this.#settleLeft(summary.session_id)) settled += 1;
    }
    return settled;
  }

  /** One session that cannot be settled (a full disk, a damaged log) must not keep the others from their start. */
  #settleLeft(session_id: SessionId): boolean {
    try {
      const runtime = this.runtime(session_id);
      if (!runtime?.state.turn) return false;
      const left = this.#deps.store.openItems(session_id);
      const now = this.#deps.clock.now();
      const problem = interruptedProblem('killed');
      const events = settleTurn(runtime.state, left, now, { status: 'interrupted', problem });
      runtime.commit(events, now, { closedItems: left.map((item) => item.item_id) });
      this.#known.set(session_id, summarize(runtime.state));
      return true;
    } catch (error) {
      this.#deps.log.error('an interrupted turn could not be settled', {
        session: session_id,
        error: String((error as Error)?.stack ?? error),
      });
      return false;
    }
  }

  /**
   * Carries out one command, once. The same `command_id` again gets the first answer again; with other contents it is refused.
   * @returns what the command's answer holds, or a refusal for a person to read.
   */
  async dispatch(principal: Principal, command: Command): Promise<Result<unknown, Problem>> {
    const digest = this.#deps.entropy.sha256(canonicalJson([principal.actor.kind, principal.actor.id, command]));
    const running = this.#inFlight.get(command.command_id);
    if (running) return running.digest === digest ? running.answer : err(reusedId);
    const before = this.#deps.store.receipt(command.command_id);
    if (before) return before.digest === digest ? ok(JSON.parse(before.result)) : err(reusedId);
    if (this.#closing) return err(closingProblem);
    const answer = this.#carryOut(principal, command, digest);
    this.#inFlight.set(command.command_id, { digest, answer });
    try {
      return await answer;
    } finally {
      this.#inFlight.delete(command.command_id);
    }
  }

  async #carryOut(principal: Principal, command: Command, digest: string): Promise<Result<unknown, Problem>> {
    try {
      if (command.type === 'new_chat') return await this.#newChat(principal, command, digest);
      return this.#sessionCommand(principal, command, digest);
    } catch (error) {
      if (error instanceof StorageError) return err(storageProblem(error));
      this.#deps.log.error('command failed', { type: command.type, error: String((error as Error)?.stack ?? error) });
      return err(internalProblem());
    }
  }

  async #newChat(
    principal: Principal,
    command: CommandOf<'new_chat'>,
    digest: string,
  ): Promise<Result<unknown, Problem>> {
    const provider = this.#deps.providers.get(command.provider);
    if (!provider) {
      return err(unknownProvider(command.provider, [...this.#deps.providers.keys()]));
    }
    const folder = await this.#deps.folders.inspect(command.cwd);
    if (!folder.ok) return err(folder.problem);
    const session_id = this.#deps.entropy.id('ses') as SessionId;
    this.#unloadIdle();
    const runtime = new SessionRuntime(session_id, this.#deps.store);
    const result = { session_id };
    this.#commit(runtime, decideNewChat(command, folder.path, principal.actor), receiptOf(command, digest, result));
    this.#sessions.set(session_id, runtime);
    return ok(result);
  }

  #sessionCommand(principal: Principal, command: SessionCommand, digest: string): Result<unknown, Problem> {
    const runtime = this.runtime(command.session_id);
    if (!runtime) return err(noSession);
    if (runtime.stalled.length > 0) {
      // Stop means stop, also when it cannot be written down: the turn's end will be, once there is room.
      if (command.type === 'abort') runtime.live?.interrupt();
      return err(
        runtime.storageProblem ??
          storageProblem(new StorageError('storage_failed', 'Earlier events wait to be stored.')),
      );
    }
    const decision = decide(runtime.state, command, this.#context(principal.actor, runtime, mayApprove(principal)));
    if (!decision.ok) return decision;
    const { events, result } = decision.value;
    try {
      this.#commit(runtime, events, receiptOf(command, digest, result));
    } catch (error) {
      // Stop means stop, also when it cannot be written down: the turn's end will be, once there is room.
      if (error instanceof StorageError && command.type === 'abort') runtime.live?.interrupt();
      throw error;
    }
    this.#react(runtime, events);
    return ok(result);
  }

  #context(actor: Actor, runtime: SessionRuntime, mayApprove = true): DecisionContext {
    const { entropy } = this.#deps;
    const fresh = {
      turn_id: entropy.id('turn'),
      message_id: entropy.id('msg'),
      queue_id: entropy.id('q'),
      approval_id: entropy.id('apr'),
      rule_id: entropy.id('rule'),
    } as DecisionContext['fresh'];
    const { turn } = runtime.state;
    const steers = turn !== null && this.#deps.providers.get(turn.provider)?.capabilities.steer === true;
    return { actor, fresh, mayApprove, canSteer: steers && runtime.live !== null && !turn.abortRequested };
  }

  /** Commit first, publish second. @throws {StorageError} and then nothing has changed. */
  #commit(
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
      folderRules: this.#folderRules(runtime, events),
    });
    for (const item of closing) if (item) this.#checkpoints.forget(item);
    if (events.length === 0) return;
    const summary = summarize(runtime.state);
    this.#known.set(runtime.session_id, summary);
    this.#deps.bus.changed(runtime.session_id);
    this.#deps.bus.summary.emit(summary);
  }

  /** Lasting answers are stored with the answer that made them. */
  #folderRules(runtime: SessionRuntime, events: readonly Decided[]): FolderRule[] {
    const { cwd } = runtime.state;
    const provider = providerOf(runtime.state);
    return events.flatMap(({ event }) =>
      event.type === 'rule_added' && event.scope === 'folder'
        ? [
            {
              rule_id: event.rule_id,
              cwd,
              provider,
              rule: event.rule,
              created_at: this.#deps.clock.now(),
              by: event.by,
            },
          ]
        : [],
    );
  }

  /** Commits what cannot be refused: it has happened. While the disk refuses, it waits in memory, in order, and the turn is stopped. */
  #record(
    runtime: SessionRuntime,
    build: (state: SessionRuntime['state']) => Decided[],
    closedItems?: readonly string[],
  ): boolean {
    if (runtime.stalled.length > 0) {
      runtime.stalled.push({ build, closes: closedItems });
      return false;
    }
    try {
      const events = build(runtime.state);
      this.#commit(runtime, events, undefined, closedItems);
      this.#react(runtime, events);
      return true;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      // First in line, then stop the turn: what the provider says to that has to come after it.
      runtime.stalled.push({ build, closes: closedItems });
      this.#stalled.add(runtime);
      this.#retry ??= this.#deps.clock.after(storageRetryMs, () => this.#retryStalled());
      this.#deps.log.error('the log cannot be written', { code: error.code, session: runtime.session_id });
      this.#storageRefused(runtime, error);
      return false;
    }
  }

  /** What happens cannot be kept: whoever follows is told, once, and the turn is stopped. */
  #storageRefused(runtime: SessionRuntime, error: StorageError): void {
    if (runtime.storageProblem) return;
    runtime.storageProblem = storageProblem(error);
    this.#deps.bus.problem.emit({ session_id: runtime.session_id, problem: runtime.storageProblem });
    runtime.live?.interrupt();
  }

  #retryStalled(): void {
    this.#retry = null;
    for (const runtime of this.#stalled) {
      const waiting = runtime.stalled.splice(0);
      while (waiting.length > 0) {
        try {
          const { build, closes } = waiting[0]!;
          const events = build(runtime.state);
          this.#commit(runtime, events, undefined, closes);
          waiting.shift();
          this.#react(runtime, events);
        } catch (error) {
          if (!(error instanceof StorageError)) throw error;
          break;
        }
      }
      runtime.stalled.unshift(...waiting);
      if (runtime.stalled.length === 0) {
        this.#stalled.delete(runtime);
        runtime.storageProblem = null;
        this.#closeWhenIdle(runtime);
      }
    }
    if (this.#stalled.size > 0) this.#retry = this.#deps.clock.after(storageRetryMs, () => this.#retryStalled());
  }

  /** What committed events ask of the provider and of the rules. */
  #react(runtime: SessionRuntime, events: readonly Decided[]): void {
    const started = events.some(({ event }) => event.type === 'turn_started');
    for (const { event } of events) {
      switch (event.type) {
        case 'user_message':
          if (started) this.#startTurn(runtime, event.text);
          else if (!runtime.live?.steer(event.text)) this.#requeue(runtime, event.text, event.by);
          break;
        case 'abort_requested':
          this.#stopTurn(runtime);
          break;
        case 'approval_resolved': {
          const ref = runtime.refs.get(event.approval_id);
          runtime.refs.delete(event.approval_id);
          if (ref !== undefined && event.decision !== 'withdrawn') {
            runtime.live?.answer(ref, { decision: event.decision, message: event.message, answers: event.answers });
          }
          break;
        }
        case 'session_changed':
          if (event.by.kind === 'app') break;
          if (event.model !== undefined) runtime.live?.setModel(event.model);
          if (event.mode !== undefined) runtime.live?.setMode(event.mode);
          break;
      }
    }
  }

  #startTurn(runtime: SessionRuntime, text: string): void {
    const { turn } = runtime.state;
    if (!turn) return;
    runtime.cancelIdleClose?.();
    runtime.cancelIdleClose = null;
    this.#ensureLive(runtime)?.prompt({ turn_id: turn.turn_id, text });
  }

  #ensureLive(runtime: SessionRuntime): SessionRuntime['live'] {
    if (runtime.live) return runtime.live;
    const { provider: id, session_id, cwd, model, mode, providerSessions } = runtime.state;
    const provider = this.#deps.providers.get(id);
    if (!provider) {
      this.#endTurn(runtime, { type: 'turn_end', status: 'failed', problem: missingProvider(id) });
      return null;
    }
    const resume = providerSessions[id] ?? null;
    const live = provider.start({ session_id, cwd, model, mode, resume }, (event) => {
      if (runtime.live !== live && runtime.live !== null) return;
      try {
        this.#hear(runtime, event);
      } catch (error) {
        this.#turnFailed(runtime, error);
      }
    });
    runtime.live = live;
    return live;
  }

  /** A defect of ours costs one turn, never the app. */
  #turnFailed(runtime: SessionRuntime, error: unknown): void {
    this.#deps.log.error('an event of a provider could not be handled', {
      session: runtime.session_id,
      error: String((error as Error)?.stack ?? error),
    });
    const { live } = runtime;
    runtime.live = null;
    void live?.close();
    try {
      this.#endTurn(runtime, { type: 'turn_end', status: 'failed', problem: internalProblem() });
    } catch (second) {
      this.#deps.log.error('a turn could not be ended', { session: runtime.session_id, error: String(second) });
    }
  }

  /** One word of the provider. Deltas go to the open items; everything else becomes facts. */
  #hear(runtime: SessionRuntime, event: ProviderEvent): void {
    if (this.#closing) return;
    if (event.type === 'closed') {
      runtime.live = null;
      return;
    }
    if (event.type === 'turn_end') {
      this.#endTurn(runtime, event);
      return;
    }
    const { turn } = runtime.state;
    if (event.type === 'item_delta' || event.type === 'item_replace') {
      if (!turn) return;
      const grow = event.type === 'item_delta' ? runtime.items.append : runtime.items.replace;
      const item = grow.call(runtime.items, event.item_id, event.kind, turn.turn_id, event.text);
      this.#deps.bus.changed(runtime.session_id);
      this.#checkpoints.touch(runtime.session_id, item);
      return;
    }
    const translated = ingest(event, runtime, { rules: this.#deps.rules, entropy: this.#deps.entropy });
    if (!translated) {
      this.#deps.log.debug('late event of a provider', { session: runtime.session_id, type: event.type });
      return;
    }
    this.#record(runtime, translated.build, translated.closes);
  }

  #endTurn(runtime: SessionRuntime, end: Extract<ProviderEvent, { type: 'turn_end' }>): void {
    const { turn } = runtime.state;
    if (!turn) return;
    runtime.cancelAbortWatch?.();
    runtime.cancelAbortWatch = null;
    const left = leftOpen(runtime);
    const closes = left.map((item) => item.item_id);
    const outcome =
      runtime.storageProblem && end.status === 'aborted' && !turn.abortRequested
        ? { status: 'failed' as const, problem: stoppedByStorage(runtime.storageProblem) }
        : { status: end.status, problem: end.problem };
    runtime.refs.clear();
    // The end of this turn and the beginning of the next are one commit: no crash can leave a queue that nobody empties.
    const ended = (state: SessionState): Decided[] => {
      const now = this.#deps.clock.now();
      const settled = settleTurn(state, left, now, outcome);
      return [...settled, ...decideNext(runtime.after(settled, now), turn.sendNext, this.#context(app, runtime))];
    };
    if (!this.#record(runtime, ended, closes)) return;
    runtime.storageProblem = null;
    this.#closeWhenIdle(runtime);
  }

  #closeWhenIdle(runtime: SessionRuntime): void {
    if (runtime.state.turn) return;
    runtime.cancelIdleClose?.();
    runtime.cancelIdleClose = this.#deps.clock.after(this.#deps.idleCloseMs ?? 600_000, () => {
      const { live } = runtime;
      if (!live || runtime.state.turn) return;
      runtime.live = null;
      void live.close();
    });
  }

  #requeue(runtime: SessionRuntime, text: string, by: Actor): void {
    const queue_id = this.#deps.entropy.id('q') as QueueId;
    const said = 'Your message could not be put into the running turn any more; it waits for the next one.';
    this.#record(runtime, (state) => {
      const turn_id = state.turn?.turn_id ?? null;
      return [
        { turn_id, event: { type: 'notice', level: 'warning', code: 'steer_failed', text: said } },
        { turn_id, event: { type: 'message_queued', queue_id, text, by } },
      ];
    });
  }

  #stopTurn(runtime: SessionRuntime): void {
    const { live } = runtime;
    if (!live) {
      this.#endTurn(runtime, { type: 'turn_end', status: 'aborted' });
      return;
    }
    runtime.cancelAbortWatch?.();
    runtime.cancelAbortWatch = this.#deps.clock.after(this.#deps.abortGraceMs ?? 15_000, () => {
      if (!runtime.state.turn?.abortRequested) return;
      this.#deps.log.warn('a stopped turn did not end by itself; its process is closed', {
        session: runtime.session_id,
      });
      runtime.live = null;
      void live.close();
      this.#endTurn(runtime, { type: 'turn_end', status: 'aborted' });
    });
    live.interrupt();
  }

  /** Ends every provider and settles what was running. Resolves when no process of ours is left. */
  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    this.#retry?.();
    this.#checkpoints.flush();
    this.#checkpoints.close();
    const ending: Promise<void>[] = [];
    for (const runtime of this.#sessions.values()) {
      runtime.cancelIdleClose?.();
      runtime.cancelAbortWatch?.();
      if (runtime.running) this.#settleForClose(runtime);
      if (runtime.live) ending.push(runtime.live.close());
    }
    await Promise.allSettled(ending);
  }

  #settleForClose(runtime: SessionRuntime): void {
    const now = this.#deps.clock.now();
    const problem = interruptedProblem('closed');
    try {
      for (const { build, closes } of runtime.stalled) this.#commit(runtime, build(runtime.state), undefined, closes);
      runtime.stalled.length = 0;
      const left = leftOpen(runtime);
      const events = settleTurn(runtime.state, left, now, { status: 'interrupted', problem });
      this.#commit(
        runtime,
        events,
        undefined,
        left.map((item) => item.item_id),
      );
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.#deps.log.error('the last turn could not be settled; it will be at the next start', { code: error.code });
    }
  }
}

/** Text that is still open and that no fact in waiting finishes. */
function leftOpen(runtime: SessionRuntime): LeftOpen[] {
  const finishing = new Set(runtime.stalled.flatMap(({ closes }) => closes ?? []));
  return [...runtime.items]
    .filter((item) => !finishing.has(item.item_id))
    .map((item) => ({ item_id: item.item_id, kind: item.kind, text: item.since(0) }));
}

function mayApprove({ actor, scopes }: Principal): boolean {
  return actor.kind === 'owner' || scopes.has('admin') || scopes.has('approvals:write');
}

function receiptOf(command: Command, digest: string, result: unknown): Receipt {
  return { command_id: command.command_id, digest, result: JSON.stringify(result) };
}
