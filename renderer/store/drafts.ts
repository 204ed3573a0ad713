import { createStore } from 'zustand/vanilla';
import type { Draft } from '../../main/protocol/drafts.ts';
import type { Attachment } from '../../main/protocol/values.ts';
import { mergedDraft } from './merged-draft.ts';
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
  /** When what it was made from was changed, which another window or tab may have done; absent: it was made from what the gateway has. */
  readonly from?: number | null;
}

const storageKey = (key: string): string => `draft.${key}`;
const filesKey = (key: string): string => `draft-files.${key}`;
const isFiles = (value: unknown): value is Attachment[] => Array.isArray(value);
/** Keys under which it is kept what is known of each; written after the words. */
export const draftStates = 'draft-state.';
const stateKey = (key: string): string => draftStates + key;
const isState = (value: unknown): value is DraftState => typeof (value as DraftState | null)?.rev === 'number';
const none: readonly Attachment[] = [];
const states = new Map<string, DraftState>();
const listeners = new Set<(key: string) => void>();

export function draftOf(key: string): string {
  return drafts.getState()[key] ?? recall(storageKey(key)) ?? '';
}

/** Somebody here has written. */
export function setDraft(key: string, text: string): void {
  if (text === draftOf(key)) return;
  show(key, text);
  noteWritten(key);
  for (const listener of listeners) listener(key);
}

/** Files that stand with the gateway and go with the draft. */
export function draftFiles(key: string): readonly Attachment[] {
  return recallJson(filesKey(key), isFiles) ?? none;
}

/** Somebody here has added files or taken some away. */
export function setDraftFiles(key: string, files: readonly Attachment[]): void {
  if (sameFiles(files, draftFiles(key))) return;
  keepFiles(key, files);
  noteWritten(key);
  for (const listener of listeners) listener(key);
}

const sameFiles = (some: readonly Attachment[], others: readonly Attachment[]): boolean =>
  some.length === others.length && some.every((one, at) => one.attachment_id === others[at]?.attachment_id);

function keepFiles(key: string, files: readonly Attachment[]): void {
  remember(filesKey(key), files.length === 0 ? null : JSON.stringify(files));
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

type Content = Pick<Draft, 'attachments' | 'rev' | 'text'>;

/** The gateway has this one: it is shown. */
export function takeDraft(key: string, { text, attachments, rev }: Content): void {
  show(key, text);
  keepFiles(key, attachments);
  note(key, { rev, changedAt: null });
}

/** The gateway has what stands here, unless it was changed since. */
export function keptDraft(key: string, { text, attachments, rev }: Content): void {
  const same = draftOf(key) === text && sameFiles(draftFiles(key), attachments);
  note(key, same ? { rev, changedAt: null } : { ...draftState(key), rev });
}

/** The words here belong on top of the draft of this count, whenever they were written. */
export function changeDraftAnew(key: string, { text, attachments, rev }: Content): void {
  show(key, text);
  keepFiles(key, attachments);
  note(key, { rev, changedAt: Date.now() });
}

/**
 * Another window or tab has this draft in another state now. It is shown here as well, unless somebody here wrote what is not in it: that is joined
 * where both go, with the gateway, or when this page is left.
 * @returns whether it was taken.
 */
export function followDraft(key: string): boolean {
  const state = recallJson(stateKey(key), isState);
  if (!state) return false;
  const text = recall(storageKey(key)) ?? '';
  const { changedAt } = draftState(key);
  if (changedAt !== null && state.from !== changedAt && !text.includes(draftOf(key).trim())) return false;
  if (text !== draftOf(key)) drafts.setState({ [key]: text });
  states.set(key, state);
  return true;
}

/** What was written here and lies under what another window or tab wrote since is joined with it, before this page goes. */
export function leaveDrafts(): void {
  for (const [key, { changedAt }] of states) {
    const kept = recall(storageKey(key)) ?? '';
    const own = drafts.getState()[key] ?? '';
    if (changedAt === null || kept === own) continue;
    remember(storageKey(key), mergedDraft(kept, own));
    remember(stateKey(key), JSON.stringify({ rev: draftState(key).rev, changedAt: Date.now() } satisfies DraftState));
  }
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

function noteWritten(key: string): void {
  const { rev, changedAt: from } = draftState(key);
  note(key, { rev, changedAt: Date.now(), from });
}

function note(key: string, state: DraftState): void {
  states.set(key, state);
  remember(stateKey(key), JSON.stringify(state));
}

export { drafts };
