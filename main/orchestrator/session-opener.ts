import { err, ok, type Result } from '../base/result.ts';
import type { Command } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import type { SessionEvent } from '../protocol/events.ts';
import type { SessionId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { decideNewChat } from '../sessions/decide.ts';
import { narrowed } from '../sessions/decide-provider.ts';
import { app, type Decided, type Decision } from '../sessions/decision.ts';
import { composeDigest } from '../sessions/digest.ts';
import { endsWithItsConversation, forkEvents } from '../sessions/fork.ts';
import type { SessionState } from '../sessions/state.ts';
import { readLog } from './decision-context.ts';
import type { OrchestratorDeps } from './deps.ts';
import type { LogWriter } from './log-writer.ts';
import type { Principal, Receipt } from './ports.ts';
import { noImport, noImports, noSession, nothingToFork, tooFree, turnRunsInFork, unknownProvider } from './problems.ts';
import { inspectFor, isFolderWithin, isNarrowed, noFolder } from './restrictions.ts';
import type { SessionRuntime } from './session-runtime.ts';
import type { SessionShelf } from './session-shelf.ts';

export type OpeningCommand = Extract<Command, { type: 'new_chat' | 'fork_session' | 'continue_import' }>;
type Of<T extends OpeningCommand['type']> = Extract<OpeningCommand, { type: T }>;

interface Opened {
  runtime: SessionRuntime;
  events: readonly Decided[];
  result: Record<string, unknown>;
}

/** Opens sessions: empty ones, branches of others, and ones that go on with a conversation of the vault. */
export class SessionOpener {
  readonly #deps: OrchestratorDeps;
  readonly #shelf: SessionShelf;
  readonly #log: LogWriter;

  constructor(deps: OrchestratorDeps, shelf: SessionShelf, log: LogWriter) {
    this.#deps = deps;
    this.#shelf = shelf;
    this.#log = log;
  }

  /** @param receipt - the command's receipt, given its answer. Answer: `{session_id}`. */
  async answer(
    command: OpeningCommand,
    principal: Principal,
    receipt: (result: unknown) => Receipt,
  ): Promise<Result<unknown, Problem>> {
    const opened = await this.open(command, principal, receipt);
    return opened.ok ? ok(opened.value.result) : opened;
  }

  /** @param first - what it begins with, in the same commit, given what it will be; refused: there will be no session. */
  async open(
    command: OpeningCommand,
    principal: Principal,
    receipt: (result: unknown) => Receipt,
    first?: (runtime: SessionRuntime, state: SessionState) => Result<Decision, Problem>,
  ): Promise<Result<Opened, Problem>> {
    const session_id = this.#deps.entropy.id('ses') as SessionId;
    const decided = await this.#decide(command, principal, session_id);
    if (!decided.ok) return decided;
    const runtime = this.#shelf.fresh(session_id);
    const begins = first?.(runtime, runtime.after(decided.value, this.#deps.clock.now()));
    if (begins && !begins.ok) return begins;
    const events = [...decided.value, ...(begins?.value.events ?? [])];
    const result = { session_id, ...begins?.value.result };
    this.#log.commit(runtime, events, receipt(result));
    this.#shelf.keep(runtime);
    return ok({ runtime, events, result });
  }

  #decide(
    command: OpeningCommand,
    principal: Principal,
    session_id: SessionId,
  ): Promise<Result<readonly Decided[], Problem>> | Result<readonly Decided[], Problem> {
    switch (command.type) {
      case 'new_chat':
        return this.#newChat(command, principal);
      case 'fork_session':
        return this.#fork(command, principal, session_id);
      case 'continue_import':
        return this.#continueImport(command, principal);
    }
  }

  async #newChat(command: Of<'new_chat'>, principal: Principal): Promise<Result<readonly Decided[], Problem>> {
    const { providers, folders } = this.#deps;
    if (!providers.has(command.provider)) return err(unknownProvider(command.provider, [...providers.keys()]));
    const folder = await inspectFor(principal, folders, command.cwd);
    return folder.ok ? ok(decideNewChat(command, folder.path, principal.actor)) : err(folder.problem);
  }

  #fork(
    { session_id: from, before_seq, title }: Of<'fork_session'>,
    principal: Principal,
    session_id: SessionId,
  ): Result<readonly Decided[], Problem> {
    const source = this.#shelf.get(from);
    if (!source) return err(noSession);
    const { state } = source;
    // A branch is a session of its own, which stands in no list.
    if (!isFolderWithin(principal, state.cwd)) return err(noFolder);
    if (before_seq !== null && before_seq <= 1) return err(nothingToFork);
    if (state.turn && (before_seq === null || before_seq > state.turn.startSeq)) return err(turnRunsInFork);
    const provider = this.#deps.providers.get(state.provider);
    const nativeFork = provider?.capabilities.fork === true && endsWithItsConversation(state, before_seq);
    const now = this.#deps.clock.now();
    const name = title ?? (state.title === '' ? undefined : `${state.title.slice(0, limits.titleChars - 7)} (fork)`);
    const before = before_seq ?? Number.POSITIVE_INFINITY;
    const log = [...readLog(source, 0)].filter((event) => event.seq < before);
    const events = forkEvents(log, {
      session_id,
      title: name,
      mode: state.mode,
      by: principal.actor,
      now,
      nativeFork,
    });
    if (nativeFork) return ok(events);
    const text = composeDigest(log);
    const digest: SessionEvent = { type: 'digest', text, by: app };
    return ok(text === null ? events : [...events, { turn_id: null, event: digest }]);
  }

  async #continueImport(
    command: Of<'continue_import'>,
    principal: Principal,
  ): Promise<Result<readonly Decided[], Problem>> {
    const { imports, providers, folders } = this.#deps;
    if (!imports) return err(noImports);
    const found = await imports.find(command.import_id);
    if (!found) return err(noImport);
    // Before anything else is said of it.
    if (isNarrowed(principal) && !isFolderWithin(principal, found.cwd ?? '')) return err(noImport);
    const provider = providers.get(found.provider);
    if (!provider) return err(unknownProvider(found.provider, [...providers.keys()]));
    const { capabilities } = provider;
    const mode = narrowed(command.mode, capabilities.modes);
    if (mode === null) return err(tooFree(provider.name));
    const folder = await inspectFor(principal, folders, found.cwd ?? '');
    // By a link that leads out, it lies outside as well.
    if (!folder.ok) return err(folder.problem === noFolder ? noImport : folder.problem);
    const { provider_session_id } = found;
    const events: SessionEvent[] = [
      {
        type: 'session_created',
        cwd: folder.path,
        provider: found.provider,
        model: null,
        mode,
        title: found.title.slice(0, limits.titleChars),
        origin: { kind: 'import', import_id: command.import_id, provider: found.provider, provider_session_id },
        by: principal.actor,
      },
    ];
    if (capabilities.resume && found.resumable) {
      const branch = command.fork && capabilities.fork ? true : undefined;
      events.push({ type: 'provider_session', provider: found.provider, provider_session_id, branch });
    } else {
      const text = await found.digest();
      if (text !== null) events.push({ type: 'digest', text: text.slice(-limits.digestChars), by: app });
    }
    return ok(events.map((event) => ({ turn_id: null, event })));
  }
}
