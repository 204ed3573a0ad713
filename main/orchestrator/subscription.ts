import type { SessionId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { OpenItem } from './open-items.ts';
import type { Sink, StoredEvent } from './ports.ts';

/** Characters of one replay frame above which it is cut, however few events are in it. */
const replayFrameChars = 262_144;

/** What a subscription reads from: the log, and the items that are still open. */
export interface SessionFeed {
  readonly session_id: SessionId;
  /** Last durable event. */
  seq(): number;
  /** Hash of it, hex. */
  head(): string;
  read(afterSeq: number, limit: number): readonly StoredEvent[];
  openItems(): Iterable<OpenItem>;
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
  #scheduled = false;
  #waiting = false;
  #closed = false;

  constructor(feed: SessionFeed, sink: Sink, afterSeq: number) {
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
    while (this.#cursor < this.#feed.seq()) {
      if (this.#holdBack()) return;
      if (!this.#sendEvents()) break;
    }
    if (this.#holdBack()) return;
    if (!this.#attached) this.#sendAttached();
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

  #sendEvents(): boolean {
    const events = this.#feed.read(this.#cursor, limits.replayEventsPerFrame);
    if (events.length === 0) return false;
    let bodies = '';
    for (const event of events) {
      if (bodies.length > 0 && bodies.length + event.body.length > replayFrameChars) break;
      bodies += bodies === '' ? event.body : `,${event.body}`;
      this.#cursor = event.seq;
    }
    this.#sink.send(`{"type":"events","session_id":"${this.#feed.session_id}","events":[${bodies}]}`);
    return true;
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
    this.#sink.send(
      JSON.stringify({
        type: deltaType[item.kind],
        session_id: this.#feed.session_id,
        turn_id: item.turn_id,
        item_id: item.item_id,
        offset,
        text: item.since(offset),
      }),
    );
  }
}
