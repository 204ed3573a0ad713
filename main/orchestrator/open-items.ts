import type { OpenItemKind } from '../protocol/events.ts';
import type { TurnId } from '../protocol/ids.ts';

/** Chunks after which an item's text is joined again, so that memory and look-up stay flat however small the deltas are. */
const compactAt = 4096;

/**
 * Characters of a tool's live output; more is dropped until the finished call brings what the log keeps of it. Held in memory, written with
 * every checkpoint and sent to whoever begins to follow.
 */
export const maxLiveOutput = 1_000_000;

/** Text that is still growing. Grows in O(delta); what was added since an offset is found in O(what was added). */
export class OpenItem {
  readonly item_id: string;
  readonly kind: OpenItemKind;
  readonly turn_id: TurnId;
  /** Raised when text that was shown turned out to be void. */
  generation = 0;
  /** Characters that are in the checkpoint. */
  saved = 0;
  #chunks: { start: number; text: string }[] = [];
  #length = 0;

  constructor(item_id: string, kind: OpenItemKind, turn_id: TurnId) {
    this.item_id = item_id;
    this.kind = kind;
    this.turn_id = turn_id;
  }

  get length(): number {
    return this.#length;
  }

  append(added: string): void {
    const text = this.kind === 'tool_output' ? added.slice(0, maxLiveOutput - this.#length) : added;
    if (text === '') return;
    this.#chunks.push({ start: this.#length, text });
    this.#length += text.length;
    if (this.#chunks.length >= compactAt) this.#chunks = [{ start: 0, text: this.since(0) }];
  }

  replace(text: string): void {
    this.generation += 1;
    this.saved = 0;
    this.#chunks = [];
    this.#length = 0;
    this.append(text);
  }

  /** The text from `offset` (UTF-16 code units) on. */
  since(offset: number): string {
    const parts: string[] = [];
    for (let at = this.#chunks.length - 1; at >= 0; at -= 1) {
      const chunk = this.#chunks[at]!;
      if (chunk.start + chunk.text.length <= offset) break;
      parts.push(offset > chunk.start ? chunk.text.slice(offset - chunk.start) : chunk.text);
    }
    return parts.length === 1 ? parts[0]! : parts.reverse().join('');
  }
}

/** The open items of one session, in the order they were opened. */
export class OpenItems {
  readonly #items = new Map<string, OpenItem>();

  append(item_id: string, kind: OpenItemKind, turn_id: TurnId, text: string): OpenItem {
    const item = this.#items.get(item_id) ?? new OpenItem(item_id, kind, turn_id);
    this.#items.set(item_id, item);
    item.append(text);
    return item;
  }

  replace(item_id: string, kind: OpenItemKind, turn_id: TurnId, text: string): OpenItem {
    const item = this.#items.get(item_id) ?? new OpenItem(item_id, kind, turn_id);
    this.#items.set(item_id, item);
    item.replace(text);
    return item;
  }

  close(item_id: string): void {
    this.#items.delete(item_id);
  }

  get(item_id: string): OpenItem | undefined {
    return this.#items.get(item_id);
  }

  get size(): number {
    return this.#items.size;
  }

  [Symbol.iterator](): IterableIterator<OpenItem> {
    return this.#items.values();
  }
}
