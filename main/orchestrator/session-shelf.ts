import type { SessionBus } from '../bus/session-bus.ts';
import type { SessionId } from '../protocol/ids.ts';
import type { SessionSummary } from '../protocol/views.ts';
import type { EventStore } from './ports.ts';
import { SessionRuntime } from './session-runtime.ts';

/** Sessions that stay in memory although nothing happens in them. */
const maxLoaded = 32;

/** Every session by its line in the list; those in use in memory. */
export class SessionShelf {
  readonly #store: EventStore;
  readonly #bus: SessionBus;
  readonly #loaded = new Map<SessionId, SessionRuntime>();
  readonly #known = new Map<SessionId, SessionSummary>();

  constructor(store: EventStore, bus: SessionBus) {
    this.#store = store;
    this.#bus = bus;
    for (const summary of store.summaries()) this.#known.set(summary.session_id, summary);
  }

  /** The session list, newest first. */
  summaries(): SessionSummary[] {
    return [...this.#known.values()].sort((a, b) => b.updated_at - a.updated_at);
  }

  /** The session in memory, loaded when it is first asked for; null when there is none of this id. */
  get(session_id: SessionId): SessionRuntime | null {
    const loaded = this.#loaded.get(session_id);
    if (loaded) return loaded;
    if (!this.#known.has(session_id)) return null;
    return this.#add(session_id);
  }

  /** A session that does not exist yet; it does once something was committed to it and `keep` was called. */
  fresh(session_id: SessionId): SessionRuntime {
    this.#unloadIdle();
    return new SessionRuntime(session_id, this.#store);
  }

  keep(runtime: SessionRuntime): void {
    this.#loaded.set(runtime.session_id, runtime);
  }

  /** Takes note of how a session looks in the list now. */
  note(summary: SessionSummary): void {
    this.#known.set(summary.session_id, summary);
  }

  /** How a session looks in the list; null: there is none of this id. */
  summary(session_id: SessionId): SessionSummary | null {
    return this.#known.get(session_id) ?? null;
  }

  /** The session was deleted. */
  forget(session_id: SessionId): void {
    this.#loaded.get(session_id)?.cancelIdleClose?.();
    this.#loaded.delete(session_id);
    this.#known.delete(session_id);
  }

  get inMemory(): Iterable<SessionRuntime> {
    return this.#loaded.values();
  }

  /** The session, if it is in memory. */
  loaded(session_id: SessionId): SessionRuntime | undefined {
    return this.#loaded.get(session_id);
  }

  get size(): number {
    return this.#loaded.size;
  }

  #add(session_id: SessionId): SessionRuntime {
    const runtime = this.fresh(session_id);
    this.keep(runtime);
    return runtime;
  }

  /** Makes room: a session in which nothing happens and that nobody follows is read again when it is asked for. */
  #unloadIdle(): void {
    if (this.#loaded.size < maxLoaded) return;
    for (const [id, runtime] of this.#loaded) {
      const { running, live, stalled } = runtime;
      if (running || live || stalled.length > 0 || this.#bus.isFollowed(id)) continue;
      runtime.cancelIdleClose?.();
      this.#loaded.delete(id);
      if (this.#loaded.size < maxLoaded) return;
    }
  }
}
