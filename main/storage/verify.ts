import type { VerifyReport } from '../protocol/views.ts';
import { chainHash, genesisHash } from './hash-chain.ts';
import type { Db } from './open-database.ts';

type SessionReport = VerifyReport['sessions'][number];

/**
 * Recomputes every hash from the bytes on disk and compares it with what is stored, and with the head the session knows. One altered byte, a
 * missing, added, moved or cut-off event is found and named by its `seq`.
 */
export function verifyLog(db: Db, only?: string): VerifyReport {
  const heads = new Map(
    db
      .prepare<[], { session_id: string; head_seq: number; head_hash: Buffer }>(
        'SELECT session_id, head_seq, head_hash FROM sessions',
      )
      .all()
      .map((row) => [row.session_id, row] as const),
  );
  const known = db
    .prepare<[], { session_id: string }>('SELECT DISTINCT session_id FROM events')
    .all()
    .map((row) => row.session_id);
  const ids = only === undefined ? [...new Set([...heads.keys(), ...known])].sort() : [only];
  const rows = db.prepare<[string], { seq: number; body: string; hash: Buffer }>(
    'SELECT seq, body, hash FROM events WHERE session_id = ? ORDER BY seq',
  );
  const sessions = ids.map((session_id): SessionReport => {
    const head = heads.get(session_id);
    let seq = 0;
    let hash: Uint8Array = genesisHash;
    const broken = (broken_at: number, reason: string): SessionReport => ({
      session_id,
      ok: false,
      events: seq,
      head: Buffer.from(hash).toString('hex'),
      broken_at,
      reason,
    });
    for (const row of rows.iterate(session_id)) {
      if (row.seq !== seq + 1) return broken(seq + 1, `event ${seq + 1} is missing`);
      const expected = chainHash(hash, row.body);
      if (!expected.equals(row.hash))
        return broken(row.seq, `event ${row.seq} is not what was written, or its hash was altered`);
      hash = expected;
      seq = row.seq;
    }
    if (!head) return broken(seq, seq === 0 ? 'there is no such session' : 'the events have no session');
    if (head.head_seq !== seq) return broken(seq + 1, `the log ends at ${seq}, but ${head.head_seq} was written`);
    if (!head.head_hash.equals(hash)) return broken(seq, 'the head of the session does not fit its last event');
    return { session_id, ok: true, events: seq, head: Buffer.from(hash).toString('hex') };
  });
  return { ok: sessions.every((session) => session.ok), sessions };
}
