import type { WebSocket } from 'ws';
import type { Clock } from '../../base/clock.ts';
import type { Hall, Log, Principal, Sink } from '../../orchestrator/ports.ts';
import { type ErrorCode, errors, type Problem } from '../../protocol/errors.ts';
import type { ServerFrame } from '../../protocol/frames.ts';
import type { SessionId, TurnId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { HallClient } from '../hall-client.ts';
import type { DuctorBox } from './box.ts';
import { type ChatDefaults, ChatSession, type ChatSessions, Refused } from './chat-session.ts';
import type { AboutClient, DuctorClient } from './door.ts';
import { fileTags } from './file-tags.ts';
import type { Hello } from './hello.ts';
import { providerCard } from './providers.ts';
import { inWords, slashCommand } from './slash-commands.ts';
import { ClientTurns, type Ending } from './turns.ts';

/** Bytes waiting for a client above which it is cut off: it does not read. */
const maxWaitingBytes = 16 * 1_048_576;
/** Frames of a client that wait for those before them, above which it is not read from. */
const maxWaitingFrames = 64;
const closeWithinMs = 1_000;

/** A file an answer names, as the client may have it. */
export interface NamedFile {
  path: string;
  name: string;
  is_image: boolean;
}

export interface DuctorConnectionDeps {
  hall: Hall;
  defaults: ChatDefaults;
  chats: ChatSessions;
  /** Those of the paths this principal may download. */
  files(principal: Principal, paths: readonly string[]): Promise<NamedFile[]>;
  /** The person lets version 1 in from other devices. */
  allowedOnLan(): boolean;
  clock: Clock;
  log: Log;
}

export interface Entered {
  principal: Principal;
  expiresAt: number | null;
  hello: Hello;
  box: DuctorBox;
  about: AboutClient;
}

/** One ductor client that is in: opens its frames, keeps their order, and says the hall's answers in its words. A turn outlives it. */
export class DuctorConnection implements DuctorClient {
  readonly principal: Principal;
  readonly expiresAt: number | null;
  readonly about: AboutClient;
  readonly connectedAt: number;
  heard = true;
  readonly #socket: WebSocket;
  readonly #who: Entered;
  readonly #deps: DuctorConnectionDeps;
  readonly #hall: HallClient;
  readonly #chat: ChatSession;
  readonly #turns = new Map<SessionId, ClientTurns>();
  #drained: (() => void)[] = [];
  #closing = false;
  /** Frames are handled in order; none of them takes as long as a turn, so an abort never waits for one. */
  #tail: Promise<void> = Promise.resolve();
  #waitingFrames = 0;

  /** @throws what the hall throws. */
  constructor(socket: WebSocket, who: Entered, deps: DuctorConnectionDeps, left: () => void) {
    this.#socket = socket;
    this.#who = who;
    this.#deps = deps;
    this.principal = who.principal;
    this.expiresAt = who.expiresAt;
    this.about = who.about;
    this.connectedAt = deps.clock.now();
    const sink: Omit<Sink, 'send'> = {
      seen: { door: 'ductor', ...who.about.seen },
      busy: () => socket.bufferedAmount > limits.connectionBusyBytes,
      onceDrained: (callback) => {
        this.#drained.push(callback);
        if (!sink.busy()) queueMicrotask(this.#afterSend);
      },
      close: (code, message) => this.close(code, message),
    };
    this.#hall = new HallClient(deps.hall, who.principal, sink, (frame) => this.#fromHall(frame));
    this.#chat = new ChatSession(this.#hall, who.principal, deps.chats, deps.defaults);
    socket.on('pong', () => {
      this.heard = true;
    });
    socket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary));
    socket.on('close', () => {
      this.#leave();
      left();
    });
    this.#inOrder(() => this.#welcome());
  }

  get sessions(): number {
    return this.#chat.attached;
  }

  ping(): void {
    this.heard = false;
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
  }

  close(code: ErrorCode, message: string): void {
    if (this.#closing) return;
    this.#leave();
    // The words stay here: a reason holds 123 bytes, and version 1 has no frame for them.
    this.#deps.log.debug('ductor client closed', { code, message });
    this.#socket.close(errors[code].closes || 1011, code === 'shutting_down' ? 'server shutdown' : code);
    const cancel = this.#deps.clock.after(closeWithinMs, () => this.#socket.terminate());
    this.#socket.once('close', cancel);
  }

  terminate(): void {
    this.#leave();
    this.#socket.terminate();
  }

  #leave(): void {
    this.#closing = true;
    this.#drained = [];
    this.#hall.close();
  }

  readonly #afterSend = (): void => {
    if (this.#closing || this.#socket.bufferedAmount > limits.connectionBusyBytes) return;
    for (const callback of this.#drained.splice(0)) callback();
  };

  #write(frame: string): void {
    if (this.#closing || this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(frame, this.#afterSend);
    if (this.#socket.bufferedAmount <= maxWaitingBytes) return;
    this.#deps.log.warn('ductor client does not read, cut off', { actor: this.principal.actor });
    this.terminate();
  }

  #tell(frame: object): void {
    this.#write(this.#who.box.seal(frame));
  }

  #fail(code: string, message: string): void {
    this.#tell({ type: 'error', code, message });
  }

  /** What the principal may not do has no handler here; everything else that went wrong is an error in place of a result. */
  #refuse(problem: Problem): void {
    this.#fail(problem.code === 'forbidden' ? 'no_handler' : 'internal_error', inWords(problem));
  }

  #result(text: string, fallback = false, files: NamedFile[] = []): void {
    this.#tell({ type: 'result', text, stream_fallback: fallback, files });
  }

  #inOrder(work: () => Promise<void> | void): void {
    this.#waitingFrames += 1;
    if (this.#waitingFrames > maxWaitingFrames) this.#socket.pause();
    this.#tail = this.#tail
      .then(() => (this.#closing ? undefined : work()))
      .catch((error: unknown) => {
        if (error instanceof Refused) {
          this.#refuse(error.problem);
          return;
        }
        this.#deps.log.error('a ductor frame failed', { error });
        this.#fail('internal_error', 'Something went wrong inside Quarterdeck. This was not carried out.');
      })
      .then(() => {
        this.#waitingFrames -= 1;
        if (this.#waitingFrames === maxWaitingFrames) this.#socket.resume();
      });
  }

  async #welcome(): Promise<void> {
    const [providers] = await Promise.all([
      this.#deps.defaults.providers(),
      this.#hall.answerTo({ type: 'watch_sessions' }),
    ]);
    const active = this.#chat.summary() ?? (await this.#chat.beginning().catch(() => null));
    const model = active?.model ?? providers.find(({ id }) => id === active?.provider)?.models[0]?.id;
    const { chat_id, channel_id } = this.#who.hello;
    this.#write(
      JSON.stringify({
        type: 'auth_ok',
        chat_id,
        e2e_pk: Buffer.from(this.#who.box.publicKey).toString('base64'),
        providers: providers.filter(({ state }) => state === 'ready').map(providerCard),
        ...(channel_id === null ? {} : { channel_id }),
        ...(active ? { active_provider: active.provider } : {}),
        ...(model === undefined ? {} : { active_model: model }),
      }),
    );
  }

  #receive(data: Buffer, isBinary: boolean): void {
    this.heard = true;
    // As ductor has it: binary frames mean nothing here.
    if (this.#closing || isBinary) return;
    if (!this.about.link.private && !this.#deps.allowedOnLan()) {
      this.close('link_not_private', 'Version 1 is not let in from other devices any more.');
      return;
    }
    const opened = this.#who.box.open(data.toString('latin1'));
    if (!opened.ok) {
      this.#inOrder(() => this.#fail('decrypt_failed', opened.error));
      return;
    }
    const { type, text } = opened.value;
    const said = typeof text === 'string' ? text.trim() : '';
    if (type === 'abort' || (type === 'message' && said.toLowerCase() === '/stop')) this.#inOrder(() => this.#abort());
    else if (type === 'message') this.#inOrder(() => this.#message(said));
    else {
      const named = typeof type === 'string' ? type.slice(0, 100) : String(typeof type);
      this.#inOrder(() => this.#fail('unknown_type', `There is no type "${named}" here.`));
    }
  }

  #fromHall(frame: ServerFrame): void {
    if (this.#closing) return;
    this.#chat?.receive(frame);
    if ('session_id' in frame && frame.session_id !== null) this.#turns.get(frame.session_id)?.receive(frame);
  }

  async #message(text: string): Promise<void> {
    if (text === '') {
      this.#fail('empty', 'The message is empty.');
      return;
    }
    const answered = slashCommand(text, {
      hall: this.#hall,
      chat: this.#chat,
      providers: this.#deps.defaults.providers,
      renewed: (before) => this.#forget(before),
    });
    if (answered) {
      this.#result(await answered);
      return;
    }
    const session_id = await this.#chat.open();
    const turns = this.#turnsOf(session_id);
    turns.hold();
    await new Promise<void>((resolve) => {
      this.#hall.ask({ type: 'message', session_id, text }, (answer) => {
        if (answer.ok) turns.acknowledged(answer.result as { turn_id?: TurnId });
        else this.#refuse(answer.error);
        turns.release();
        resolve();
      });
    });
  }

  async #abort(): Promise<void> {
    const session_id = this.#chat.current();
    if (session_id === null) {
      this.#tell({ type: 'abort_ok', killed: 0 });
      return;
    }
    // What this client has waiting is not to run once the turn is gone.
    for (const queue_id of this.#turns.get(session_id)?.queued ?? []) {
      await this.#hall.answerTo({ type: 'queue_remove', session_id, queue_id });
    }
    const answer = await this.#hall.answerTo({ type: 'abort', session_id });
    if (answer.ok || answer.error.code === 'no_active_turn')
      this.#tell({ type: 'abort_ok', killed: answer.ok ? 1 : 0 });
    else this.#refuse(answer.error);
  }

  #turnsOf(session_id: SessionId): ClientTurns {
    const known = this.#turns.get(session_id);
    if (known) return known;
    const turns = new ClientTurns(session_id, {
      tell: (told) => this.#tell(told),
      ended: (ending) => this.#ended(ending),
      goOn: (queue_id) => this.#hall.ask({ type: 'queue_send_now', session_id, queue_id }, () => {}),
    });
    this.#turns.set(session_id, turns);
    return turns;
  }

  async #ended(ending: Ending): Promise<void> {
    if (ending.kind === 'stopped') this.#result('');
    else if (ending.kind === 'failed') this.#refuse(ending.problem);
    else {
      const paths = fileTags(ending.text);
      const files = paths.length === 0 ? [] : await this.#deps.files(this.principal, paths).catch(() => []);
      this.#result(ending.text, ending.fallback, files);
    }
  }

  /** The chat went on to another session; the one before is followed as long as a result of it is owed. */
  #forget(session_id: SessionId | null): void {
    if (session_id === null || (this.#turns.get(session_id)?.waiting ?? 0) > 0) return;
    this.#turns.delete(session_id);
    this.#chat.leave(session_id);
  }
}
