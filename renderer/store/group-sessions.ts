import type { SessionSummary } from '../../main/protocol/views.ts';

export interface SessionGroup {
  readonly cwd: string;
  readonly sessions: readonly SessionSummary[];
}

/**
 * The sessions of the list by folder, newest folder and newest session first. Inside a folder those that wait for a person come before all.
 * @param search - words that must all be found in title, folder or preview, in any case.
 */
export function groupSessions(sessions: Iterable<SessionSummary>, search: string, archived: boolean): SessionGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = [...sessions].filter((session) => {
    if (session.archived !== archived) return false;
    const text = `${session.title}\n${session.cwd}\n${session.preview}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  matching.sort((a, b) => rank(a) - rank(b) || b.updated_at - a.updated_at);
  const groups = new Map<string, SessionSummary[]>();
  for (const session of matching) {
    const group = groups.get(session.cwd);
    if (group) group.push(session);
    else groups.set(session.cwd, [session]);
  }
  const newest = (group: SessionGroup): number => Math.max(...group.sessions.map((one) => one.updated_at));
  return [...groups].map(([cwd, list]) => ({ cwd, sessions: list })).sort((a, b) => newest(b) - newest(a));
}

/** The first of them, and the one that is open wherever it stands. */
export function shownOf(
  sessions: readonly SessionSummary[],
  most: number,
  open: SessionSummary['session_id'] | null,
): readonly SessionSummary[] {
  if (sessions.length <= most) return sessions;
  const first = sessions.slice(0, most);
  const current = sessions.slice(most).find((one) => one.session_id === open);
  return current ? [...first, current] : first;
}

function rank(session: SessionSummary): number {
  return session.status === 'waiting' ? 0 : 1;
}

/** Folders in which there were sessions, last used first. */
export function recentFolders(sessions: Iterable<SessionSummary>, count: number): string[] {
  const sorted = [...sessions].sort((a, b) => b.updated_at - a.updated_at);
  return [...new Set(sorted.map((session) => session.cwd))].slice(0, count);
}
