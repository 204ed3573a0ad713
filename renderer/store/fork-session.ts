import type { SessionId } from '../../main/protocol/ids.ts';
import type { Client } from './client.ts';
import { go } from './route.ts';

/** Branches a session off before event `beforeSeq` (null: at its end) and opens it. @returns the new session, or null when it was refused. */
export async function forkSession(
  client: Client,
  sessionId: SessionId,
  beforeSeq: number | null,
): Promise<SessionId | null> {
  const answer = await client.request<{ session_id: SessionId }>({
    type: 'fork_session',
    session_id: sessionId,
    before_seq: beforeSeq,
  });
  if (!answer.ok) {
    client.report(answer.problem, sessionId);
    return null;
  }
  go({ name: 'session', sessionId: answer.value.session_id });
  return answer.value.session_id;
}
