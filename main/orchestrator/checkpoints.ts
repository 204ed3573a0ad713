import type { Clock } from '../base/clock.ts';
import type { SessionId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { OpenItem } from './open-items.ts';
import { type EventStore, type Log, type OpenItemChunk, StorageError } from './ports.ts';

/**
 * Writes what open items gained to disk, all sessions together, at most every `checkpointMs`: what a killed process can lose. An item that is
 * finished meanwhile needs no checkpoint; its event has the whole text.
 */
export class Checkpoints {
  readonly #store: EventStore;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onRefused: (session_ids: ReadonlySet<SessionId>, error: StorageError) => void;
  readonly #dirty = new Map<OpenItem, SessionId>();
  #cancel: (() => void) | null = null;
  #lastAt = Number.NEGATIVE_INFINITY;

  /** @param onRefused - told each time the disk did not take what these sessions gained. */
  constructor(
    store: EventStore,
    clock: Clock,
    log: Log,
    onRefused: (session_ids: ReadonlySet<SessionId>, error: StorageError) => void,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.#onRefused = onRefused;
  }

  touch(session_id: SessionId, item: OpenItem): void {
    this.#dirty.set(item, session_id);
    if (this.#cancel) return;
    const wait = Math.max(0, Math.min(limits.checkpointMs, this.#lastAt + limits.checkpointMs - this.#clock.now()));
    this.#cancel = this.#clock.after(wait, () => this.flush());
  }

  forget(item: OpenItem): void {
    this.#dirty.delete(item);
  }

  /** Writes now. A full disk is not fatal here: the text stays in memory and is tried again with the next delta. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#lastAt = this.#clock.now();
    const chunks: OpenItemChunk[] = [];
    const written: { item: OpenItem; length: number }[] = [];
    for (const [item, session_id] of this.#dirty) {
      chunks.push({
        session_id,
        turn_id: item.turn_id,
        item_id: item.item_id,
        kind: item.kind,
        offset: item.saved,
        text: item.since(item.saved),
      });
      written.push({ item, length: item.length });
    }
    this.#dirty.clear();
    try {
      this.#store.checkpoint(chunks);
      for (const { item, length } of written) item.saved = length;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.#log.warn('checkpoint refused', { code: error.code, items: chunks.length });
      this.#onRefused(new Set(chunks.map((chunk) => chunk.session_id)), error);
    }
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#dirty.clear();
  }
}
