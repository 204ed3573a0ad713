import type { SessionId, TurnId } from '../../main/protocol/ids.ts';
import type { Client } from './client.ts';

/** Stops this turn and no other: an answer may be late, and by the time the command arrives the next turn may run. */
export async function stopTurn(client: Client, sessionId: SessionId, turnId: TurnId): Promise<void> {
  const answer = await client.request({ type: 'abort', session_id: sessionId, turn_id: turnId });
  // It ended by itself before the command came: what was wanted has happened.
  if (!answer.ok && answer.problem.code !== 'no_active_turn') client.report(answer.problem, sessionId);
}
