import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Command } from '../../main/protocol/commands.ts';
import type { Problem } from '../../main/protocol/errors.ts';
import type { ClientFrame, ServerFrame, ServerFrameOf } from '../../main/protocol/frames.ts';
import type { CommandId, SessionId } from '../../main/protocol/ids.ts';
import type { Query } from '../../main/protocol/queries.ts';
import type { ProviderInfo } from '../../main/protocol/values.ts';
import type { ImportStatus, SessionSummary } from '../../main/protocol/views.ts';
import type { Bridge, LinkState } from '../bridge.ts';
import { t } from '../strings/index.ts';
import type { Answer } from './answer.ts';
import { newCommandId } from './command-id.ts';
import type { Ask } from './frame-scheduler.ts';
import { holds } from './holds.ts';
import { type After, afterTimeout, watchReplay } from './replay-watch.ts';
import type { SavedShell } from './saved-shell.ts';
import { isTranscriptFrame } from './transcript/reduce-frames.ts';
import type { TranscriptView } from './transcript/view.ts';
import { createTranscriptStore, type TranscriptStore } from './transcript-store.ts';

/** Sessions that stay attached after they were looked at, so that going back to them is instant. */
const attachedSessions = 8;

type WithoutId<F> = F extends { command_id: CommandId } ? Omit<F, 'command_id'> : never;
/** A command or a question before it has its id. */
export type Request = WithoutId<Command> | WithoutId<Query>;

export interface ConnectionView {
  readonly link: LinkState;
  readonly welcome: ServerFrameOf<'welcome'> | null;
  /** Problems told outside of any answer, newest last. */
  readonly problems: readonly {
    readonly id: string;
    readonly sessionId: SessionId | null;
    readonly problem: Problem;
    /** It is the answer to something a person did in this session: gone once something they do there succeeds. */
    readonly answer: boolean;
  }[];
  /** What is shown was kept from then, milliseconds since 1970, and nothing newer has come yet; null: it is what is. */
  readonly shownAsOf: number | null;
}

export interface SessionsView {
  readonly loaded: boolean;
  readonly byId: ReadonlyMap<SessionId, SessionSummary>;
}

export interface ProvidersView {
  readonly loaded: boolean;
  readonly checking: boolean;
  readonly list: readonly ProviderInfo[];
}

export interface ImportsView {
  /** How far reading the CLIs' own conversations is, as told last. */
  readonly status: ImportStatus | null;
  /** Conversations of the vault that were read here -> how many entries they have now. */
  readonly grown: ReadonlyMap<string, { readonly messages: number }>;
}

/** What was told about credentials and doors. */
export interface AccessView {
  /** How often each of the lists was said to have changed: a list of an older count is worth asking for again. */
  readonly changes: Readonly<Record<ServerFrameOf<'access_changed'>['what'], number>>;
  /** The device that took a pairing last. */
  readonly paired: ServerFrameOf<'device_paired'> | null;
}

interface Pending {
  readonly frame: ClientFrame;
  readonly resolve: (answer: Answer) => void;
}

export interface ClientOptions {
  readonly bridge: Bridge;
  readonly schedule: (flush: () => void) => Ask;
  /** Runs a job once after so many milliseconds; returns how to call it off. */
  readonly after?: After;
}

/** What is our own has a name in the reader's language; the names of agents are their makers'. */
const named = (list: readonly ProviderInfo[]): readonly ProviderInfo[] =>
  list.map((one) => (one.built_in ? { ...one, name: t.provider.builtInName } : one));

/**
 * This page's end of the protocol: correlates answers, follows sessions, and after a lost link attaches to them again from the last number it
 * has and sends what was not answered under the same ids.
 */
export class Client {
  readonly bridge: Bridge;
  readonly connection: StoreApi<ConnectionView>;
  readonly sessions: StoreApi<SessionsView>;
  readonly providers: StoreApi<ProvidersView>;
  readonly imports: StoreApi<ImportsView>;
  readonly access: StoreApi<AccessView>;
  readonly #schedule: ClientOptions['schedule'];
  readonly #pending = new Map<CommandId, Pending>();
  /** In the order they were last looked at. */
  readonly #transcripts = new Map<SessionId, TranscriptStore>();
  readonly #attaching = new Map<CommandId, SessionId>();
  /** How to stop watching the replay of a session. */
  readonly #watches = new Map<SessionId, () => void>();
  readonly #after: After;
  /** Of which history what this page has of sessions is; null: it has nothing. */
  #history: string | null = null;
  /** Sessions that the link itself has asked to follow. */
  #carried: ReadonlySet<SessionId> = new Set();
  /** A view from an earlier life of this page, for when its session is opened. */
  #restored: TranscriptView | null = null;
  #problemCount = 0;
  /** Something came for a transcript. */
  onTranscript: (() => void) | null = null;
  /** Something is being written on another device, or here. */
  onDraftChanged: ((changed: ServerFrameOf<'draft_changed'>) => void) | null = null;

  constructor({ bridge, schedule, after = afterTimeout }: ClientOptions) {
    this.bridge = bridge;
    this.#after = after;
    this.#schedule = schedule;
    this.connection = createStore<ConnectionView>(() => ({
      link: { status: 'connecting' },
      welcome: null,
      problems: [],
      shownAsOf: null,
    }));
    this.sessions = createStore<SessionsView>(() => ({ loaded: false, byId: new Map() }));
    this.imports = createStore<ImportsView>(() => ({ status: null, grown: new Map() }));
    this.access = createStore<AccessView>(() => ({
      changes: { keys: 0, devices: 0, logins: 0, connections: 0, gateway: 0 },
      paired: null,
    }));
    this.providers = createStore<ProvidersView>(() => ({ loaded: false, checking: false, list: [] }));
  }

  start(): void {
    this.bridge.connect({
      onLink: (link) => {
        this.connection.setState({ link });
        // Without a link nothing can come; the next attach is watched again.
        if (link.status !== 'open') for (const sessionId of this.#watches.keys()) this.#stopWatching(sessionId);
      },
      onFrame: (frame) => this.#receive(frame),
      following: () => this.#following(),
    });
  }

  /** Shows what was known last, until something newer comes. */
  restore(shell: Pick<SavedShell, 'savedAt' | 'sessions' | 'transcript' | 'history'>): void {
    const { savedAt, sessions, transcript, history = '' } = shell;
    if (this.sessions.getState().loaded || (this.#history !== null && this.#history !== history)) return;
    this.#history = history;
    this.connection.setState({ shownAsOf: savedAt });
    this.sessions.setState({ loaded: true, byId: new Map(sessions.map((one) => [one.session_id, one])) });
    this.#restored = transcript;
    // The page may have opened it before this was read.
    if (transcript) this.#transcripts.get(transcript.sessionId)?.adopt(transcript);
  }

  /** The view of a session that is followed; null: it is not. */
  knownTranscript(sessionId: SessionId): TranscriptView | null {
    return this.#transcripts.get(sessionId)?.store.getState() ?? null;
  }

  /** What every transcript is to be attached from. It goes along with the first frame of a link that can carry it. */
  #following(): ReadonlyMap<SessionId, number> {
    this.#carried = new Set(this.#transcripts.keys());
    return new Map([...this.#transcripts].map(([sessionId, transcript]) => [sessionId, transcript.prepareAttach()]));
  }

  /** Sends a command or a question; resolves with its answer, however many reconnects that takes. */
  request<T = unknown>(request: Request, commandId: CommandId = newCommandId()): Promise<Answer<T>> {
    const frame = { ...request, command_id: commandId } as ClientFrame;
    return new Promise((resolve) => {
      this.#pending.set(commandId, { frame, resolve: resolve as Pending['resolve'] });
      if (this.connection.getState().link.status === 'open') this.bridge.send(frame);
    });
  }

  /** The transcript of a session, followed from now on. */
  transcript(sessionId: SessionId): TranscriptStore {
    const known = this.#transcripts.get(sessionId);
    if (known) {
      known.catchUp();
      this.#transcripts.delete(sessionId);
      this.#transcripts.set(sessionId, known);
      return known;
    }
    const transcript = createTranscriptStore({
      sessionId,
      schedule: this.#schedule,
      onGap: () => this.#attach(sessionId),
    });
    if (this.#restored?.sessionId === sessionId) transcript.adopt(this.#restored);
    this.#transcripts.set(sessionId, transcript);
    this.#attach(sessionId);
    this.#letGoOfOldest();
    return transcript;
  }

  async refreshProviders(refresh: boolean): Promise<void> {
    this.providers.setState({ checking: true });
    const answer = await this.request<{ providers: ProviderInfo[] }>({
      type: 'list_providers',
      refresh,
    });
    if (answer.ok) {
      this.providers.setState({ loaded: true, checking: false, list: named(answer.value.providers) });
    } else {
      this.providers.setState({ checking: false });
      this.#addProblem(null, answer.problem);
    }
  }

  dismissProblem(id: string): void {
    this.connection.setState(({ problems }) => ({ problems: problems.filter((one) => one.id !== id) }));
  }

  #receive(frame: ServerFrame): void {
    if (isTranscriptFrame(frame)) {
      this.#transcripts.get(frame.session_id)?.receive(frame);
      this.onTranscript?.();
      return;
    }
    switch (frame.type) {
      case 'welcome':
        this.#welcomed(frame);
        return;
      case 'response':
        this.#answered(frame);
        return;
      case 'sessions':
        this.sessions.setState({ loaded: true, byId: new Map(frame.sessions.map((one) => [one.session_id, one])) });
        if (this.connection.getState().shownAsOf !== null) this.connection.setState({ shownAsOf: null });
        return;
      case 'session_summary': {
        const byId = new Map(this.sessions.getState().byId).set(frame.session.session_id, frame.session);
        this.sessions.setState({ byId });
        return;
      }
      case 'session_gone': {
        const byId = new Map(this.sessions.getState().byId);
        byId.delete(frame.session_id);
        this.sessions.setState({ byId });
        return;
      }
      case 'providers':
        this.providers.setState({ loaded: true, list: named(frame.providers) });
        return;
      case 'import_status':
        this.imports.setState({ status: frame.status });
        return;
      case 'import_changed': {
        const grown = new Map(this.imports.getState().grown).set(frame.import_id, {
          messages: frame.messages,
        });
        this.imports.setState({ grown });
        return;
      }
      case 'access_changed': {
        const { changes } = this.access.getState();
        this.access.setState({ changes: { ...changes, [frame.what]: changes[frame.what] + 1 } });
        return;
      }
      case 'draft_changed':
        this.onDraftChanged?.(frame);
        return;
      case 'device_paired':
        this.access.setState({ paired: frame });
        return;
      case 'problem':
        this.#addProblem(frame.session_id, frame.problem);
        return;
      default:
        return;
    }
  }

  #welcomed(welcome: ServerFrameOf<'welcome'>): void {
    const before = this.connection.getState().welcome;
    const first = before === null;
    this.connection.setState({ welcome });
    // Each once, also over a lost connection; an app that was started again meanwhile may have something new to say.
    const told = new Set(before?.notices.map((one) => JSON.stringify(one)));
    for (const problem of welcome.notices) if (!told.has(JSON.stringify(problem))) this.#addProblem(null, problem);
    this.#enterHistory(welcome.history ?? '');
    this.bridge.send({ type: 'watch_sessions', command_id: newCommandId() });
    this.#attaching.clear();
    for (const sessionId of this.#transcripts.keys()) {
      if (this.#carried.has(sessionId)) this.#watch(sessionId);
      else this.#attach(sessionId);
    }
    this.#carried = new Set();
    for (const { frame } of this.#pending.values()) this.bridge.send(frame);
    // Looking takes seconds: until then it is said which ones are looked for, and what works at once. A list that is older than a lost link is not.
    if (welcome.providers) this.providers.setState({ list: named(welcome.providers) });
    // A device that may not see the agents works without their list.
    if (first && holds(welcome.scopes, 'server:read')) void this.refreshProviders(false);
  }

  /** After a backup was opened, the events that this page has may be others than those that have their numbers now. */
  #enterHistory(history: string): void {
    if (this.#history !== null && this.#history !== history) {
      this.#restored = null;
      this.#carried = new Set();
      for (const transcript of this.#transcripts.values()) transcript.reset();
    }
    this.#history = history;
  }

  #answered(frame: ServerFrameOf<'response'>): void {
    if (frame.command_id === null) {
      if (!frame.ok) this.#addProblem(null, frame.error);
      return;
    }
    const attached = this.#attaching.get(frame.command_id);
    if (attached) {
      this.#attaching.delete(frame.command_id);
      this.#attachAnswered(attached, frame);
      return;
    }
    const pending = this.#pending.get(frame.command_id);
    this.#pending.delete(frame.command_id);
    pending?.resolve(frame.ok ? { ok: true, value: frame.result } : { ok: false, problem: frame.error });
  }

  #attachAnswered(sessionId: SessionId, frame: ServerFrameOf<'response'>): void {
    const transcript = this.#transcripts.get(sessionId);
    if (!transcript) return;
    if (!frame.ok) {
      transcript.failure.setState({ kind: 'refused', problem: frame.error }, true);
      return;
    }
    if ((frame.result as { reset?: boolean } | null)?.reset === true) transcript.reset();
    this.#watch(sessionId);
  }

  /** Watches the replay of a session that was asked for. */
  #watch(sessionId: SessionId): void {
    const transcript = this.#transcripts.get(sessionId);
    if (!transcript) return;
    this.#stopWatching(sessionId);
    const stop = watchReplay({
      read: () => transcript.known(),
      after: this.#after,
      onStall: () => transcript.failure.setState({ kind: 'incomplete' }, true),
    });
    this.#watches.set(sessionId, stop);
  }

  #stopWatching(sessionId: SessionId): void {
    this.#watches.get(sessionId)?.();
    this.#watches.delete(sessionId);
  }

  /** Asks for a session anew that could not be loaded. */
  attachAgain(sessionId: SessionId): void {
    this.#attach(sessionId);
  }

  #attach(sessionId: SessionId): void {
    const transcript = this.#transcripts.get(sessionId);
    if (!transcript) return;
    this.#stopWatching(sessionId);
    const command_id = newCommandId();
    const after_seq = transcript.prepareAttach();
    if (this.connection.getState().link.status !== 'open') return;
    this.#attaching.set(command_id, sessionId);
    this.bridge.send({ type: 'attach', command_id, session_id: sessionId, after_seq });
  }

  #letGoOfOldest(): void {
    for (const sessionId of this.#transcripts.keys()) {
      if (this.#transcripts.size <= attachedSessions) return;
      this.#transcripts.delete(sessionId);
      this.#stopWatching(sessionId);
      this.bridge.send({ type: 'detach', command_id: newCommandId(), session_id: sessionId });
    }
  }

  #addProblem(sessionId: SessionId | null, problem: Problem, answer = false): void {
    this.#problemCount += 1;
    const id = `problem-${this.#problemCount}`;
    this.connection.setState(({ problems }) => ({
      problems: [
        ...problems.filter(
          (one) =>
            one.problem.message !== problem.message &&
            !(answer && one.answer && one.sessionId === sessionId && one.problem.code === problem.code),
        ),
        { id, sessionId, problem, answer },
      ].slice(-5),
    }));
  }

  /**
   * Shows a problem that came as the answer to something a person did. `sessionId`: where they did it; absent: in no session, so it is shown
   * everywhere until it is dismissed.
   */
  report(problem: Problem, sessionId: SessionId | null = null): void {
    this.#addProblem(sessionId, problem, sessionId !== null);
  }

  /** Does what a person asked for in a session. A refusal is shown there, until something they do there succeeds. */
  async act<T = unknown>(sessionId: SessionId, request: Request): Promise<Answer<T>> {
    const answer = await this.request<T>(request);
    if (!answer.ok) this.report(answer.problem, sessionId);
    else if (this.connection.getState().problems.some((one) => one.answer && one.sessionId === sessionId)) {
      this.connection.setState(({ problems }) => ({
        problems: problems.filter((one) => !one.answer || one.sessionId !== sessionId),
      }));
    }
    return answer;
  }
}
