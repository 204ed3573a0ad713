import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { OpenItemKind } from '../../protocol/events.ts';
import { amount, type Fields, fields, list, string } from '../shared/fields.ts';
import type { Translated } from './translated.ts';

interface Block {
  itemId: string;
  kind: OpenItemKind | 'other';
  /** What was streamed of it and is not void. */
  text: string;
  finished: boolean;
  startedAt: number;
}

interface Message {
  id: string;
  blocks: Map<number, Block>;
}

export interface ToolUse {
  id: string;
  name: string;
  input: unknown;
}

/**
 * The blocks of the agent's messages: deltas as they come, and the `assistant` line that reconciles each finished block. An item's id is the
 * message's id and the block's index, the same in both; of a tool call it is the tool call's own id.
 *
 * A stream that breaks is void: newer versions say so at `message_stop` (`abandoned_blocks`), older ones only begin a new message.
 */
export class MessageBlocks {
  readonly #now: () => number;
  #message: Message | null = null;
  #last: { index: number; block: Block } | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** One event of the model's stream, in the words of the Anthropic Messages API. */
  stream(line: Fields, out: Translated[]): void {
    const event = fields(line.event);
    switch (event.type) {
      case 'content_block_delta':
        this.#delta(event, out);
        return;
      case 'content_block_start':
        this.#start(event, out);
        return;
      case 'message_start':
        this.#open(string(fields(event.message).id) ?? 'message', out);
        return;
      case 'message_stop': {
        const from = amount(fields(line.abandoned_blocks).from_block_index);
        if (from !== undefined) this.#void(from, out);
      }
    }
  }

  /** The `assistant` line. @returns the tool calls in it, in order; text and reasoning went out already. */
  reconcile(line: Fields, out: Translated[]): ToolUse[] {
    const message = fields(line.message);
    const id = string(message.id) ?? 'message';
    if (this.#message?.id !== id) this.#open(id, out);
    const tools: ToolUse[] = [];
    for (const value of list(message.content)) {
      const content = fields(value);
      if (content.type === 'text') this.#finishText('text', string(content.text) ?? '', out);
      else if (content.type === 'thinking') {
        this.#finishText('reasoning', string(content.thinking) ?? '', out, amount(line.thinking_duration_ms));
      } else if (content.type === 'tool_use') {
        const toolId = string(content.id);
        if (toolId === undefined) continue;
        this.#take('tool_input', toolId).finished = true;
        tools.push({ id: toolId, name: string(content.name) ?? 'tool', input: content.input ?? {} });
      }
    }
    return tools;
  }

  /** The turn succeeded: what was streamed and never reconciled is what there is. */
  settle(out: Translated[]): void {
    for (const block of this.#message?.blocks.values() ?? []) {
      if (block.finished || block.text === '') continue;
      block.finished = true;
      if (block.kind === 'text') out.push({ type: 'text', item_id: block.itemId, text: block.text });
      else if (block.kind === 'reasoning') out.push({ type: 'reasoning', item_id: block.itemId, text: block.text });
      else if (block.kind === 'tool_input') out.push(voided(block));
    }
    this.#forget();
  }

  /** The turn failed or was stopped: open text stays as it is (the record marks it as cut off), half a tool call means nothing. */
  abandon(out: Translated[]): void {
    for (const block of this.#message?.blocks.values() ?? []) {
      if (!block.finished && block.kind === 'tool_input' && block.text !== '') out.push(voided(block));
    }
    this.#forget();
  }

  #delta(event: Fields, out: Translated[]): void {
    const delta = event.delta as Fields | undefined;
    if (delta === undefined || delta === null) return;
    const type = delta.type;
    if (type === 'text_delta') this.#grow(event, 'text', delta.text, out);
    else if (type === 'thinking_delta') this.#grow(event, 'reasoning', delta.thinking, out);
    else if (type === 'input_json_delta') this.#grow(event, 'tool_input', delta.partial_json, out);
  }

  #grow(event: Fields, kind: OpenItemKind, text: unknown, out: Translated[]): void {
    if (typeof text !== 'string' || text === '') return;
    const index = typeof event.index === 'number' ? event.index : 0;
    const block = this.#last?.index === index ? this.#last.block : this.#block(index, kind);
    this.#last = { index, block };
    if (block.kind !== kind || block.finished) return;
    block.text += text;
    out.push({ type: 'item_delta', item_id: block.itemId, kind, text });
  }

  #start(event: Fields, out: Translated[]): void {
    const index = amount(event.index) ?? 0;
    const content = fields(event.content_block);
    const type = content.type;
    const kind =
      type === 'text' ? 'text' : type === 'thinking' ? 'reasoning' : type === 'tool_use' ? 'tool_input' : 'other';
    const block = this.#block(index, kind, kind === 'tool_input' ? string(content.id) : undefined);
    this.#last = { index, block };
    if (kind === 'text') this.#grow({ index }, kind, content.text, out);
    else if (kind === 'reasoning') this.#grow({ index }, kind, content.thinking, out);
  }

  #open(id: string, out: Translated[]): void {
    if (this.#message?.id === id) return;
    this.#void(0, out);
    this.#message = { id, blocks: new Map() };
    this.#last = null;
  }

  #void(fromIndex: number, out: Translated[]): void {
    for (const [index, block] of this.#message?.blocks ?? []) {
      if (index < fromIndex || block.finished) continue;
      block.finished = true;
      if (block.text !== '') out.push(voided(block));
    }
  }

  #finishText(kind: 'text' | 'reasoning', text: string, out: Translated[], durationMs?: number): void {
    const block = this.#take(kind);
    block.finished = true;
    if (text === '') {
      if (block.text !== '') out.push(voided(block));
    } else if (kind === 'text') out.push({ type: 'text', item_id: block.itemId, text });
    else {
      const duration_ms = durationMs ?? Math.max(0, this.#now() - block.startedAt);
      out.push({ type: 'reasoning', item_id: block.itemId, text, duration_ms });
    }
  }

  /** The streamed block that an `assistant` line finishes: the first open one of its kind. None when it was not streamed. */
  #take(kind: OpenItemKind, itemId?: string): Block {
    const blocks = this.#message?.blocks ?? new Map<number, Block>();
    for (const block of blocks.values()) {
      if (!block.finished && block.kind === kind && (itemId === undefined || block.itemId === itemId)) return block;
    }
    return this.#block(blocks.size === 0 ? 0 : Math.max(...blocks.keys()) + 1, kind, itemId);
  }

  #block(index: number, kind: Block['kind'], itemId?: string): Block {
    this.#message ??= { id: 'message', blocks: new Map() };
    const known = this.#message.blocks.get(index);
    if (known !== undefined) return known;
    const id = (itemId ?? `${this.#message.id}:${index}`).slice(0, 200);
    const block: Block = { itemId: id, kind, text: '', finished: false, startedAt: this.#now() };
    this.#message.blocks.set(index, block);
    return block;
  }

  #forget(): void {
    this.#message = null;
    this.#last = null;
  }
}

function voided(block: Block): ProviderEvent {
  const kind = block.kind === 'other' ? 'text' : block.kind;
  block.text = '';
  return { type: 'item_replace', item_id: block.itemId, kind, text: '' };
}
