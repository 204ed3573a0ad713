import type { SessionBus } from '../bus/session-bus.ts';
import { type Command, commandTypes } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import { errors } from '../protocol/errors.ts';
import type { ClientFrame, ClientFrameOf, ServerFrameOf } from '../protocol/frames.ts';
import type { CommandId, SessionId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { Query } from '../protocol/queries.ts';
import { say } from '../protocol/saying.ts';
import type { SessionSummary } from '../protocol/views.ts';
import { BulkLane } from './bulk-lane.ts';
import { decodeClientFrame } from './decode.ts';
import { outOfReach } from './frame-reach.ts';
import type { Orchestrator } from './orchestrator.ts';
import type { Connection, Log, Principal, QueryHandlers, Sink } from './ports.ts';
import { internalProblem, movedAway, noSession, unreadableProblem } from './problems.ts';
import { isNarrowed, isNarrowerOrEqual, isWithin, withoutMachine } from './restrictions.ts';
import { Subscription } from './subscription.ts';

export interface ConnectionDeps {
  orchestrator: Orchestrator;
  bus: SessionBus;
  queries: QueryHandlers;
  authorize: (principal: Principal, frame: ClientFrame) => Problem | null;
  log: Log;
  /** The log of a session could not be read: the database should be checked at the next start. */
  onUnreadable: () => void;
  /** What every client is told first. */
  welcome: () => Omit<ServerFrameOf<'welcome'>, 'type' | 'actor' | 'scopes' | 'limits'>;
}

/** Conversations of the vault that one client follows at once. */
const followedImports = 20;

/** One client of any door: bytes were opened by the door; here they become frames, are authorised, and are answered. It decides nothing. */
export class ClientConnection implements Connection {
  readonly #deps: ConnectionDeps;
  readonly #principal: Principal;
  readonly #sink: Sink;
  readonly #attached = new Map<SessionId, { subscription: Subscription; off: () => void }>();
  readonly #offs: (() => void)[] = [];
  readonly #changedSummaries = new Map<SessionId, SessionSummary>();
  /** Sessions that stand in the list of a client that is narrowed. */
  readonly #listed = new Set<SessionId>();
  readonly #bulk: BulkLane;
  /** Conversations of the vault that this client reads. */
  readonly #reads = new Set<string>();
  #importStatus: (() => void) | null = null;
  #watching = false;
  #flushing = false;
  #closed = false;
  #followsDrafts = false;
  onClose: (() => void) | null = null;

  constructor(deps: ConnectionDeps, principal: Principal, sink: Sink) {
    this.#deps = deps;
    this.#principal = principal;
    this.#sink = sink;
    this.#bulk = new BulkLane(sink);
    const { providers, notices, ...welcome } = deps.welcome();
    const seen = isNarrowed(principal) ? providers?.map(withoutMachine) : providers;
    this.#send({
      type: 'welcome',
      ...welcome,
      notices: isNarrowed(principal) ? [] : notices,
      limits,
      actor: principal.actor,
      scopes: [...principal.scopes],
      ...(maySeeServer(principal) ? { providers: seen } : {}),
    });
    this.#leaveWhatMovesAway();
    this.#offs.push(
      deps.bus.providers.on((providers) => {
        if (!maySeeServer(principal)) return;
        this.#send({ type: 'providers', providers: isNarrowed(principal) ? providers.map(withoutMachine) : providers });
      }),
      deps.bus.removed.on((session_id) => {
        this.#changedSummaries.delete(session_id);
        const listed = isNarrowed(principal) ? this.#listed.delete(session_id) : this.#watching;
        if (listed) this.#send({ type: 'session_gone', session_id });
        this.#lose(session_id);
      }),
      deps.bus.accessChanged.on((what) => {
        if (mayManage(principal, what)) this.#send({ type: 'access_changed', what });
      }),
      deps.bus.devicePaired.on((paired) => {
        const seen = isNarrowerOrEqual(paired.device.restrictions, principal.restrictions ?? {});
        if (seen && mayManage(principal, 'devices')) this.#send({ type: 'device_paired', ...paired });
      }),
      deps.bus.problem.on(({ session_id, problem }) => {
        // What concerns the whole app names folders of it.
        if (session_id === null ? !isNarrowed(principal) : this.#attached.has(session_id))
          this.#send({ type: 'problem', session_id, problem });
      }),
    );
  }

  /** A session that was moved beyond what a credential reaches is not there any more for its holder. */
  #leaveWhatMovesAway(): void {
    if (!isNarrowed(this.#principal)) return;
    this.#offs.push(
      this.#deps.bus.summary.on((summary) => {
        if (!this.#attached.has(summary.session_id) || isWithin(this.#principal, summary)) return;
        this.#detach(summary.session_id);
        this.#send({ type: 'problem', session_id: summary.session_id, problem: movedAway });
      }),
    );
  }

  receive(text: string): void {
    if (this.#closed) return;
    const decoded = decodeClientFrame(text);
    if (!decoded.ok) {
      this.#refuse(decoded.error.command_id, decoded.error.problem);
      const { closes } = errors[decoded.error.problem.code];
      if (closes) this.#sink.close(decoded.error.problem.code, decoded.error.problem.message);
      return;
    }
    const frame = decoded.value;
    const refused =
      this.#deps.authorize(this.#principal, frame) ??
      outOfReach(this.#principal, frame, (session_id) => this.#exists(session_id));
    if (refused) {
      this.#refuse(frame.command_id, refused);
      return;
    }
    this.#handle(frame).catch((error: unknown) => {
      this.#deps.log.error('frame failed', { type: frame.type, error: String((error as Error)?.stack ?? error) });
      this.#refuse(frame.command_id, internalProblem());
    });
  }

  /** How many it follows. */
  get sessions(): number {
    return this.#attached.size;
  }

  follows(sessionId: SessionId): boolean {
    return this.#attached.has(sessionId);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const off of this.#offs) off();
    this.#importStatus?.();
    for (const one of this.#attached.values()) {
      one.off();
      one.subscription.close();
    }
    this.#attached.clear();
    this.onClose?.();
  }

  async #handle(frame: ClientFrame): Promise<void> {
    switch (frame.type) {
      case 'ping':
        this.#answer(frame.command_id, { server_time: this.#deps.welcome().server_time });
        return;
      case 'attach':
        this.#attach(frame);
        return;
      case 'detach':
        this.#detach(frame.session_id);
        this.#answer(frame.command_id, {});
        return;
      case 'watch_sessions':
        this.#answer(frame.command_id, {});
        this.#watch(frame.list ?? true);
        return;
      default:
        if (isCommand(frame)) {
          const outcome = await this.#deps.orchestrator.dispatch(this.#principal, frame);
          if (outcome.ok) this.#answer(frame.command_id, outcome.value);
          else this.#refuse(frame.command_id, outcome.error);
        } else if (bulk.has(frame.type)) await (this.#bulk.run(() => this.#query(frame)) ?? this.#tooManyPieces(frame));
        else await this.#query(frame);
    }
  }

  async #query(query: Query): Promise<void> {
    const handler = this.#deps.queries[query.type] as ((query: Query, principal: Principal) => unknown) | undefined;
    // A verb of the command line has no gateway, a window no sign-in: what is not there is refused, not a defect.
    if (!handler) {
      this.#refuse(query.command_id, notInThisApp(query.type));
      return;
    }
    const answer = await handler(query, this.#principal);
    if (isRefusal(answer)) this.#refuse(query.command_id, answer.problem);
    else {
      this.#answer(query.command_id, answer ?? {});
      this.#followImports(query);
      if (query.type === 'drafts_list') this.#followDrafts();
    }
  }

  /** Who asked how far the reading is, or read a conversation of the vault, is told of what changes in it. */
  #followImports(query: Query): void {
    if (this.#closed) return;
    if (query.type === 'import_status') {
      this.#importStatus ??= this.#deps.bus.importStatus.on((status) => this.#send({ type: 'import_status', status }));
    }
    if (query.type !== 'import_read') return;
    if (this.#reads.size === 0) {
      this.#offs.push(
        this.#deps.bus.importGrown.on((grown) => {
          if (this.#reads.has(grown.import_id)) this.#send({ type: 'import_changed', ...grown });
        }),
      );
    }
    this.#reads.delete(query.import_id);
    this.#reads.add(query.import_id);
    // The one that was read longest ago is not looked at any more.
    if (this.#reads.size > followedImports) this.#reads.delete([...this.#reads][0]!);
  }

  /** Who asked what is being written is told when that changes, in sessions that exist for them. */
  #followDrafts(): void {
    if (this.#closed || this.#followsDrafts) return;
    this.#followsDrafts = true;
    this.#offs.push(
      this.#deps.bus.draftChanged.on((changed) => {
        const { session_id } = changed;
        const seen = session_id === null ? !isNarrowed(this.#principal) : this.#exists(session_id);
        if (seen) this.#send({ type: 'draft_changed', ...changed });
      }),
    );
  }

  #attach({ command_id, session_id, after_seq: afterSeq, tail }: ClientFrameOf<'attach'>): void {
    const runtime = this.#deps.orchestrator.runtime(session_id);
    if (!runtime) {
      this.#refuse(command_id, {
        code: 'not_found',
        say: say('follow.none'),
        message: 'There is no such session.',
        impact: 'Nothing is followed.',
        next: 'Look at the list of sessions for the right id.',
      });
      return;
    }
    this.#detach(session_id);
    if (this.#attached.size >= limits.attachmentsPerConnection) {
      this.#refuse(command_id, {
        code: 'overloaded',
        say: say('follow.tooMany', { most: limits.attachmentsPerConnection }),
        message: `One connection can follow ${limits.attachmentsPerConnection} sessions.`,
        impact: 'This session is not followed.',
        next: 'Detach one first.',
      });
      return;
    }
    // A client that knows more than the log holds (a backup was opened) has to forget what it has and start anew.
    const reset = afterSeq > runtime.seq();
    const wanted = reset ? 0 : afterSeq;
    const from = tail === undefined ? wanted : Math.max(wanted, runtime.seq() - tail);
    this.#answer(command_id, { seq: runtime.seq(), after_seq: from, reset });
    if (from > wanted) this.#send({ type: 'earlier', session_id, from_seq: wanted + 1, to_seq: from });
    const subscription = new Subscription(runtime, this.#sink, from, (error) => {
      this.#detach(session_id);
      this.#deps.log.error('a session cannot be read', {
        session: session_id,
        error: String((error as Error)?.stack ?? error),
      });
      this.#deps.onUnreadable();
      this.#send({ type: 'problem', session_id, problem: unreadableProblem(error) });
    });
    const off = this.#deps.bus.onChanged(session_id, () => {
      if (this.#exists(session_id)) subscription.notify();
      else this.#lose(session_id);
    });
    this.#attached.set(session_id, { subscription, off });
    subscription.flush();
  }

  /** Is there such a session, for this client? */
  #exists(session_id: SessionId): boolean {
    if (!isNarrowed(this.#principal)) return true;
    const runtime = this.#deps.orchestrator.runtime(session_id);
    return runtime !== null && isWithin(this.#principal, runtime.state);
  }

  /** The session was deleted, or moved out of what this client is narrowed to: from now on there is none. */
  #lose(session_id: SessionId): void {
    if (!this.#attached.has(session_id)) return;
    this.#detach(session_id);
    this.#send({ type: 'problem', session_id, problem: noSession });
  }

  #detach(session_id: SessionId): void {
    const attached = this.#attached.get(session_id);
    attached?.off();
    attached?.subscription.close();
    this.#attached.delete(session_id);
  }

  #watch(list: boolean): void {
    const narrowed = isNarrowed(this.#principal);
    if (list || narrowed) {
      const sessions = this.#deps.orchestrator.summaries().filter((one) => isWithin(this.#principal, one));
      if (list) this.#send({ type: 'sessions', sessions });
      if (narrowed) for (const { session_id } of sessions) this.#listed.add(session_id);
    }
    if (this.#watching) return;
    this.#watching = true;
    this.#offs.push(
      this.#deps.bus.summary.on((summary) => {
        if (!isWithin(this.#principal, summary)) {
          this.#changedSummaries.delete(summary.session_id);
          const { session_id } = summary;
          if (this.#listed.delete(session_id)) this.#send({ type: 'session_gone', session_id });
          return;
        }
        if (narrowed) this.#listed.add(summary.session_id);
        this.#changedSummaries.set(summary.session_id, summary);
        this.#flushSummaries();
      }),
    );
  }

  /** Only the newest line of each session is worth sending; on a busy connection the others are never made. */
  #flushSummaries(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    void Promise.resolve().then(() => {
      if (this.#sink.busy()) {
        this.#sink.onceDrained(() => {
          this.#flushing = false;
          if (!this.#closed) this.#flushSummaries();
        });
        return;
      }
      this.#flushing = false;
      const changed = [...this.#changedSummaries.values()];
      this.#changedSummaries.clear();
      for (const session of changed) this.#send({ type: 'session_summary', session });
    });
  }

  #tooManyPieces({ command_id }: ClientFrame): void {
    this.#refuse(command_id, {
      code: 'overloaded',
      say: say('files.tooManyPieces'),
      message: 'Too many pieces of files were asked for at once.',
      impact: 'This one will not come.',
      next: 'Ask for the next piece when the one before has come.',
    });
  }

  #answer(command_id: CommandId, result: unknown): void {
    this.#send({ type: 'response', command_id, ok: true, result });
  }

  #refuse(command_id: CommandId | null, error: Problem): void {
    this.#send({ type: 'response', command_id, ok: false, error });
  }

  #send(frame: object): void {
    if (!this.#closed) this.#sink.send(JSON.stringify(frame));
  }
}

/** Their answers hold bytes of files. */
const bulk: ReadonlySet<ClientFrame['type']> = new Set(['file_read', 'read_attachment']);

const isCommand = (frame: ClientFrame): frame is Command => commandTypes.has(frame.type);

/** Who is told that a list changed: whoever may ask for it. */
const listScopes = {
  keys: 'keys:write',
  devices: 'devices:write',
  logins: 'admin',
  connections: 'admin',
  gateway: 'server:read',
} as const;

function mayManage({ actor, scopes }: Principal, what: keyof typeof listScopes): boolean {
  return actor.kind === 'owner' || scopes.has('admin') || scopes.has(listScopes[what]);
}

/** Paths and accounts of the machine are told to those who may ask for them. */
function maySeeServer({ actor, scopes }: Principal): boolean {
  return actor.kind === 'owner' || scopes.has('admin') || scopes.has('server:read');
}

const notInThisApp = (type: string): Problem => ({
  code: 'not_found',
  say: say('frame.noPart', { type }),
  message: `This app has no part that answers "${type}".`,
  impact: 'Nothing was read or changed.',
  next: 'Ask the app that runs with a window or as a server.',
});

/** How a query handler says no. */
export interface QueryRefusal {
  readonly refused: true;
  readonly problem: Problem;
}

export const refuseQuery = (problem: Problem): QueryRefusal => ({ refused: true, problem });

function isRefusal(answer: unknown): answer is QueryRefusal {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    (answer as { refused?: unknown }).refused === true &&
    'problem' in answer
  );
}
