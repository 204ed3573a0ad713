import type { Principal } from '../../orchestrator/ports.ts';
import { ErrorCode, type Problem } from '../../protocol/errors.ts';
import type { ServerFrame } from '../../protocol/frames.ts';
import type { ProviderId, SessionId } from '../../protocol/ids.ts';
import type { ProviderInfo } from '../../protocol/values.ts';
import type { SessionSummary } from '../../protocol/views.ts';
import { isWithin } from '../../security/file-path.ts';
import type { HallClient } from '../hall-client.ts';

/** Remembers which session a chat is. */
export interface ChatSessions {
  get(): SessionId | null;
  set(session_id: SessionId): void;
  /** One at a time for one chat, on whichever connection: two first messages at once open one session. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

export interface ChatDefaults {
  /** What the person set; null: what was used last. */
  settings(): { cwd: string | null; provider: ProviderId | null };
  /** Where a chat works when there was no session before; made when it is missing. */
  folder(): string;
  providers(): Promise<readonly ProviderInfo[]>;
}

/** A refusal on the way, as a value to throw within this room: it ends in one frame to the client. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'Refused';
    this.problem = problem;
  }
}

/** What a new session begins with. */
export interface Beginning {
  provider: ProviderId;
  model: string | null;
}

/** The session behind one chat: found again, or opened with the first message. */
export class ChatSession {
  readonly #hall: HallClient;
  readonly #principal: Principal;
  readonly #chats: ChatSessions;
  readonly #defaults: ChatDefaults;
  readonly #summaries = new Map<SessionId, SessionSummary>();
  readonly #attached = new Set<SessionId>();
  /** Opened here; the list may hear of it later. */
  readonly #opened = new Set<SessionId>();

  constructor(hall: HallClient, principal: Principal, chats: ChatSessions, defaults: ChatDefaults) {
    this.#hall = hall;
    this.#principal = principal;
    this.#chats = chats;
    this.#defaults = defaults;
  }

  /** Takes the list of sessions from the hall, and its changes. */
  receive(frame: ServerFrame): void {
    if (frame.type === 'sessions') for (const one of frame.sessions) this.#summaries.set(one.session_id, one);
    else if (frame.type === 'session_summary') this.#summaries.set(frame.session.session_id, frame.session);
    else if (frame.type === 'session_gone') {
      this.#summaries.delete(frame.session_id);
      this.#opened.delete(frame.session_id);
      this.#attached.delete(frame.session_id);
    }
  }

  get attached(): number {
    return this.#attached.size;
  }

  /** Sessions this client may see, newest first. */
  list(): SessionSummary[] {
    return [...this.#summaries.values()].sort((a, b) => b.updated_at - a.updated_at);
  }

  /** The session of the chat; null: none yet, or it is archived or not this client's to see (any more). */
  current(): SessionId | null {
    const session_id = this.#chats.get();
    if (session_id === null) return null;
    const summary = this.#summaries.get(session_id);
    if (summary ? !summary.archived : this.#opened.has(session_id)) return session_id;
    return null;
  }

  summary(): SessionSummary | null {
    const session_id = this.current();
    return (session_id && this.#summaries.get(session_id)) ?? null;
  }

  /** What a session opened now would begin with. @throws {Refused} when no agent is ready. */
  async beginning(): Promise<Beginning> {
    const providers = await this.#defaults.providers();
    const ready = (id: ProviderId | null | undefined) =>
      providers.find((one) => one.id === id && one.state === 'ready');
    const last = this.list()[0];
    const chosen =
      ready(this.#defaults.settings().provider) ??
      ready(last?.provider) ??
      providers.find((one) => one.state === 'ready');
    if (!chosen) throw new Refused(noneReady);
    return { provider: chosen.id, model: chosen.id === last?.provider ? last.model : null };
  }

  /** The session of the chat, followed from here on; opened when there is none. @throws {Refused} */
  open(): Promise<SessionId> {
    return this.#chats.alone(async () => {
      const session_id = this.current() ?? this.#only() ?? (await this.#create(await this.beginning()));
      await this.#follow(session_id);
      return session_id;
    });
  }

  /** A fresh session takes the chat's place. @throws {Refused} */
  renew(beginning?: Beginning): Promise<SessionId> {
    return this.#chats.alone(async () => {
      const before = this.summary();
      const from = beginning ?? (before ? { provider: before.provider, model: before.model } : await this.beginning());
      const session_id = await this.#create(from, before?.cwd);
      await this.#follow(session_id);
      return session_id;
    });
  }

  /** Follows the session no more. */
  leave(session_id: SessionId): void {
    if (this.#attached.delete(session_id)) this.#hall.ask({ type: 'detach', session_id }, () => {});
  }

  /** A credential for single sessions opens none; its chat is the newest of them. */
  #only(): SessionId | null {
    if (this.#principal.restrictions?.sessions === undefined) return null;
    const newest = this.list().find(({ archived }) => !archived);
    if (newest) this.#chats.set(newest.session_id);
    return newest?.session_id ?? null;
  }

  async #create({ provider, model }: Beginning, before?: string): Promise<SessionId> {
    const answer = await this.#hall.answerTo({
      type: 'new_chat',
      cwd: before ?? this.#folder(),
      provider,
      model,
      mode: 'ask',
    });
    if (!answer.ok) throw new Refused(answer.error);
    const { session_id } = answer.result as { session_id: SessionId };
    this.#opened.add(session_id);
    this.#chats.set(session_id);
    return session_id;
  }

  /** The folder that was set, else the last used, else the chats' own. A narrowed credential works where it may. */
  #folder(): string {
    const last = this.list().find(({ archived }) => !archived)?.cwd;
    const workspaces = this.#principal.restrictions?.workspaces;
    if (workspaces) return workspaces.some((one) => last !== undefined && isWithin(last, one)) ? last! : workspaces[0]!;
    return this.#defaults.settings().cwd ?? last ?? this.#defaults.folder();
  }

  async #follow(session_id: SessionId): Promise<void> {
    if (this.#attached.has(session_id)) return;
    // What was said before this client came is not told in version 1.
    const after_seq = this.#summaries.get(session_id)?.seq ?? 0;
    const answer = await this.#hall.answerTo({ type: 'attach', session_id, after_seq });
    if (!answer.ok) throw new Refused(answer.error);
    this.#attached.add(session_id);
  }
}

const noneReady: Problem = {
  code: ErrorCode.enum.provider_missing,
  message: 'No agent is ready on the machine of this Quarterdeck.',
  impact: 'Nothing was sent.',
  next: 'Install an agent or sign it in there, then send the message again.',
};
