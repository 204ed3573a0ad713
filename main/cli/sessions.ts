import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import type { SessionSummary } from '../protocol/views.ts';
import type { Client } from './client.ts';
import { ago, table } from './output.ts';

/** The list of sessions, newest first. */
export async function listSessions(client: Client): Promise<Result<SessionSummary[], Problem>> {
  const before = client.onPush;
  const listed = new Promise<SessionSummary[]>((resolve) => {
    client.onPush = (frame) => {
      if (frame.type === 'sessions') resolve(frame.sessions);
      else before(frame);
    };
  });
  const watching = await client.ask({ type: 'watch_sessions' });
  if (!watching.ok) return watching;
  const sessions = await Promise.race([listed, client.closed.then(() => null)]);
  client.onPush = before;
  if (sessions) return ok(sessions);
  return err({
    code: 'shutting_down',
    message: 'The connection to Quarterdeck was lost.',
    next: 'Run the command again.',
  });
}

/** The session of this id, or of the only one that begins like this. */
export async function findSession(client: Client, id: string): Promise<Result<SessionSummary, Problem>> {
  const sessions = await listSessions(client);
  if (!sessions.ok) return sessions;
  const exact = sessions.value.find((session) => session.session_id === id);
  if (exact) return ok(exact);
  const beginning = id.length >= 8 ? sessions.value.filter((session) => session.session_id.startsWith(id)) : [];
  if (beginning.length === 1) return ok(beginning[0]!);
  return err({
    code: 'not_found',
    message: beginning.length > 1 ? `${beginning.length} sessions begin with "${id}".` : `There is no session "${id}".`,
    impact: 'Nothing was done.',
    next: 'Run `sessions` to see the ids.',
  });
}

export function sessionsTable(sessions: SessionSummary[], now: number): string {
  if (sessions.length === 0) return 'There are no sessions yet. `send TEXT` begins one.';
  return table(
    ['ID', 'STATUS', 'AGENT', 'MODE', 'CHANGED', 'FOLDER', 'TITLE'],
    sessions.map((session) => [
      session.session_id,
      session.archived ? 'archived' : session.status,
      session.provider,
      session.mode,
      ago(session.updated_at, now),
      session.cwd,
      session.title,
    ]),
  );
}
