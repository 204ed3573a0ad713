import { join } from 'node:path';
import type { Client } from '../../main/cli/client.ts';
import { connect, type Line } from '../../main/cli/connect.ts';
import type { DurableEvent } from '../../main/protocol/events.ts';
import type { ServerFrame } from '../../main/protocol/frames.ts';
import type { ApprovalId, SessionId, TurnId } from '../../main/protocol/ids.ts';
import type { ApprovalDecision, PermissionMode } from '../../main/protocol/values.ts';
import { type AppProcess, startProcess } from '../driver/app-process.ts';
import { appDir, nodePath } from '../driver/built-app.ts';

export type Event<T extends DurableEvent['type']> = Extract<DurableEvent, { type: T }>;
type Pushed = Exclude<ServerFrame, { type: 'response' }>;

/** Nothing here takes seconds; a busy machine may. */
const usualMs = 30_000;

/** What a request may not be answered with. */
function granted<T>(answer: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error)}`);
  return answer.value;
}

/** The built app, headless, in the hands of a test: one process, one connection, any number of sessions. */
export class DrivenApp {
  readonly home: string;
  readonly #env: Record<string, string | undefined>;
  #process: AppProcess | null = null;
  #line: Line | null = null;
  readonly #sessions = new Map<string, DrivenSession>();

  constructor(home: string, env: Record<string, string | undefined>) {
    this.home = home;
    // What whoever runs the tests said to their own agents stays unread.
    this.#env = { QUARTERDECK_IMPORTS: 'off', ...env };
  }

  get client(): Client {
    if (!this.#line) throw new Error('the app does not run');
    return this.#line.client;
  }

  get pid(): number {
    return this.#process?.pid ?? -1;
  }

  output(): string {
    return this.#process?.output() ?? '';
  }

  /** Starts it (again) and follows every session from where it was. */
  async start(): Promise<void> {
    const headless = join(appDir, 'out/main/headless.js');
    const args = [headless, '--home', this.home, '--port', '0', '--json'];
    const started = startProcess(nodePath, args, { env: this.#env, cwd: appDir, ipc: false });
    this.#process = started;
    await started.until((output) => (output.includes('"listening"') ? true : undefined));
    const line = granted(await connect({ home: this.home, version: 'test', runningOnly: true }));
    this.#line = line;
    line.client.onPush = (frame) => this.#hear(frame as Pushed);
    for (const session of this.#sessions.values()) await session.follow();
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    this.#process?.child.kill('SIGKILL');
    await this.#process?.exited;
  }

  /** Ends it as a person does on a terminal. */
  async stop(): Promise<void> {
    this.#line?.client.close();
    this.#process?.child.kill('SIGINT');
    await this.#process?.exited;
  }

  async session(options: {
    cwd: string;
    provider: string;
    mode?: PermissionMode;
    model?: string | null;
  }): Promise<DrivenSession> {
    const { session_id } = granted(
      await this.client.ask<{ session_id: SessionId }>({ type: 'new_chat', mode: 'ask', ...options }),
    );
    return this.open(session_id);
  }

  /** Follows a session that exists. */
  async open(session_id: SessionId): Promise<DrivenSession> {
    const session = new DrivenSession(this, session_id);
    this.#sessions.set(session_id, session);
    await session.follow();
    return session;
  }

  #hear(frame: Pushed): void {
    if (!('session_id' in frame) || typeof frame.session_id !== 'string') return;
    this.#sessions.get(frame.session_id)?.hear(frame);
  }
}

/** One session, and all that a client of it was told. */
export class DrivenSession {
  readonly id: SessionId;
  readonly events: DurableEvent[] = [];
  readonly deltas: Extract<Pushed, { offset: number }>[] = [];
  readonly #app: DrivenApp;
  readonly #looks = new Set<() => void>();

  constructor(app: DrivenApp, id: SessionId) {
    this.#app = app;
    this.id = id;
  }

  async follow(): Promise<void> {
    const after_seq = this.events.at(-1)?.seq ?? 0;
    granted(await this.#app.client.ask({ type: 'attach', session_id: this.id, after_seq }));
  }

  hear(frame: Pushed): void {
    if (frame.type === 'events') {
      for (const event of frame.events) {
        const expected = (this.events.at(-1)?.seq ?? 0) + 1;
        if (event.seq !== expected) throw new Error(`event ${event.seq} came where ${expected} was due`);
        this.events.push(event);
      }
    } else if ('offset' in frame) this.deltas.push(frame);
    for (const look of [...this.#looks]) look();
  }

  /** Says something. @returns the id of the turn it starts. */
  async say(text: string, more: { attachments?: never[] } = {}): Promise<TurnId> {
    const said = await this.#app.client.ask<{ turn_id: TurnId }>({
      type: 'message',
      session_id: this.id,
      text,
      ...more,
    });
    return granted(said).turn_id;
  }

  /** Says something and waits for the end of its turn. */
  async turn(text: string): Promise<Event<'turn_end'>> {
    return this.ended(await this.say(text));
  }

  /** Any command to this session. @throws when it is refused. */
  async ask<T = unknown>(frame: Record<string, unknown>): Promise<T> {
    return granted(await this.#app.client.ask<T>({ session_id: this.id, ...frame } as never));
  }

  ended(turn_id: TurnId): Promise<Event<'turn_end'>> {
    return this.next('turn_end', (event) => event.turn_id === turn_id);
  }

  /** The first event of a kind that fits, past or future. Rejects, with what came instead, when it does not come in time. */
  next<T extends DurableEvent['type']>(
    type: T,
    fits: (event: Event<T>) => boolean = () => true,
    withinMs = usualMs,
  ): Promise<Event<T>> {
    return this.until(
      () => this.events.find((event): event is Event<T> => event.type === type && fits(event as Event<T>)),
      `an event ${type}`,
      withinMs,
    );
  }

  /** Resolves once `read` finds something in what was heard so far. */
  until<T>(read: () => T | undefined, what: string, withinMs = usualMs): Promise<T> {
    return new Promise((resolve, reject) => {
      const give = (end: () => void) => {
        this.#looks.delete(look);
        clearTimeout(timer);
        end();
      };
      const look = () => {
        const found = read();
        if (found !== undefined) give(() => resolve(found));
      };
      const timer = setTimeout(() => {
        const last = this.events.slice(-8).map((event) => JSON.stringify(event).slice(0, 600));
        give(() => reject(new Error(`${what} did not come. The last events:\n${last.join('\n')}`)));
      }, withinMs);
      this.#looks.add(look);
      look();
    });
  }

  /** More text than this of an open item has come in this turn. */
  delta(turn_id: TurnId, words = ''): Promise<object> {
    return this.until(
      () => this.deltas.find((delta) => delta.turn_id === turn_id && delta.text.includes(words)),
      `a delta with "${words}"`,
    );
  }

  answer(approval_id: ApprovalId, decision: ApprovalDecision, more: Record<string, unknown> = {}): Promise<unknown> {
    return this.ask({ type: 'approval_response', approval_id, decision, ...more });
  }

  /** The next request of this turn that has no answer yet. */
  request(turn_id: TurnId): Promise<Event<'approval_request'>> {
    return this.next(
      'approval_request',
      (event) =>
        event.turn_id === turn_id &&
        !this.events.some((other) => other.type === 'approval_resolved' && other.approval_id === event.approval_id),
    );
  }

  abort(turn_id: TurnId): Promise<unknown> {
    return this.ask({ type: 'abort', turn_id });
  }

  /** Events of one turn. */
  of(turn_id: TurnId): DurableEvent[] {
    return this.events.filter((event) => event.turn_id === turn_id);
  }
}
