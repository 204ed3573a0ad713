import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { AcpQuirks } from './agent.ts';

type Kind = 'text' | 'reasoning';

interface Run {
  itemId: string;
  kind: Kind;
  /** The agent's own id of the message, where it tells one. */
  messageId: string | undefined;
  text: string;
  startedAt: number;
  lastAt: number;
  /** First chunk as it came: how a repetition would begin. */
  first: string;
  /** What may be the answer told anew after a broken stream: where it begins in `text`. */
  again: { from: number } | null;
}

/**
 * Chunks of text and thought have no end in ACP, and often no id: they are one item until a chunk of another kind, another message or a tool
 * call comes. Ids are made here; `prefix` makes them unique in the session's life.
 */
export class MessageRuns {
  readonly #prefix: string;
  readonly #now: () => number;
  readonly #quirks: AcpQuirks;
  #count = 0;
  #run: Run | null = null;
  /** Characters of text said since `begin`. */
  #said = 0;
  #saidBeforeTool = 0;

  constructor(prefix: string, now: () => number, quirks: AcpQuirks) {
    this.#prefix = prefix;
    this.#now = now;
    this.#quirks = quirks;
  }

  /** A turn begins. */
  begin(): void {
    this.#said = 0;
    this.#saidBeforeTool = 0;
    this.#run = null;
  }

  get saidText(): boolean {
    return this.#said > 0;
  }

  /** The agent said something after its last tool call. */
  get saidSinceTool(): boolean {
    return this.#said > this.#saidBeforeTool;
  }

  /** A tool call begins or goes on: the open item is finished. */
  tool(out: ProviderEvent[]): void {
    this.close(out);
    this.#saidBeforeTool = this.#said;
  }

  chunk(kind: Kind, text: string, messageId: string | undefined, out: ProviderEvent[]): void {
    if (text === '') return;
    const open = this.#run;
    if (open !== null && (open.kind !== kind || (messageId !== undefined && open.messageId !== messageId)))
      this.close(out);
    const now = this.#now();
    this.#run ??= {
      itemId: `${this.#prefix}:${++this.#count}`,
      kind,
      messageId,
      text: '',
      startedAt: now,
      lastAt: now,
      first: text,
      again: null,
    };
    const run = this.#run;
    const added = kind === 'reasoning' ? (this.#quirks.thought?.(text, run.text) ?? text) : text;
    if (added === '') return;
    if (kind === 'text') {
      this.#said += added.length;
      this.#watchRepetition(run, added, now);
    }
    run.lastAt = now;
    run.text += added;
    out.push({ type: 'item_delta', item_id: run.itemId, kind, text: added });
    this.#dropRepeated(run, out);
  }

  /** The open item is finished. */
  close(out: ProviderEvent[]): void {
    const run = this.#run;
    this.#run = null;
    if (run === null) return;
    const { itemId: item_id, text, kind } = run;
    if (kind === 'text') out.push({ type: 'text', item_id, text });
    else out.push({ type: 'reasoning', item_id, text, duration_ms: Math.max(0, this.#now() - run.startedAt) });
  }

  /** The turn was stopped or failed: what was streamed stays as it is, and is marked as cut off by whoever records it. */
  abandon(): void {
    this.#run = null;
  }

  /** After a pause that long, words that begin as the answer began may be the answer once more. */
  #watchRepetition(run: Run, added: string, now: number): void {
    const { repeatsAfterMs } = this.#quirks;
    if (repeatsAfterMs === null || run.text === '') return;
    if (now - run.lastAt >= repeatsAfterMs && (added.startsWith(run.first) || run.text.startsWith(added)))
      run.again = { from: run.text.length };
  }

  /** Everything that was said came again, word for word: the first telling is void. */
  #dropRepeated(run: Run, out: ProviderEvent[]): void {
    if (run.again === null) return;
    const before = run.text.slice(0, run.again.from);
    const since = run.text.slice(run.again.from);
    if (since.length < before.length) {
      if (!before.startsWith(since)) run.again = null;
      return;
    }
    run.again = null;
    if (!since.startsWith(before)) return;
    run.text = since;
    out.push({ type: 'item_replace', item_id: run.itemId, kind: run.kind, text: since });
  }
}
