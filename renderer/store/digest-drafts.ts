import { createStore } from 'zustand/vanilla';
import type { SessionId } from '../../main/protocol/ids.ts';
import type { Client } from './client.ts';

/** What a person has made of a digest and not saved yet, by session. */
export const digestDrafts = createStore<Readonly<Record<string, string | undefined>>>(() => ({}));

export function setDigestDraft(sessionId: SessionId, text: string | undefined): void {
  digestDrafts.setState({ [sessionId]: text });
}

/**
 * Saves what was written, so that a message sent right after carries it: commands of one connection keep their order. What is refused is given
 * back, unless something else was written meanwhile. Resolves with the answer.
 */
export async function saveDigestDraft(client: Client, sessionId: SessionId): Promise<void> {
  const draft = digestDrafts.getState()[sessionId];
  if (draft === undefined) return;
  setDigestDraft(sessionId, undefined);
  const text = draft.trim() === '' ? null : draft;
  const answer = await client.act(sessionId, { type: 'set_digest', session_id: sessionId, text });
  if (!answer.ok && digestDrafts.getState()[sessionId] === undefined) setDigestDraft(sessionId, draft);
}
