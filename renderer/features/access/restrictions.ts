import type { Restrictions } from '../../../main/protocol/access.ts';
import type { SessionId } from '../../../main/protocol/ids.ts';

/** What is typed and ticked about where a credential counts. */
export interface RestrictionsDraft {
  readonly narrowed: boolean;
  readonly folders: readonly string[];
  readonly sessions: readonly SessionId[];
}

export const unrestricted: RestrictionsDraft = { narrowed: false, folders: [], sessions: [] };

export const draftOfRestrictions = ({ workspaces, sessions }: Restrictions): RestrictionsDraft => ({
  narrowed: workspaces !== undefined || sessions !== undefined,
  folders: workspaces ?? [],
  sessions: sessions ?? [],
});

/** The restrictions a draft means; null when it says that it narrows and does not say to what. */
export function restrictionsOf({ narrowed, folders, sessions }: RestrictionsDraft): Restrictions | null {
  if (!narrowed) return {};
  if (folders.length === 0 && sessions.length === 0) return null;
  return {
    ...(folders.length > 0 ? { workspaces: [...folders] } : {}),
    ...(sessions.length > 0 ? { sessions: [...sessions] } : {}),
  };
}

/** Is it the whole path of a folder, on the one kind of system or the other? */
export const isAbsolute = (path: string): boolean => path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
