import { createStore } from 'zustand/vanilla';
import { recall, remember } from './storage.ts';

/** Words that were typed and not sent, by session (`new` for the session that does not exist yet). Kept over restarts of the page. */
const drafts = createStore<Readonly<Record<string, string>>>(() => ({}));

const storageKey = (key: string): string => `draft.${key}`;

export function draftOf(key: string): string {
  return drafts.getState()[key] ?? recall(storageKey(key)) ?? '';
}

export function setDraft(key: string, text: string): void {
  drafts.setState({ [key]: text });
  remember(storageKey(key), text === '' ? null : text);
}

export { drafts };
