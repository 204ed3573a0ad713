import { createStore } from 'zustand/vanilla';
import { recall, recallJson, recallKeys, remember } from './storage.ts';

/**
 * Words that were typed and not sent, by session (`new` for the session that does not exist yet). Kept here over restarts of the page, and with the
 * gateway for every other device: see draft-sync.ts.
 */
const drafts = createStore<Readonly<Record<string, string>>>(() => ({}));

/** What is known of the draft that the gateway has. */
export interface DraftState {
  /** Of the one that this one was made from. */
  readonly rev: number;
  /** When it was changed here, by the clock of this machine; null: the gateway has it. */
  readonly changedAt: number | null;
}

const storageKey = (key: string): string => `draft.${key}`;
const stateKey = (key: string): string => `draft-state.${key}`;
const isState = (value: unknown): value is DraftState => typeof (value as DraftState | null)?.rev === 'number';
const states = new Map<string, DraftState>();
const listeners = new Set<(key: string) => void>();

export function draftOf(key: string): string {
  return drafts.getState()[key] ?? recall(storageKey(key)) ?? '';
}

/** Somebody here has written. */
export function setDraft(key: string, text: string): void {
  if (text === draftOf(key)) return;
  show(key, text);
  note(key, { rev: draftState(key).rev, changedAt: Date.now() });
  for (const listener of listeners) listener(key);
}

/** Sessions of which something is known here, also from an earlier life of the page. */
export function draftKeys(): string[] {
  const kept = [...recallKeys('draft.'), ...recallKeys('draft-state.')].map((key) =>
    key.replace(/^draft(-state)?\./, ''),
  );
  return [...new Set([...Object.keys(drafts.getState()), ...kept])];
}

export function draftState(key: string): DraftState {
  const known = states.get(key) ?? recallJson(stateKey(key), isState);
  if (known) return known;
  // Left by a page that knew nothing of other devices: the gateway is to have it, behind everything that is newer.
  return { rev: 0, changedAt: draftOf(key) === '' ? null : 0 };
}

/** The gateway has this one: it is shown. */
export function takeDraft(key: string, text: string, rev: number): void {
  show(key, text);
  note(key, { rev, changedAt: null });
}

/** The gateway has what stands here, unless it was changed since. */
export function keptDraft(key: string, text: string, rev: number): void {
  note(key, { rev, changedAt: draftOf(key) === text ? null : draftState(key).changedAt });
}

/** The words here belong on top of the draft of this count, whenever they were written. */
export function changeDraftAnew(key: string, text: string, rev: number): void {
  show(key, text);
  note(key, { rev, changedAt: Date.now() });
}

/** Tells of every change that somebody here makes. @returns how to end it. */
export function onDraftWritten(listener: (key: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function show(key: string, text: string): void {
  drafts.setState({ [key]: text });
  remember(storageKey(key), text === '' ? null : text);
}

function note(key: string, state: DraftState): void {
  states.set(key, state);
  remember(stateKey(key), JSON.stringify(state));
}

export { drafts };
