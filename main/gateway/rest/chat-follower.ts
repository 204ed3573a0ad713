import type { SessionId } from '../../protocol/ids.ts';
import { type Answered, type Asked, HallClient } from '../hall-client.ts';
import type { Call } from '../route.ts';
import { commandIdOf } from './ask.ts';
import { type ChatEnd, ChatEvents, type ChatTarget } from './chat-events.ts';
import type { RestDeps } from './deps.ts';
import type { StreamEvent } from './event-stream.ts';

/** Events before the one a client saw last that are read again at first: its turn almost always begins there. */
const lookBackEvents = 500;

export interface ChatWords {
  session_id?: SessionId;
  message?: string;
  /** `chat_request`'s own fields for a new session. */
  opening: object;
  /** The client saw everything up to this event. */
  after: number | null;
}

/** Where the events of a chat go. */
export interface ChatSink {
  busy(): boolean;
  onceDrained(callback: () => void): void;
  events(events: readonly StreamEvent[]): void;
  /** The turn ended, or will not begin by itself. */
  ended(end: ChatEnd, chat: ChatEvents): void;
  /** The hall ends the connection. */
  closed(code: Parameters<ConstructorParameters<typeof HallClient>[2]['close']>[0], message: string): void;
}

/**
 * One chat as a client of the hall: sends the message, then follows its turn to the end. Whoever leaves (`close`) stops listening, nothing else:
 * the turn is the session's.
 */
export class ChatFollower {
  readonly #client: HallClient;
  readonly #call: Call;
  readonly #sink: ChatSink;
  #chat: ChatEvents | null = null;
  #from = 0;
  #closed = false;
  session_id: SessionId | null = null;

  constructor({ hall }: RestDeps, call: Call, sink: ChatSink) {
    this.#call = call;
    this.#sink = sink;
    const ends = {
      busy: () => sink.busy(),
      onceDrained: (callback: () => void) => sink.onceDrained(callback),
      close: (code: Parameters<ChatSink['closed']>[0], message: string) => {
        this.#closed = true;
        sink.closed(code, message);
      },
    };
    this.#client = new HallClient(hall, call.principal, ends, (frame) => {
      if (this.#closed || !this.#chat) return;
      if ('session_id' in frame && frame.session_id !== this.session_id) return;
      const events = this.#chat.take(frame);
      if (events.length > 0) sink.events(events);
      if (this.#chat.end) this.#finish(this.#chat.end);
      else if (frame.type === 'attached') this.#caughtUp(this.#chat);
    });
  }

  /** Sends the message. A refusal is the hall's; nothing was said then. */
  async say({ session_id, message, opening, after }: ChatWords): Promise<Answered> {
    if (message === undefined) {
      this.session_id = session_id!;
      this.#from = Math.max(0, (after ?? 0) - lookBackEvents);
      this.#make = () => new ChatEvents({ after: after ?? 0 });
      return { ok: true, result: {} };
    }
    if (session_id !== undefined) {
      // From where the session stands now: what the turn brings comes after it.
      const here = await this.#ask({ type: 'attach', session_id, after_seq: 0, tail: 0 });
      if (!here.ok) return here;
      this.#from = (here.result as { seq: number }).seq;
      await this.#ask({ type: 'detach', session_id });
    }
    const said = await this.#ask({ type: 'chat_request', session_id, text: message, ...opening }, 'chat');
    if (!said.ok) return said;
    const taken = said.result as { session_id: SessionId; turn_id?: string; queue_id?: string };
    this.session_id = taken.session_id;
    const target: ChatTarget =
      taken.turn_id === undefined ? { queue_id: taken.queue_id ?? '' } : { turn_id: taken.turn_id };
    this.#make = () => new ChatEvents(target, after ?? 0);
    return said;
  }

  /** Tells the sink everything of the turn, from its beginning on. */
  follow(): void {
    this.#chat = this.#make();
    const frame = { type: 'attach', session_id: this.session_id!, after_seq: this.#from } as const;
    this.#client.ask(frame, (attached) => {
      if (!attached.ok && !this.#closed) this.#sink.closed(attached.error.code, attached.error.message);
    });
  }

  close(): void {
    this.#closed = true;
    this.#client.close();
  }

  #make: () => ChatEvents = () => new ChatEvents({ after: 0 });

  /** Everything there is was looked at, and the turn goes on: either it was found, or it began further back (the message was sent again). */
  #caughtUp(chat: ChatEvents): void {
    if (chat.complete) return;
    if (this.#from > 0) {
      this.#from = 0;
      this.follow();
      return;
    }
    this.#finish({ status: 'completed', seq: chat.seq });
  }

  #finish(end: ChatEnd): void {
    if (this.#closed) return;
    const chat = this.#chat!;
    this.close();
    this.#sink.ended(end, chat);
  }

  #ask(frame: Asked | object, part?: string): Promise<Answered> {
    return this.#client.answerTo(frame as Asked, part === undefined ? undefined : commandIdOf(this.#call, part));
  }
}
