import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { type Fields, fields } from '../shared/fields.ts';

type Compacted = Extract<ProviderEvent, { type: 'compaction' }>;

/** Tells when the conversation was summed up: an item `contextCompaction`, which older versions told as `thread/compacted`. */
export class Compaction {
  #before: number | undefined;
  #told = false;

  /** A turn begins. */
  reset(): void {
    this.#before = undefined;
    this.#told = false;
  }

  /**
   * @param context - tokens in the conversation as far as they were told.
   * @param manual - it was asked for.
   * @returns null when the message is not about this.
   */
  heard(method: string, params: Fields, context: number | undefined, manual: boolean): Compacted | null {
    const isItem = fields(params.item).type === 'contextCompaction';
    if (method === 'item/started' && isItem) this.#before = context;
    const done = (method === 'item/completed' && isItem) || (method === 'thread/compacted' && !this.#told);
    if (!done) return null;
    this.#told = true;
    const before = this.#before;
    this.#before = undefined;
    const compacted: Compacted = { type: 'compaction', trigger: manual ? 'manual' : 'auto' };
    if (before !== undefined) compacted.tokens_before = before;
    if (before !== undefined && context !== undefined && context !== before) compacted.tokens_after = context;
    return compacted;
  }
}
