import type { SessionId, TurnId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { OpenItem } from './open-items.ts';
import type { Sink, StoredEvent } from './ports.ts';

/** Characters of one replay frame above which it is cut, however few events are in it. */
const replayFrameChars = 262_144;
/** Events read from the log at once in a long replay, as long as they are short: every read has its price, whatever it brings. */
const replayPageEvents = 256;

/** What a subscription reads from: the log, and the items that are still open. */
export interface SessionFeed {
  readonly session_id: SessionId;
  /** Last durable event. */
  seq(): number;
  /** Hash of it, hex. */
  head(): string;
  read(afterSeq: number, limit: number): readonly StoredEvent[];
  openItems(): Iterable<OpenItem>;
  /** The turn that runs; null: none does. */
  runningTurn(): { turn_id: TurnId; started_at: number } | null;
}

const deltaType = {
  text: 'text_delta',
  reasoning: 'reasoning_delta',
  tool_input: 'tool_input_delta',
  tool_output: 'tool_output_delta',
} as const;

/**
 * One connection's view of one session: a cursor over the log and an offset into each open item. It queues nothing. Whenever something is new
 * it sends what lies behind the cursor; while the connection is busy it sends nothing, and later finds everything where it is kept. So live and
 * replay are one path, what arrives meanwhile is merged, a slow client costs two numbers, and nothing can be dropped, doubled or reordered.
 */
export class Subscription {
  readonly #feed: SessionFeed;
  readonly #sink: Sink;
  readonly #sent = new Map<string, { item: OpenItem; generation: number; offset: number }>();
  #cursor: number;
  #attached = false;
  /** The running turn it was told of last; undefined: it was told nothing yet. */
  #toldTurn: TurnId | null | undefined;
  #scheduled = false;
  #waiting = false;
  #closed = false;
  readonly #onFailure: (error: unknown) => void;

  /** @param onFailure - the log could not be read: nothing is sent any more, and the client has to be told. */
  constructor(feed: SessionFeed, sink: Sink, afterSeq: number, onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
    this.#feed = feed;
    this.#sink = sink;
    this.#cursor = afterSeq;
  }

  /** Something is new. What comes in the same tick goes out together, right after it. */
  notify(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    void Promise.resolve().then(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  close(): void {
    this.#closed = true;
  }

  flush(): void {
    if (this.#closed || this.#waiting) return;
    try {
      this.#sendWhatIsNew();
    } catch (error) {
      this.#closed = true;
      this.#onFailure(error);
    }
  }

  #sendWhatIsNew(): void {
    let page: readonly StoredEvent[] = [];
    let at = 0;
    let pageEvents: number = limits.replayEventsPerFrame;
    while (this.#cursor < this.#feed.seq()) {
      if (this.#holdBack()) return;
      if (at === page.length) {
        page = this.#feed.read(this.#cursor, pageEvents);
        if (page.length === 0) break;
        at = 0;
        pageEvents = isShort(page) ? replayPageEvents : limits.replayEventsPerFrame;
      }
      at = this.#sendEvents(page, at);
    }
    if (this.#holdBack()) return;
    if (!this.#attached) this.#sendAttached();
    this.#sendStatus();
    this.#sendOpenItems();
  }

  /** True while the connection is busy; goes on by itself when it is not. */
  #holdBack(): boolean {
    if (!this.#sink.busy()) return false;
    this.#waiting = true;
    this.#sink.onceDrained(() => {
      this.#waiting = false;
      this.flush();
    });
    return true;
  }

  /** Sends one frame with the events from `from` on. @returns the index of the first one that is not in it. */
  #sendEvents(events: readonly StoredEvent[], from: number): number {
    const end = Math.min(events.length, from + limits.replayEventsPerFrame);
    let bodies = '';
    let at = from;
    for (; at < end; at += 1) {
      const { seq, body } = events[at]!;
      if (at > from && bodies.length + body.length > replayFrameChars) break;
      bodies += at === from ? body : `,${body}`;
      this.#cursor = seq;
    }
    this.#sink.send(`{"type":"events","session_id":"${this.#feed.session_id}","events":[${bodies}]}`);
    return at;
  }

  #sendAttached(): void {
    this.#attached = true;
    this.#sink.send(
      JSON.stringify({
        type: 'attached',
        session_id: this.#feed.session_id,
        seq: this.#cursor,
        head: this.#feed.head(),
      }),
    );
    for (const item of this.#feed.openItems()) if (item.length > 0) this.#sendSnapshot(item);
  }

  /** Whether a turn runs: right after attaching, and whenever that changes. Not a fact of the log, but what a client shows first. */
  #sendStatus(): void {
    const turn = this.#feed.runningTurn();
    const turn_id = turn?.turn_id ?? null;
    if (turn_id === this.#toldTurn) return;
    this.#toldTurn = turn_id;
    const { session_id } = this.#feed;
    const status = turn ? { status: 'running', ...turn } : { status: 'idle' };
    this.#sink.send(JSON.stringify({ type: 'goal_status', session_id, ...status }));
  }

  #sendOpenItems(): void {
    const open = new Set<string>();
    for (const item of this.#feed.openItems()) {
      open.add(item.item_id);
      const sent = this.#sent.get(item.item_id);
      // Another item under the same id (a call's input, then its output) starts anew.
      const offset = sent?.item === item ? sent.offset : 0;
      if (sent?.item === item && sent.generation !== item.generation) this.#sendSnapshot(item);
      else if (item.length > offset) this.#sendDelta(item, offset);
    }
    for (const item_id of this.#sent.keys()) if (!open.has(item_id)) this.#sent.delete(item_id);
  }

  #sendSnapshot(item: OpenItem): void {
    this.#sent.set(item.item_id, { item, generation: item.generation, offset: item.length });
    this.#sink.send(
      JSON.stringify({
        type: 'item_snapshot',
        session_id: this.#feed.session_id,
        turn_id: item.turn_id,
        item_id: item.item_id,
        kind: item.kind,
        text: item.since(0),
        gone: item.length === 0 ? true : undefined,
      }),
    );
  }

  #sendDelta(item: OpenItem, offset: number): void {
    this.#sent.set(item.item_id, { item, generation: item.generation, offset: item.length });
    this.#sink.send(deltaFrame(this.#feed.session_id, item, offset));
  }
}

/** The delta that was written out last: all who follow a session are told the same in one tick, as the same text. */
let last = { item: null as OpenItem | null, generation: 0, offset: 0, length: 0, frame: '' };

function deltaFrame(session_id: SessionId, item: OpenItem, offset: number): string {
  const { generation, length } = item;
  const isLast =
    last.item === item && last.generation === generation && last.offset === offset && last.length === length;
  if (!isLast) {
    const { turn_id, item_id, kind } = item;
    const frame = JSON.stringify({
      type: deltaType[kind],
      session_id,
      turn_id,
      item_id,
      offset,
      text: item.since(offset),
    });
    last = { item, generation, offset, length, frame };
  }
  return last.frame;
}

function isShort(page: readonly StoredEvent[]): boolean {
  let chars = 0;
  for (const { body } of page) chars += body.length;
  return chars <= replayFrameChars;
}
