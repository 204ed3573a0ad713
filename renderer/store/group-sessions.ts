import type { SessionSummary } from '../../main/protocol/views.ts';

export interface SessionGroup {
  readonly cwd: string;
  readonly sessions: readonly SessionSummary[];
}

/**
 * The sessions of the list by folder, in the order of `compareSessions`: folders by their first session.
 * @param search - words that must all be found in title, folder or preview, in any case.
 */
export function groupSessions(sessions: Iterable<SessionSummary>, search: string, archived: boolean): SessionGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = [...sessions].filter((session) => {
    if (session.archived !== archived) return false;
    const text = `${session.title}\n${session.cwd}\n${session.preview}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  matching.sort(compareSessions);
  const groups = new Map<string, SessionSummary[]>();
  for (const session of matching) {
    const group = groups.get(session.cwd);
    if (group) group.push(session);
    else groups.set(session.cwd, [session]);
  }
  // A map keeps the order in which its keys came: that of the first session of each.
  return [...groups].map(([cwd, list]) => ({ cwd, sessions: list }));
}

/**
 * What waits for a person first, then what an agent is at work on, then the latest. A turn counts from when it began until it has ended, not from
 * each of its steps: rows of agents at work would change places under the hand several times a second.
 */
export function compareSessions(a: SessionSummary, b: SessionSummary): number {
  return rank(a) - rank(b) || movedAt(b) - movedAt(a);
}

/** Those that wait for a person, in the order of the list. */
export function waitingSessions(sessions: Iterable<SessionSummary>): readonly SessionSummary[] {
  return groupSessions(sessions, '', false).flatMap((group) =>
    group.sessions.filter((one) => one.status === 'waiting'),
  );
}

/** The first of them, all that wait or run, and the one that is open wherever it stands. */
export function shownOf(
  sessions: readonly SessionSummary[],
  most: number,
  open: SessionSummary['session_id'] | null,
): readonly SessionSummary[] {
  const count = Math.max(most, sessions.findLastIndex((one) => rank(one) < quiet) + 1);
  if (sessions.length <= count) return sessions;
  const first = sessions.slice(0, count);
  const current = sessions.slice(count).find((one) => one.session_id === open);
  return current ? [...first, current] : first;
}

function movedAt({ running_since, updated_at }: SessionSummary): number {
  return running_since ?? updated_at;
}

/** Of those in which nothing goes on. */
const quiet = 2;

function rank({ status }: SessionSummary): number {
  return status === 'waiting' ? 0 : status === 'running' ? 1 : quiet;
}

/** Folders in which there were sessions, last used first. */
export function recentFolders(sessions: Iterable<SessionSummary>, count: number): string[] {
  const sorted = [...sessions].sort((a, b) => b.updated_at - a.updated_at);
  return [...new Set(sorted.map((session) => session.cwd))].slice(0, count);
}
