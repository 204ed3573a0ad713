import { createStore } from 'zustand/vanilla';
import { isStrings, recallJson, remember } from './storage.ts';

/** Folders of the session list that are folded, on this device. */
export const collapsedFolders = createStore<ReadonlySet<string>>(() => new Set(recallJson('folded', isStrings) ?? []));

/** Folds a folder, or opens it again. */
export function foldFolder(cwd: string, folded: boolean): void {
  const next = new Set(collapsedFolders.getState());
  if (folded) next.add(cwd);
  else next.delete(cwd);
  remember('folded', next.size === 0 ? null : JSON.stringify([...next]));
  collapsedFolders.setState(next, true);
}
