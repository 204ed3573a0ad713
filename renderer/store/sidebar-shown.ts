import { createStore } from 'zustand/vanilla';
import { recall, remember } from './storage.ts';

/** Whether the session list stands beside the conversation in a wide window. */
export const sidebarShown = createStore<{ shown: boolean }>(() => ({ shown: recall('sidebar') !== 'hidden' }));

export function showSidebar(shown: boolean): void {
  remember('sidebar', shown ? null : 'hidden');
  sidebarShown.setState({ shown });
}
