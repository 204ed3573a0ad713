import type { Said } from './reading/read-file.ts';
import type { Db } from './vault/open-vault.ts';

/** How far the CLI's clock in its file and ours in the log may be apart, milliseconds, before and after a turn. */
const slackBefore = 3000;
const slackAfter = 2000;

/** Another program writes to the conversation that a session of this app goes on with. */
export interface OtherWriter {
  readonly session_id: string;
  readonly provider: string;
  readonly import_id: string;
  /** Milliseconds since 1970. */
  readonly ts: number;
}

/**
 * Which of these words were said to a conversation of one of our sessions by somebody else: no turn of ours ran when they were said, and no
 * session of ours said them. The log has to be taken over before (`LogIndex.update`).
 */
export function createOtherWriterCheck(db: Db): (said: readonly Said[]) => OtherWriter[] {
  const goingOn = db.prepare<
    [string, string],
    { session_id: string; since: number; warned_at: number; last_turn: number }
  >(
    `SELECT session_id, since, warned_at,
       (SELECT coalesce(max(ended_at), 0) FROM log_turns t WHERE t.session_id = log_bindings.session_id) AS last_turn
     FROM log_bindings JOIN log_sessions USING (session_id)
     WHERE log_bindings.provider = ? AND provider_session_id = ? AND current = 1`,
  );
  const duringTurn = db
    .prepare<[string, string, number, number], number>(
      `SELECT EXISTS (SELECT 1 FROM log_bindings JOIN log_turns USING (session_id)
         WHERE provider = ? AND provider_session_id = ? AND started_at <= ? AND coalesce(ended_at, 9e15) >= ?)`,
    )
    .pluck();
  const saidHere = db
    .prepare<[string, string, number], number>(
      `SELECT EXISTS (SELECT 1 FROM log_bindings b JOIN log_items i ON i.session_id = b.session_id
         WHERE b.provider = ? AND provider_session_id = ? AND kind = 'user' AND text_id = ?)`,
    )
    .pluck();
  return (said) => {
    const found = new Map<string, OtherWriter>();
    for (const { provider, provider_session_id, import_id, ts, text_id } of said) {
      const sessions = goingOn.all(provider, provider_session_id);
      if (sessions.length === 0) continue;
      const at = ts ?? Date.now();
      if (duringTurn.get(provider, provider_session_id, at + slackBefore, at - slackAfter)) continue;
      if (saidHere.get(provider, provider_session_id, text_id)) continue;
      for (const { session_id, since, warned_at, last_turn } of sessions) {
        // What came before a turn of ours, that turn went on from.
        if (at > since && at > warned_at && at > last_turn)
          found.set(session_id, { session_id, provider, import_id, ts: at });
      }
    }
    return [...found.values()];
  };
}
