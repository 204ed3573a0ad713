import type { DurableEvent } from '../../protocol/events.ts';
import type { ServerFrame } from '../../protocol/frames.ts';

/** What a ductor client is told while a turn runs. */
export type Told =
  | { type: 'text_delta'; data: string }
  | { type: 'tool_activity'; data: string }
  | { type: 'system_status'; data: string | null };

const between = '\n\n';

/**
 * One turn in the words of version 1. The texts that were sent, put together, are the text of the result; where they are not, because an agent took
 * back what it had streamed, the result says so (`stream_fallback`) and its text counts.
 */
export class TurnOutput {
  readonly #tell: (told: Told) => void;
  /** Finished blocks. */
  readonly #blocks: string[] = [];
  /** What was sent of the block that is open. */
  #open: { item_id: string; sent: string } | null = null;
  #sentAny = false;
  #status: string | null = null;
  /** What was streamed is not what the answer is. */
  fallback = false;

  constructor(tell: (told: Told) => void) {
    this.#tell = tell;
  }

  get text(): string {
    return this.#blocks.join(between);
  }

  /** A frame about an item of this turn that is not finished. */
  live(frame: ServerFrame): void {
    if (frame.type === 'reasoning_delta') this.#say('thinking');
    else if (frame.type === 'text_delta') this.#grow(frame.item_id, frame.offset, frame.text);
    else if (frame.type === 'item_snapshot' && frame.kind === 'text') this.#replace(frame.item_id, frame.text);
  }

  /** A fact of this turn. */
  fact(event: DurableEvent): void {
    switch (event.type) {
      case 'text':
        this.#finish(event.item_id, event.text, event.parent_tool_call_id !== undefined);
        return;
      case 'tool_activity':
        if (event.phase !== 'start') return;
        this.#say(null);
        this.#tell({ type: 'tool_activity', data: event.kind === 'execute' ? 'Shell' : event.tool });
        return;
      case 'approval_request':
        this.#say('waiting for approval');
        return;
      case 'approval_resolved':
      case 'compacted':
        this.#say(null);
        return;
      case 'notice':
        if (event.code === 'compacting') this.#say('compacting');
        else if (event.code === 'resume_lost' || event.code === 'api_retry') this.#say('recovering');
        return;
      case 'turn_end':
        this.#say(null);
    }
  }

  #say(status: string | null): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#tell({ type: 'system_status', data: status });
  }

  #send(text: string, begins: boolean): void {
    if (text === '') return;
    this.#say(null);
    this.#tell({ type: 'text_delta', data: begins && this.#sentAny ? `${between}${text}` : text });
    this.#sentAny = true;
  }

  #grow(item_id: string, offset: number, text: string): void {
    if (this.#open?.item_id !== item_id) this.#open = { item_id, sent: '' };
    const { sent } = this.#open;
    if (offset !== sent.length) this.fallback = true;
    this.#send(text, sent === '');
    this.#open.sent = sent + text;
  }

  #replace(item_id: string, text: string): void {
    const sent = this.#open?.item_id === item_id ? this.#open.sent : '';
    if (text.startsWith(sent)) this.#grow(item_id, sent.length, text.slice(sent.length));
    else this.fallback = true;
  }

  #finish(item_id: string, text: string, ofSubAgent: boolean): void {
    const sent = this.#open?.item_id === item_id ? this.#open.sent : '';
    this.#open = null;
    // A sub-agent's words are its parent's business, unless they were streamed as if they were the answer's.
    if (ofSubAgent && sent === '') return;
    if (text.startsWith(sent)) this.#send(text.slice(sent.length), sent === '');
    else this.fallback = true;
    if (text !== '') this.#blocks.push(text);
  }
}
