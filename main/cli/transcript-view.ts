import type { DurableEvent } from '../protocol/events.ts';
import type { ServerFrame } from '../protocol/frames.ts';
import { changeLine } from './change-line.ts';
import { describeProblem, duration, plain, plainLine } from './output.ts';

export interface TranscriptPens {
  /** The answer itself. */
  text(chunk: string): void;
  /** A line about it: tool calls, notices, who said what. */
  line(line: string): void;
}

/** Shows a session as it goes, for a person: text as it streams, everything else as lines. */
export class TranscriptView {
  readonly #pens: TranscriptPens;
  readonly #withUser: boolean;
  /** item_id -> what was written of it. */
  readonly #written = new Map<string, string>();
  #open: string | null = null;

  /** @param withUser - shows the person's words too: for reading back, not for following one's own message. */
  constructor(pens: TranscriptPens, withUser: boolean) {
    this.#pens = pens;
    this.#withUser = withUser;
  }

  frame(frame: ServerFrame): void {
    if (frame.type === 'events') for (const event of frame.events) this.event(event);
    else if (frame.type === 'text_delta') this.#write(frame.item_id, frame.offset, frame.text);
    else if (frame.type === 'item_snapshot' && frame.kind === 'text') this.#whole(frame.item_id, frame.text);
    else if (frame.type === 'problem') this.#line(`! ${describeProblem(frame.problem)}`);
  }

  event(event: DurableEvent): void {
    switch (event.type) {
      case 'session_created':
        if (this.#withUser) this.#line(`# ${event.provider}, ${event.mode}, in ${event.cwd}`);
        return;
      case 'user_message':
        if (!this.#withUser) return;
        this.#line(`\n> ${plain(event.text).replace(/\n/g, '\n> ')}\n`);
        for (const one of event.attachments ?? [])
          this.#line(`  + ${plainLine(one.name)} (${plainLine(one.media_type)})`);
        return;
      case 'text':
        this.#whole(event.item_id, event.text);
        this.#endItem(event.item_id);
        if (event.partial) this.#line('… (cut off here)');
        return;
      case 'reasoning':
        if (this.#withUser) this.#line(`(thought: ${plainLine(event.text)})`);
        return;
      case 'tool_activity':
        this.#line(toolLine(event));
        return;
      case 'file_edit':
        this.#line(
          `  ${event.diff.change} ${plainLine(event.diff.path)} (+${event.diff.added} -${event.diff.removed})`,
        );
        return;
      case 'plan':
        for (const entry of event.entries) this.#line(`  [${planMark[entry.status]}] ${plainLine(entry.text)}`);
        return;
      case 'approval_request':
        this.#line(`? asks: ${plainLine(event.title)}`);
        return;
      case 'approval_resolved':
        this.#line(
          `  ${decided[event.decision]}${event.message ? `: ${plainLine(event.message)}` : ''} (${event.by.name ?? event.by.kind})`,
        );
        return;
      case 'notice':
        this.#line(`${event.level === 'info' ? '-' : '!'} ${plainLine(event.text, 1000)}`);
        return;
      case 'message_queued':
        this.#line(`- waits in the queue: ${plainLine(event.text)}`);
        return;
      case 'abort_requested':
        this.#line('- stopping');
        return;
      case 'turn_end':
        if (event.problem) this.#line(`! ${describeProblem(event.problem)}`);
        if (event.status !== 'completed' || this.#withUser)
          this.#line(`- ${event.status} after ${duration(event.duration_ms)}`);
        return;
      default: {
        const line = changeLine(event);
        if (line !== null) this.#line(line);
      }
    }
  }

  /** More text of an item; what overlaps with what is there is left out. */
  #write(item_id: string, offset: number, text: string): void {
    const before = this.#written.get(item_id) ?? '';
    const fresh = text.slice(Math.max(0, before.length - offset));
    if (fresh === '') return;
    if (this.#open !== item_id) this.#endLine();
    this.#open = item_id;
    this.#written.set(item_id, before + fresh);
    this.#pens.text(fresh);
  }

  /** The whole text of an item: what is missing is written; when what was written is void, it is written anew. */
  #whole(item_id: string, text: string): void {
    const before = this.#written.get(item_id) ?? '';
    if (text.startsWith(before)) {
      this.#write(item_id, before.length, text.slice(before.length));
      return;
    }
    this.#line('- the agent began this part anew');
    this.#written.set(item_id, '');
    this.#write(item_id, 0, text);
  }

  #endItem(item_id: string): void {
    this.#written.delete(item_id);
    if (this.#open === item_id) this.#endLine();
  }

  #endLine(): void {
    if (this.#open !== null) this.#pens.text('\n');
    this.#open = null;
  }

  #line(line: string): void {
    this.#endLine();
    this.#pens.line(line);
  }
}

const planMark = { pending: ' ', in_progress: '>', completed: 'x' } as const;
const decided = {
  allow_once: 'allowed once',
  allow_session: 'allowed for this session',
  allow_always: 'allowed always',
  deny: 'denied',
  withdrawn: 'taken back',
} as const;
const ended = { completed: 'done', failed: 'failed', denied: 'not allowed', cancelled: 'stopped' } as const;

function toolLine(event: Extract<DurableEvent, { type: 'tool_activity' }>): string {
  if (event.phase === 'start') return `* ${plainLine(event.tool)} ${plainLine(event.title)}`;
  const details = [
    typeof event.exit_code === 'number' ? `exit code ${event.exit_code}` : '',
    event.duration_ms === undefined ? '' : duration(event.duration_ms),
  ].filter(Boolean);
  return `  ${ended[event.status ?? 'completed']}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}
