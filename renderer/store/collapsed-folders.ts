import { createStore } from 'zustand/vanilla';
import { isStrings, onRememberedElsewhere, recallJson, remember } from './storage.ts';

const kept = (): Set<string> => new Set(recallJson('folded', isStrings) ?? []);

/** Folders of the session list that are folded, on this device. */
export const collapsedFolders = createStore<ReadonlySet<string>>(kept);

/** Folds a folder, or opens it again. */
export function foldFolder(cwd: string, folded: boolean): void {
  // As it is now, which another window or tab may have changed.
  const next = kept();
  if (folded) next.add(cwd);
  else next.delete(cwd);
  remember('folded', next.size === 0 ? null : JSON.stringify([...next]));
  collapsedFolders.setState(next, true);
}

onRememberedElsewhere('folded', () => collapsedFolders.setState(kept(), true));
