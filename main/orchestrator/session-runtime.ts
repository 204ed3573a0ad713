import { canonicalJson } from '../base/canonical-json.ts';
import type { Problem } from '../protocol/errors.ts';
import type { DurableEvent } from '../protocol/events.ts';
import type { ProviderId, SessionId, TurnId } from '../protocol/ids.ts';
import { apply } from '../sessions/apply.ts';
import type { Decided } from '../sessions/decide.ts';
import type { LeftOpen } from '../sessions/ingest.ts';
import { emptyState, type SessionState } from '../sessions/state.ts';
import { summarize } from '../sessions/summary.ts';
import { damagedBody } from './damaged-event.ts';
import { OpenItems } from './open-items.ts';
import type { ApprovalMark, EventStore, ProviderSession, StoredEvent } from './ports.ts';
import type { SessionFeed } from './subscription.ts';

/** Events kept in memory behind the end of the log, so that those who follow live never read the disk. */
const recentEvents = 256;
const recentChars = 524_288;
/** Events read at once when a session is loaded. */
const loadPage = 1000;

type CommitExtras = Pick<
  Parameters<EventStore['append']>[0],
  'receipt' | 'closedItems' | 'folderRules' | 'sessionRules' | 'removedRules'
>;

const approvalMarks: Partial<Record<DurableEvent['type'], ApprovalMark['what']>> = {
  approval_request: 'asked',
  approval_resolved: 'answered',
};

/**
 * An event as it was written. One that was damaged on disk stands for itself as a notice, so that the session can still be read and used;
 * `verify` names it.
 */
export function readEvent(session_id: SessionId, { seq, body }: StoredEvent): DurableEvent {
  try {
    return JSON.parse(body) as DurableEvent;
  } catch {
    return JSON.parse(damagedBody(session_id, seq)) as DurableEvent;
  }
}

/** One session in memory: its state, the end of its log, its open items and its live provider. The only one who appends to its log. */
export class SessionRuntime implements SessionFeed {
  readonly session_id: SessionId;
  readonly items = new OpenItems();
  /** approval_id -> the adapter's name of the request. */
  readonly refs = new Map<string, string>();
  live: ProviderSession | null = null;
  /** Names whose words count: those of the live provider, nobody's after it was let go. */
  hearing: object | null = null;
  /** Whose session `live` is. */
  liveProvider: ProviderId | null = null;
  /** Why the running turn is being stopped, when no person asked for it. */
  stopProblem: Problem | null = null;
  /** Facts that the disk refused, in order; they are tried again. */
  readonly stalled: { build: (state: SessionState) => Decided[]; closes?: readonly string[] }[] = [];
  /** The disk refuses what happens here; people were told, and the turn is being stopped for it. */
  storageProblem: Problem | null = null;
  cancelIdleClose: (() => void) | null = null;
  cancelAbortWatch: (() => void) | null = null;
  readonly #store: EventStore;
  /** Null until somebody asks: to follow a session its log is enough, and deriving the state of a long one takes several times as long. */
  #state: SessionState | null = null;
  #seq: number;
  #head: string;
  #recent: StoredEvent[] = [];
  #recentChars = 0;

  constructor(session_id: SessionId, store: EventStore) {
    this.session_id = session_id;
    this.#store = store;
    const head = store.head(session_id);
    this.#seq = head?.seq ?? 0;
    this.#head = head?.hash ?? '';
  }

  get state(): SessionState {
    this.#state ??= this.#load();
    return this.#state;
  }

  /** Whether a turn runs. A session whose state nobody asked for has none: what an earlier run left was settled at the start. */
  get running(): boolean {
    return this.#state !== null && this.#state.turn !== null;
  }

  runningTurn(): { turn_id: TurnId; started_at: number } | null {
    const turn = this.#state?.turn;
    return turn ? { turn_id: turn.turn_id, started_at: turn.started_at } : null;
  }

  /** Whether it pursues a goal. */
  get pursuing(): boolean {
    return this.#state?.goal?.status === 'active';
  }

  #load(): SessionState {
    let state = emptyState(this.session_id);
    for (;;) {
      const page = this.#store.read(this.session_id, state.seq, loadPage);
      for (const event of page) state = apply(state, readEvent(this.session_id, event));
      if (page.length < loadPage) return state;
    }
  }

  /**
   * Commits events (with the receipt of the command that caused them, and the end of open items), then takes them over. When this returns,
   * they are on disk; when it throws, nothing has changed anywhere.
   * @throws {StorageError}
   */
  commit(decided: readonly Decided[], ts: number, more: CommitExtras = {}): void {
    let { state } = this;
    const events: StoredEvent[] = [];
    const approvals: ApprovalMark[] = [];
    for (const { turn_id, event, ts: at } of decided) {
      const place = { session_id: this.session_id, seq: state.seq + 1, ts: at ?? ts, turn_id };
      const durable = { ...event, ...place } as DurableEvent;
      state = apply(state, durable);
      events.push({ seq: durable.seq, body: canonicalJson(durable) });
      const what = approvalMarks[durable.type];
      if (what && 'approval_id' in durable) {
        approvals.push({ what, approval_id: durable.approval_id, seq: durable.seq, ts: durable.ts });
      }
    }
    const summary = summarize(state);
    this.#head = this.#store.append({ session_id: this.session_id, ts, events, summary, approvals, ...more });
    this.#state = state;
    this.#seq = state.seq;
    for (const item of more.closedItems ?? []) this.items.close(item);
    this.#remember(events);
  }

  #remember(events: readonly StoredEvent[]): void {
    for (const event of events) {
      this.#recent.push(event);
      this.#recentChars += event.body.length;
    }
    let drop = 0;
    while (
      this.#recent.length - drop > recentEvents ||
      (this.#recentChars > recentChars && drop < this.#recent.length)
    ) {
      this.#recentChars -= this.#recent[drop]!.body.length;
      drop += 1;
    }
    if (drop > 0) this.#recent = this.#recent.slice(drop);
  }

  /** What the state would be after these events. */
  after(decided: readonly Decided[], ts: number): SessionState {
    let { state } = this;
    for (const { turn_id, event } of decided) {
      state = apply(state, { ...event, session_id: this.session_id, seq: state.seq + 1, ts, turn_id } as DurableEvent);
    }
    return state;
  }

  seq(): number {
    return this.#seq;
  }

  head(): string {
    return this.#head;
  }

  read(afterSeq: number, limit: number): readonly StoredEvent[] {
    const first = this.#recent[0]?.seq;
    if (first !== undefined && afterSeq + 1 >= first) {
      return this.#recent.slice(afterSeq + 1 - first, afterSeq + 1 - first + limit);
    }
    return this.#store.read(this.session_id, afterSeq, limit);
  }

  openItems(): Iterable<ReturnType<OpenItems['append']>> {
    return this.items;
  }
}

/** Text that is still open and that no fact in waiting finishes. */
export function leftOpen(runtime: SessionRuntime): LeftOpen[] {
  const finishing = new Set(runtime.stalled.flatMap(({ closes }) => closes ?? []));
  return [...runtime.items]
    .filter((item) => !finishing.has(item.item_id))
    .map((item) => ({ item_id: item.item_id, kind: item.kind, text: item.since(0) }));
}
