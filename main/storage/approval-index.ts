import type { ApprovalMark, ApprovalPlace, ApprovalsAsked } from '../orchestrator/ports.ts';
import type { ApprovalId, SessionId } from '../protocol/ids.ts';
import type { Db } from './open-database.ts';

/** Notes where requests and answers stand; part of the transaction that stores them. */
export function approvalWriter(db: Db): (session_id: SessionId, marks: readonly ApprovalMark[]) => void {
  // The copies in a fork belong to the session it comes from.
  const asked = db.prepare(
    'INSERT OR IGNORE INTO approvals (approval_id, session_id, requested_at, request_seq) VALUES (?, ?, ?, ?)',
  );
  const answered = db.prepare('UPDATE approvals SET answer_seq = ? WHERE approval_id = ? AND session_id = ?');
  return (session_id, marks) => {
    for (const { what, approval_id, seq, ts } of marks) {
      if (what === 'asked') asked.run(approval_id, session_id, ts, seq);
      else answered.run(seq, approval_id, session_id);
    }
  };
}

interface Row {
  approval_id: ApprovalId;
  session_id: SessionId;
  requested_at: number;
  request_seq: number;
  answer_seq: number | null;
}

/** Where approvals stand, newest request first. */
export function approvalReader(db: Db): (asked: ApprovalsAsked) => ApprovalPlace[] {
  const prepared = new Map<string, ReturnType<typeof prepare>>();
  const prepare = (where: string) =>
    db.prepare<Record<string, string | number>, Row>(
      `SELECT * FROM approvals WHERE (requested_at, approval_id) < (:ts, :id) ${where}
       ORDER BY requested_at DESC, approval_id DESC LIMIT :limit`,
    );
  return ({ status, session_id, approval_id: only, before, limit }) => {
    const state = status === 'pending' ? 'AND answer_seq IS NULL' : status ? 'AND answer_seq IS NOT NULL' : '';
    const where = `${state} ${session_id ? 'AND session_id = :session' : ''} ${only ? 'AND approval_id = :only' : ''}`;
    const query = prepared.get(where) ?? prepare(where);
    prepared.set(where, query);
    const { ts, approval_id } = before ?? { ts: Number.MAX_SAFE_INTEGER, approval_id: '' };
    return query
      .all({ ts, id: approval_id, limit, ...(session_id ? { session: session_id } : {}), ...(only ? { only } : {}) })
      .map(({ requested_at, ...row }) => ({ ...row, ts: requested_at }));
  };
}
