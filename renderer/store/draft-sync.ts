import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Draft, DraftKept } from '../../main/protocol/drafts.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import { limits } from '../../main/protocol/limits.ts';
import { attachmentsOf, showFiles } from './attachments.ts';
import type { Client, ConnectionView } from './client.ts';
import {
  changeDraftAnew,
  draftFiles,
  draftKeys,
  draftOf,
  draftState,
  draftStates,
  followDraft,
  keptDraft,
  onDraftWritten,
  takeDraft,
} from './drafts.ts';
import { holds } from './holds.ts';
import { mergedDraft } from './merged-draft.ts';
import { onRememberedElsewhere } from './storage.ts';

/** Where the words are kept that a new session is to begin with. */
export const newSessionDraft = 'new';

/** From the last letter until the gateway is told, and at most from the first one. Milliseconds: what a killed app can lose. */
const pauseMs = 300;
const mostMs = 1_500;
/** So many characters more make either longer by a millisecond: a page of a book need not go up with every word. */
const charsPerMs = 200;
/** A window or tab in which something was written tells the gateway itself within this time. */
const besideMs = 2 * mostMs;
/** Whoever wrote here a moment ago goes on writing: another device's words wait. */
const quietMs = 2_500;

const sessionOf = (key: string): SessionId | null => (key === newSessionDraft ? null : (key as SessionId));
const keyOf = (session_id: SessionId | null): string => session_id ?? newSessionDraft;

const syncs = new WeakMap<Client, DraftSync>();

/** The one of this client; begun when it is asked for first. */
export function draftSyncOf(client: Client): DraftSync {
  const sync = syncs.get(client) ?? new DraftSync(client);
  syncs.set(client, sync);
  return sync;
}

/**
 * Keeps the drafts of this page and of every other device alike: what is written here goes to the gateway when the hand rests, and what was written
 * elsewhere is shown here, never in the place of words that somebody is typing.
 */
export class DraftSync {
  /** Sessions in which something is being written, as the gateway told. */
  readonly elsewhere: StoreApi<ReadonlyMap<string, number>>;
  readonly #client: Client;
  readonly #shown = new Map<string, number>();
  readonly #timers = new Map<string, { timer: ReturnType<typeof setTimeout>; since: number }>();
  readonly #waits = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #sending = new Set<string>();
  readonly #written = new Map<string, number>();
  /** The clock of the gateway, before that of this machine. Milliseconds. */
  #ahead = 0;
  #may = false;

  constructor(client: Client) {
    this.#client = client;
    this.elsewhere = createStore<ReadonlyMap<string, number>>(() => new Map());
    onDraftWritten((key) => this.#wrote(key));
    let welcome: unknown = null;
    const greeted = (view: ConnectionView): void => {
      if (view.welcome === welcome) return;
      welcome = view.welcome;
      if (view.welcome) void this.#begin(view.welcome.server_time, view.welcome.scopes);
    };
    greeted(client.connection.getState());
    client.connection.subscribe(greeted);
    onRememberedElsewhere(draftStates, (stateKey) => this.#writtenBeside(stateKey.slice(draftStates.length)));
    client.onDraftChanged = ({ session_id, rev, empty }) => this.#heard(keyOf(session_id), rev, empty);
  }

  /** The draft is on the screen from now on. @returns how to end it. */
  show(key: string): () => void {
    this.#shown.set(key, (this.#shown.get(key) ?? 0) + 1);
    // From an earlier life of the page.
    if (attachmentsOf(key).length === 0) showFiles(key, draftFiles(key));
    void this.#pull(key);
    return () => {
      const left = (this.#shown.get(key) ?? 1) - 1;
      if (left > 0) this.#shown.set(key, left);
      else this.#shown.delete(key);
      this.flush();
    };
  }

  /** Tells the gateway now what it was to be told in a moment: the page may go. */
  flush(): void {
    for (const key of [...this.#timers.keys()]) void this.#push(key);
  }

  async #begin(serverTime: number, scopes: readonly string[]): Promise<void> {
    this.#ahead = serverTime - Date.now();
    this.#may = holds(scopes, 'chat') && holds(scopes, 'sessions:read');
    if (!this.#may) return;
    const answer = await this.#client.request<{ drafts: Pick<Draft, 'session_id' | 'rev'>[] }>({ type: 'drafts_list' });
    if (!answer.ok) return;
    const told = new Map(answer.value.drafts.map(({ session_id, rev }) => [keyOf(session_id), rev]));
    this.elsewhere.setState(told, true);
    for (const key of new Set([...this.#shown.keys(), ...draftKeys()])) {
      if (draftState(key).changedAt !== null) void this.#push(key);
      else if (this.#shown.has(key)) void this.#pull(key);
    }
  }

  #wrote(key: string): void {
    this.#written.set(key, Date.now());
    const known = this.#timers.get(key);
    clearTimeout(known?.timer);
    const since = known?.since ?? Date.now();
    // What was sent leaves the field at once, on every device.
    const text = draftOf(key);
    const longer = text.length / charsPerMs;
    const pause =
      text === '' && draftFiles(key).length === 0
        ? 0
        : Math.max(0, Math.min(pauseMs + longer, since + mostMs + longer - Date.now()));
    this.#timers.set(key, { since, timer: setTimeout(() => void this.#push(key), pause) });
  }

  /** Another window or tab has written it, or told the gateway. What that one may not live to tell, this one does. */
  #writtenBeside(key: string): void {
    if (!followDraft(key)) return;
    showFiles(key, draftFiles(key));
    clearTimeout(this.#timers.get(key)?.timer);
    this.#timers.delete(key);
    if (draftState(key).changedAt === null) return;
    const since = Date.now();
    this.#timers.set(key, { since, timer: setTimeout(() => void this.#push(key), besideMs) });
  }

  #heard(key: string, rev: number, empty: boolean): void {
    const told = new Map(this.elsewhere.getState());
    if (empty) told.delete(key);
    else told.set(key, rev);
    this.elsewhere.setState(told, true);
    if (this.#shown.has(key) && rev !== draftState(key).rev) void this.#pull(key);
  }

  async #push(key: string): Promise<void> {
    clearTimeout(this.#timers.get(key)?.timer);
    this.#timers.delete(key);
    const { rev: base, changedAt } = draftState(key);
    const text = draftOf(key);
    const files = [...draftFiles(key)];
    const open = this.#client.connection.getState().link.status === 'open';
    // Without a link it goes when there is one again; too long to be sent, it stays here.
    if (changedAt === null || !this.#may || !open || text.length > limits.promptChars) return;
    if (this.#sending.has(key)) return;
    this.#sending.add(key);
    const answer = await this.#client.request<DraftKept>({
      type: 'draft_set',
      session_id: sessionOf(key),
      text,
      attachments: files,
      base,
      written_at: Math.max(0, changedAt + this.#ahead),
    });
    this.#sending.delete(key);
    if (!answer.ok) return;
    const { kept, draft } = answer.value;
    if (kept) keptDraft(key, { text, attachments: files, rev: draft.rev });
    else this.#join(key, draft);
    // More was written, or joined, while the answer was on its way.
    if (draftState(key).changedAt !== null && !this.#timers.has(key)) void this.#push(key);
  }

  /** Neither was written from the other: nothing of either is lost. */
  #join(key: string, draft: Draft): void {
    const text = mergedDraft(draft.text, draftOf(key));
    const more = draftFiles(key).filter(
      (one) => !draft.attachments.some(({ attachment_id }) => attachment_id === one.attachment_id),
    );
    if (text === draft.text && more.length === 0) {
      this.#take(key, draft);
      return;
    }
    const attachments = [...draft.attachments, ...more].slice(0, limits.attachmentsPerMessage);
    changeDraftAnew(key, { text, attachments, rev: draft.rev });
    showFiles(key, attachments);
  }

  #take(key: string, draft: Draft): void {
    takeDraft(key, draft);
    showFiles(key, draft.attachments);
  }

  async #pull(key: string): Promise<void> {
    clearTimeout(this.#waits.get(key));
    this.#waits.delete(key);
    if (!this.#may || this.#sending.has(key)) return;
    if (draftState(key).changedAt !== null) return this.#push(key);
    const rest = quietMs - (Date.now() - (this.#written.get(key) ?? 0));
    if (rest > 0 && draftOf(key) !== '') {
      this.#waits.set(
        key,
        setTimeout(() => void this.#pull(key), rest),
      );
      return;
    }
    const answer = await this.#client.request<Draft>({ type: 'draft_get', session_id: sessionOf(key) });
    // Somebody began to write here meanwhile: theirs goes up, and meets the other one there.
    if (!answer.ok || this.#sending.has(key) || draftState(key).changedAt !== null) return;
    const { rev } = answer.value;
    const known = draftState(key);
    if (rev === known.rev) return;
    if (rev > known.rev) return this.#take(key, answer.value);
    // The gateway knows less than this page: it was set back to an older state, or is another one.
    this.#join(key, answer.value);
    if (draftState(key).changedAt !== null) void this.#push(key);
  }
}
