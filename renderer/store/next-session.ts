import type { SessionSummary } from '../../main/protocol/views.ts';
import type { Client } from './client.ts';
import { groupSessions, waitingSessions } from './group-sessions.ts';
import { go, routeStore } from './route.ts';

const open = (): string | null => {
  const route = routeStore.getState();
  return route.name === 'session' ? route.sessionId : null;
};

function goToNextOf(sessions: readonly SessionSummary[], by: 1 | -1): void {
  if (sessions.length === 0) return;
  const at = sessions.findIndex((one) => one.session_id === open());
  const from = at < 0 && by < 0 ? 0 : at;
  const next = sessions[(from + by + sessions.length) % sessions.length]!;
  go({ name: 'session', sessionId: next.session_id });
}

/** The session below (1) or above (-1) the open one in the list, around its ends. */
export function goToNeighbour(client: Client, by: 1 | -1): void {
  const groups = groupSessions(client.sessions.getState().byId.values(), '', false);
  goToNextOf(
    groups.flatMap((group) => group.sessions),
    by,
  );
}

/** The next session in which something waits for a person. */
export function goToWaiting(client: Client): void {
  goToNextOf(waitingSessions(client.sessions.getState().byId.values()), 1);
}
