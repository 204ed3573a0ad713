import { createStore } from 'zustand/vanilla';
import type { SessionId } from '../../main/protocol/ids.ts';

/** How often a person asked to see the goal of a session, or to be asked for one. */
export const goalAsked = createStore<Readonly<Record<string, number | undefined>>>(() => ({}));

/** Opens the goal of a session where it has one, else the form for a new one. */
export function askForGoal(sessionId: SessionId): void {
  goalAsked.setState((asked) => ({ [sessionId]: (asked[sessionId] ?? 0) + 1 }));
}
