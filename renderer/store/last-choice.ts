import { createStore } from 'zustand/vanilla';
import type { PermissionMode } from '../../main/protocol/values.ts';
import { recallJson, remember } from './storage.ts';

/** What was chosen for a session, so that the next one needs fewer words. Full access is never carried over. */
export interface LastChoice {
  readonly provider?: string;
  /** Of that provider; null: its default. */
  readonly model?: string | null;
  readonly effort?: string | null;
  readonly mode?: PermissionMode;
}

interface Kept {
  /** Chosen last, wherever that was: for a folder that is new. */
  readonly anywhere: LastChoice;
  /** By folder, the one that was chosen in last at its end. */
  readonly folders: Readonly<Record<string, LastChoice>>;
}

/** Folders that are remembered. */
const most = 100;
const key = 'last-choices';
const isKept = (value: unknown): value is Kept =>
  typeof (value as Kept | null)?.anywhere === 'object' && typeof (value as Kept | null)?.folders === 'object';
const kept = (): Kept => recallJson(key, isKept) ?? { anywhere: {}, folders: {} };

/** How often something was chosen here: a choice that is answered late reaches a form that is open already. */
export const choicesMade = createStore<number>(() => 0);

/** What a session in this folder is to begin with: what was chosen there last, or else anywhere. */
export function lastChoice(folder: string): LastChoice {
  const { anywhere, folders } = kept();
  const { provider, mode } = anywhere;
  return Object.hasOwn(folders, folder) ? (folders[folder] ?? {}) : { provider, mode };
}

/** Keeps what was chosen in a folder. What is not named stays, but another agent knows nothing of the models of the one before. */
export function rememberChoice(folder: string, choice: LastChoice): void {
  const { folders } = kept();
  const before = lastChoice(folder);
  const stays = choice.provider === undefined || choice.provider === before.provider ? before : { mode: before.mode };
  const mode = choice.mode === 'full' ? before.mode : (choice.mode ?? before.mode);
  const now: LastChoice = { ...stays, ...choice, mode };
  const others = Object.entries(folders).filter(([other]) => other !== folder);
  const next: Kept = { anywhere: now, folders: Object.fromEntries([...others, [folder, now]].slice(-most)) };
  remember(key, JSON.stringify(next));
  choicesMade.setState((made) => made + 1);
}
