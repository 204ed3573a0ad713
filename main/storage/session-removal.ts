import { attachmentLetGo } from './attachment-uses.ts';
import type { Db } from './open-database.ts';
import { overwriting } from './overwriting.ts';

/** Where something of a session stands, by the column that names it. The log itself is last: what derives from it goes before it. */
const places = [
  ['open_item_chunks', 'session_id'],
  ['approvals', 'session_id'],
  ['session_rules', 'session_id'],
  ['drafts', 'key'],
  ['cost_cursors', 'session_id'],
  ['session_costs', 'session_id'],
  ['ductor_chats', 'session_id'],
  ['not_understood', 'session_id'],
  ['attachment_uses', 'session_id'],
  ['events', 'session_id'],
  ['sessions', 'session_id'],
] as const;

/**
 * Takes a session out of every table, as a whole, in one transaction. The chain of a session begins and ends with it, so no other one is touched, and
 * none of its own is ever cut. What stays is the end of its chain, when it went, and why. The room it took is overwritten.
 * The files of its messages are noted as let go: whether something else names them is looked at when they are to be removed.
 */
export function sessionRemover(db: Db): (session_id: string, about: { ts: number; reason: string }) => void {
  const remember = db.prepare(
    `INSERT OR REPLACE INTO deleted_sessions (session_id, head_seq, head_hash, deleted_at, reason)
     SELECT session_id, head_seq, head_hash, ?, ? FROM sessions WHERE session_id = ?`,
  );
  const letGo = attachmentLetGo(db);
  const deletions = places.map(([table, column]) => db.prepare(`DELETE FROM ${table} WHERE ${column} = ?`));
  const remove = db.transaction((session_id: string, ts: number, reason: string) => {
    remember.run(ts, reason, session_id);
    letGo(session_id);
    for (const deletion of deletions) deletion.run(session_id);
  });
  return (session_id, { ts, reason }) => overwriting(db, () => remove.immediate(session_id, ts, reason));
}
