import { createStore } from 'zustand/vanilla';
import { go } from './route.ts';

/** What the form for a new session begins with, when it is opened for a purpose. */
export interface NewSessionStart {
  readonly cwd?: string;
  readonly provider?: string;
  readonly text?: string;
}

export const newSessionStart = createStore<{ start: NewSessionStart; opened: number }>(() => ({
  start: {},
  opened: 0,
}));

export function openNewSession(start: NewSessionStart): void {
  newSessionStart.setState(({ opened }) => ({ start, opened: opened + 1 }));
  go({ name: 'new' });
}

export function newSessionIn(cwd: string): void {
  openNewSession({ cwd });
}
