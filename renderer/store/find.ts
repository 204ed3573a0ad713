import { createStore } from 'zustand/vanilla';
import type { SessionId } from '../../main/protocol/ids.ts';

/** What is looked for in a conversation. */
export interface FindQuestion {
  readonly sessionId: SessionId;
  readonly text: string;
  /** Any of these counts, as a search over everything found them; null: the text as it was typed. */
  readonly words: readonly string[] | null;
  /** The event from which on the first hit is wanted; null: from where the person reads. */
  readonly seq: number | null;
  /** Grows each time somebody asks, so that asking again brings the field back. */
  readonly asked: number;
}

export const findStore = createStore<{ readonly question: FindQuestion | null }>(() => ({ question: null }));

let asked = 0;

/** Opens the search in a session; what was looked for there before is still in it. */
export function openFind(sessionId: SessionId, from?: Pick<FindQuestion, 'text' | 'words' | 'seq'>): void {
  const { question } = findStore.getState();
  const before = question?.sessionId === sessionId ? question : { text: '', words: null, seq: null };
  asked += 1;
  findStore.setState({ question: { ...before, ...from, sessionId, asked } });
}

/** @param text - as it is typed from now on. */
export function typeFind(text: string): void {
  const { question } = findStore.getState();
  if (question) findStore.setState({ question: { ...question, text, words: null, seq: null } });
}

export function closeFind(): void {
  findStore.setState({ question: null });
}

const special = /[\\^$.*+?()[\]{}|/]/g;
/** Between two words there may be a line's end, or marks of Markdown nobody sees. */
const between = '[\\s*_`~]+';

/** What a question finds, in any case. @returns null: nothing is asked. */
export function findPattern({ text, words }: Pick<FindQuestion, 'text' | 'words'>): RegExp | null {
  const phrases = (words ?? [text]).flatMap((phrase) => {
    const parts = phrase.split(/\s+/).filter(Boolean);
    return parts.length === 0 ? [] : [parts.map((part) => part.replace(special, '\\$&')).join(between)];
  });
  if (phrases.length === 0) return null;
  // Of two that begin alike, the longer one.
  return new RegExp(phrases.sort((a, b) => b.length - a.length).join('|'), 'giu');
}
