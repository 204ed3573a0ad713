import { createStore } from 'zustand/vanilla';
import { recallJson, remember } from './storage.ts';

/** Folders of the session list that are folded, on this device. */
const isFolders = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

export const collapsedFolders = createStore<ReadonlySet<string>>(() => new Set(recallJson('folded', isFolders) ?? []));

/** Folds a folder, or opens it again. */
export function foldFolder(cwd: string, folded: boolean): void {
  const next = new Set(collapsedFolders.getState());
  if (folded) next.add(cwd);
  else next.delete(cwd);
  remember('folded', next.size === 0 ? null : JSON.stringify([...next]));
  collapsedFolders.setState(next, true);
}
