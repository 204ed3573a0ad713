import { canonicalJson } from '../base/canonical-json.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Command, CommandOf, SessionCommand } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import type { CommandId, ProviderId, SessionId } from '../protocol/ids.ts';
import type { SessionSummary } from '../protocol/views.ts';
import { decide } from '../sessions/decide.ts';
import type { Decided } from '../sessions/decision.ts';
import { pauseForRestart } from '../sessions/goal-decide.ts';
import { settleTurn } from '../sessions/ingest.ts';
import { isLaidAside } from '../sessions/summary.ts';
import { otherWriterNotice } from '../sessions/take-over.ts';
import { Checkpoints } from './checkpoints.ts';
import { CommandMemory } from './command-memory.ts';
import { createContext } from './decision-context.ts';
import type { OrchestratorDeps } from './deps.ts';
import { Goals, noGoalTools } from './goals.ts';
import { LogWriter } from './log-writer.ts';
import { type Principal, type Receipt, StorageError } from './ports.ts';
import {
  chatNeedsPlace,
  closingProblem,
  internalProblem,
  interruptedProblem,
  noSession,
  reusedId,
  storageProblem,
} from './problems.ts';
import { inspectFor } from './restrictions.ts';
import { type OpeningCommand, SessionOpener } from './session-opener.ts';
import { leftOpen, type SessionRuntime } from './session-runtime.ts';
import { SessionShelf } from './session-shelf.ts';
import { TurnRunner } from './turn-runner.ts';

export type { OrchestratorDeps } from './deps.ts';

/** Commands in, events out. Every change of every session goes through here, whichever door it came by. */
export class Orchestrator {
  readonly #deps: OrchestratorDeps;
  readonly #shelf: SessionShelf;
  readonly #log: LogWriter;
  readonly #runner: TurnRunner;
  readonly #opener: SessionOpener;
  readonly #inFlight = new Map<CommandId, { digest: string; answer: Promise<Result<unknown, Problem>> }>();
  readonly #checkpoints: Checkpoints;
  /** The slash commands of each CLI, as far as they are known. */
  readonly commands = new CommandMemory();
  readonly goals: Goals;
  #closing = false;

  constructor(deps: OrchestratorDeps) {
    this.#deps = deps;
    this.#shelf = new SessionShelf(deps.store, deps.bus);
    this.#checkpoints = new Checkpoints(deps.store, deps.clock, deps.log, (ids, error) => {
      for (const id of ids) {
        const runtime = this.#shelf.loaded(id);
        if (runtime) this.#log.refused(runtime, error);
      }
    });
    this.#log = new LogWriter(deps, this.#shelf, this.#checkpoints);
    this.goals = new Goals({
      clock: deps.clock,
      entropy: deps.entropy,
      providers: deps.providers,
      goalLimits: () => deps.settings().goal_limits,
      goalTools: deps.goalTools ?? noGoalTools,
      record: (runtime, build) => !this.#closing && this.#log.record(runtime, build),
      runtime: (session_id) => this.runtime(session_id),
    });
    this.#runner = new TurnRunner({
      deps,
      log: this.#log,
      checkpoints: this.#checkpoints,
      commands: this.commands,
      goals: this.goals,
      context: (runtime) => this.#context(runtime),
    });
    this.#opener = new SessionOpener(deps, this.#shelf, this.#log);
    this.#log.onRecorded = (runtime, events) => this.#runner.react(runtime, events, 'provider');
    this.#log.onCaughtUp = (runtime) => this.#runner.caughtUp(runtime);
    this.#log.onRefused = (runtime) => runtime.live?.interrupt();
  }

  /** The session list, newest first. */
  summaries(): SessionSummary[] {
    return this.#shelf.summaries();
  }

  get runningTurns(): number {
    let running = 0;
    for (const runtime of this.#shelf.inMemory) if (runtime.running) running += 1;
    return running;
  }

  /** The session in memory, loaded when it is first asked for; null when there is none of this id. */
  runtime(session_id: SessionId): SessionRuntime | null {
    return this.#shelf.get(session_id);
  }

  /** Sessions in memory; for tests of its bound. */
  get loaded(): number {
    return this.#shelf.size;
  }

  /**
   * Settles what a killed process left: every turn that was running ends as interrupted, with the text as far as the last checkpoint, and a goal
   * that was pursued waits for a person. Called once, before any door opens. @returns how many turns were settled.
   */
  recover(): number {
    let settled = 0;
    for (const { session_id, turn_id, goal } of this.#shelf.summaries()) {
      if (turn_id === null && goal?.status !== 'active') continue;
      if (this.#settleLeft(session_id)) settled += 1;
    }
    return settled;
  }

  /** One session that cannot be settled (a full disk, a damaged log) must not keep the others from their start. */
  #settleLeft(session_id: SessionId): boolean {
    try {
      const runtime = this.runtime(session_id);
      if (!runtime) return false;
      const { turn } = runtime.state;
      const left = turn ? this.#deps.store.openItems(session_id) : [];
      const events = this.#interrupted(runtime, left, 'killed');
      this.#log.commit(
        runtime,
        events,
        undefined,
        left.map((item) => item.item_id),
      );
      return turn !== null;
    } catch (error) {
      this.#deps.log.error('an interrupted turn could not be settled', {
        session: session_id,
        error: String((error as Error)?.stack ?? error),
      });
      return false;
    }
  }

  /** The end of a turn under which the app ended. */
  #interrupted(runtime: SessionRuntime, left: Parameters<typeof settleTurn>[1], how: 'killed' | 'closed'): Decided[] {
    const now = this.#deps.clock.now();
    const problem = interruptedProblem(how);
    const settled = settleTurn(runtime.state, left, now, { status: 'interrupted', problem, keepsApprovals: true });
    return [...settled, ...pauseForRestart(runtime.after(settled, now), now)];
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
    const receipt = (result: unknown): Receipt => ({
      command_id: command.command_id,
      digest,
      result: JSON.stringify(result),
    });
    try {
      switch (command.type) {
        case 'chat_request':
          return await this.#chatRequest(principal, command, receipt);
        case 'set_workspace_scope': {
          const folder = await inspectFor(principal, this.#deps.folders, command.cwd);
          if (!folder.ok) return err(folder.problem);
          return this.#sessionCommand(principal, { ...command, cwd: folder.path }, receipt);
        }
        case 'new_chat':
        case 'fork_session':
        case 'continue_import':
          return await this.#opener.answer(command satisfies OpeningCommand, principal, receipt);
        default:
          return this.#sessionCommand(principal, command, receipt);
      }
    } catch (error) {
      if (error instanceof StorageError) return err(storageProblem(error));
      this.#deps.log.error('command failed', { type: command.type, error: String((error as Error)?.stack ?? error) });
      return err(internalProblem());
    }
  }

  /** A message into a session, or into a new one, which begins with it: one commit, one answer. */
  async #chatRequest(
    principal: Principal,
    { type: _type, session_id, ...asked }: CommandOf<'chat_request'>,
    receipt: (result: unknown) => Receipt,
  ): Promise<Result<unknown, Problem>> {
    const { command_id, text, attachments, cwd, provider, mode = 'ask', model, effort, title } = asked;
    const says = (id: SessionId) => ({ type: 'message' as const, command_id, session_id: id, text, attachments });
    if (session_id) {
      const told = { session_id };
      return this.#sessionCommand(
        principal,
        says(session_id),
        (result) => receipt({ ...told, ...(result as object) }),
        told,
      );
    }
    if (cwd === undefined || provider === undefined) return err(chatNeedsPlace);
    const opened = await this.#opener.open(
      { type: 'new_chat', command_id, cwd, provider, mode, model, effort, title },
      principal,
      receipt,
      (runtime, state) => {
        const context = createContext(this.#deps, this, runtime, principal.actor, mayApprove(principal), state);
        return decide(state, says(state.session_id), context);
      },
    );
    if (!opened.ok) return opened;
    const { runtime, events, result } = opened.value;
    this.#runner.react(runtime, events, 'command');
    return ok(result);
  }

  /** @param told - what the answer says beside what was decided. */
  #sessionCommand(
    principal: Principal,
    command: SessionCommand,
    receipt: (result: unknown) => Receipt,
    told: object = {},
  ): Result<unknown, Problem> {
    const runtime = this.runtime(command.session_id);
    if (!runtime) return err(noSession);
    if (runtime.stalled.length > 0) {
      // Stop means stop, also when it cannot be written down: the turn's end will be, once there is room.
      if (stops(command)) runtime.live?.interrupt();
      return err(
        runtime.storageProblem ??
          storageProblem(new StorageError('storage_failed', 'Earlier events wait to be stored.')),
      );
    }
    const decision = decide(runtime.state, command, this.#context(runtime, principal));
    if (!decision.ok) return decision;
    const { events, result } = decision.value;
    try {
      this.#log.commit(runtime, events, receipt(result));
    } catch (error) {
      // Stop means stop, also when it cannot be written down: the turn's end will be, once there is room.
      if (error instanceof StorageError && stops(command)) runtime.live?.interrupt();
      throw error;
    }
    this.#runner.react(runtime, events, 'command');
    return ok({ ...told, ...result });
  }

  /** Another program writes to the CLI's conversation that this session goes on with: the person is told, once until something is done about it. */
  tellOtherWriter(session_id: SessionId, provider: ProviderId): void {
    const runtime = this.runtime(session_id);
    if (!runtime || this.#closing) return;
    const name = this.#deps.providers.get(provider)?.name ?? provider;
    this.#log.record(runtime, (state) => otherWriterNotice(state, name));
  }

  /** Nothing goes on in this session, nothing waits in it, and nobody follows it: it is archived, and could be deleted. */
  isAtRest(session_id: SessionId): boolean {
    const summary = this.#shelf.summary(session_id);
    const runtime = this.#shelf.loaded(session_id);
    if (!summary || !isLaidAside(summary) || this.#deps.bus.isFollowed(session_id)) return false;
    return !runtime || (!runtime.live && !runtime.running && runtime.stalled.length === 0);
  }

  /**
   * Deletes an archived session as a whole; whoever has a list of sessions is told.
   * @returns false when something goes on in it, or there is none of this id: then nothing was deleted.
   * @throws {StorageError}
   */
  remove(session_id: SessionId, reason: string): boolean {
    if (this.#closing || !this.isAtRest(session_id)) return false;
    this.#deps.store.remove(session_id, { ts: this.#deps.clock.now(), reason });
    this.#shelf.forget(session_id);
    this.#deps.bus.removed.emit(session_id);
    return true;
  }

  #context(runtime: SessionRuntime, principal?: Principal) {
    const actor = principal?.actor ?? ({ kind: 'app', via: 'app' } as const);
    return createContext(this.#deps, this, runtime, actor, principal === undefined || mayApprove(principal));
  }

  /** Ends every provider and settles what was running. Resolves when no process of ours is left. */
  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    this.#log.close();
    this.goals.close();
    this.#checkpoints.flush();
    this.#checkpoints.close();
    for (const runtime of this.#shelf.inMemory) this.#settleForClose(runtime);
    await this.#runner.close(this.#shelf.inMemory);
  }

  #settleForClose(runtime: SessionRuntime): void {
    if (!runtime.running && runtime.stalled.length === 0 && !runtime.pursuing) return;
    try {
      for (const { build, closes } of runtime.stalled) {
        this.#log.commit(runtime, build(runtime.state), undefined, closes);
      }
      runtime.stalled.length = 0;
      const left = leftOpen(runtime);
      const closes = left.map((item) => item.item_id);
      this.#log.commit(runtime, this.#interrupted(runtime, left, 'closed'), undefined, closes);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.#deps.log.error('the last turn could not be settled; it will be at the next start', { code: error.code });
    }
  }
}

const stops = ({ type }: SessionCommand): boolean => type === 'abort' || type === 'cancel';

function mayApprove({ actor, scopes }: Principal): boolean {
  return actor.kind === 'owner' || scopes.has('admin') || scopes.has('approvals:write');
}
