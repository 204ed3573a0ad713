import { createStore } from 'zustand/vanilla';
import type { SessionId } from '../../main/protocol/ids.ts';

/** The session whose title a person asked to change; its header takes it from here. */
export const renameAsked = createStore<{ sessionId: SessionId | null }>(() => ({ sessionId: null }));

export function askForTitle(sessionId: SessionId | null): void {
  renameAsked.setState({ sessionId });
}
