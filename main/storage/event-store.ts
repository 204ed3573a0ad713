import { damagedBody, looksWhole } from '../orchestrator/damaged-event.ts';
import type { EventStore, Receipt } from '../orchestrator/ports.ts';
import type { DurableEvent, OpenItemKind } from '../protocol/events.ts';
import type { SessionId, TurnId } from '../protocol/ids.ts';
import type { SessionSummary } from '../protocol/views.ts';
import { apply } from '../sessions/apply.ts';
import { emptyState } from '../sessions/state.ts';
import { summarize } from '../sessions/summary.ts';
import { approvalReader, approvalWriter } from './approval-index.ts';
import { attachmentUseWriter } from './attachment-uses.ts';
import { chainHash, genesisHash } from './hash-chain.ts';
import type { Db } from './open-database.ts';
import { ruleWriter, sessionRuleWriter } from './rule-store.ts';
import { sessionRemover } from './session-removal.ts';
import { storageError } from './storage-error.ts';
import { verifyLog } from './verify.ts';

/** Null for one that was damaged on disk. */
function readSummary(summary: string): SessionSummary | null {
  try {
    return JSON.parse(summary) as SessionSummary;
  } catch {
    return null;
  }
}

/** A summary is derived: it is made again from the events, as far as they can be read. `verify` names the one that cannot. */
function rebuildSummary(session_id: SessionId, bodies: Iterable<string>): SessionSummary {
  let state = emptyState(session_id);
  try {
    for (const body of bodies) state = apply(state, JSON.parse(body) as DurableEvent);
  } catch {
    // What came before stands.
  }
  return summarize(state);
}

/** The append-only log over SQLite. The only writer of `sessions`, `events`, `receipts`,
 * `approvals`, `session_rules`, `attachment_uses` and `open_item_chunks`, but for a session that is deleted as a whole (see session-removal.ts). */
export function createEventStore(db: Db): EventStore {
  const selectHead = db.prepare<[string], { head_seq: number; head_hash: Buffer }>(
    'SELECT head_seq, head_hash FROM sessions WHERE session_id = ?',
  );
  const insertEvent = db.prepare('INSERT INTO events (session_id, seq, body, hash) VALUES (?, ?, ?, ?)');
  const upsertSession = db.prepare(
    `INSERT INTO sessions (session_id, head_seq, head_hash, updated_at, summary) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (session_id) DO UPDATE SET head_seq = excluded.head_seq, head_hash = excluded.head_hash,
       updated_at = excluded.updated_at, summary = excluded.summary`,
  );
  const insertReceipt = db.prepare('INSERT INTO receipts (command_id, digest, result, ts) VALUES (?, ?, ?, ?)');
  const selectReceipt = db.prepare<[string], Receipt>(
    'SELECT command_id, digest, result FROM receipts WHERE command_id = ?',
  );
  const insertRule = ruleWriter(db);
  const sessionRules = sessionRuleWriter(db);
  const noteApprovals = approvalWriter(db);
  const noteAttachments = attachmentUseWriter(db);
  const readApprovals = approvalReader(db);
  const remove = sessionRemover(db);
  const deleteReceipts = db.prepare('DELETE FROM receipts WHERE ts < ?');
  // Only the bodies: a column less, and no object of SQLite's making for each row, is half the time of a replay.
  const selectBodies = db
    .prepare<[string, number, number], string>(
      'SELECT body FROM events WHERE session_id = ? AND seq > ? ORDER BY seq LIMIT ?',
    )
    .pluck();
  const selectSummaries = db.prepare<[], { session_id: SessionId; summary: string }>(
    'SELECT session_id, summary FROM sessions ORDER BY updated_at DESC',
  );
  const insertChunk = db.prepare(
    `INSERT OR REPLACE INTO open_item_chunks (session_id, item_id, "offset", turn_id, kind, opened, text) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const deleteChunks = db.prepare('DELETE FROM open_item_chunks WHERE session_id = ? AND item_id = ?');
  const selectChunks = db.prepare<[string], { item_id: string; kind: OpenItemKind; turn_id: TurnId; text: string }>(
    `SELECT item_id, kind, turn_id, text FROM open_item_chunks WHERE session_id = ? ORDER BY opened, item_id, "offset"`,
  );
  const nextOpened = db.prepare<[], { next: number }>(
    'SELECT coalesce(max(opened), 0) + 1 AS next FROM open_item_chunks',
  );
  const openedAs = db.prepare<[string, string], { opened: number }>(
    'SELECT opened FROM open_item_chunks WHERE session_id = ? AND item_id = ? LIMIT 1',
  );

  const guarded =
    <A extends unknown[], R>(work: (...args: A) => R) =>
    (...args: A): R => {
      try {
        return work(...args);
      } catch (error) {
        throw storageError(error);
      }
    };

  const append = db.transaction((write: Parameters<EventStore['append']>[0]): string => {
    const head = selectHead.get(write.session_id);
    let seq = head?.head_seq ?? 0;
    let hash: Uint8Array = head?.head_hash ?? genesisHash;
    for (const event of write.events) {
      if (event.seq !== seq + 1) throw new RangeError(`event ${event.seq} after ${seq} of ${write.session_id}`);
      hash = chainHash(hash, event.body);
      insertEvent.run(write.session_id, event.seq, event.body, hash);
      noteAttachments(write.session_id, event.body);
      seq = event.seq;
    }
    if (write.events.length > 0) {
      upsertSession.run(write.session_id, seq, hash, write.ts, JSON.stringify(write.summary));
    }
    for (const item of write.closedItems ?? []) deleteChunks.run(write.session_id, item);
    for (const rule of write.folderRules ?? []) insertRule(rule);
    for (const rule of write.sessionRules ?? []) sessionRules.add(rule);
    for (const rule_id of write.removedRules ?? []) sessionRules.remove(rule_id);
    noteApprovals(write.session_id, write.approvals ?? []);
    if (write.receipt)
      insertReceipt.run(write.receipt.command_id, write.receipt.digest, write.receipt.result, write.ts);
    return Buffer.from(hash).toString('hex');
  });

  const checkpoint = db.transaction((chunks: Parameters<EventStore['checkpoint']>[0]): void => {
    for (const chunk of chunks) {
      const opened = openedAs.get(chunk.session_id, chunk.item_id)?.opened ?? nextOpened.get()?.next ?? 1;
      if (chunk.offset === 0) deleteChunks.run(chunk.session_id, chunk.item_id);
      insertChunk.run(chunk.session_id, chunk.item_id, chunk.offset, chunk.turn_id, chunk.kind, opened, chunk.text);
    }
  });

  return {
    append: guarded((write) => append.immediate(write)),
    checkpoint: guarded((chunks) => {
      if (chunks.length === 0) return;
      // Not a fact: it has to outlive this process, not a power cut, and ten waits for the disk a second would hold up every delta.
      db.pragma('synchronous = NORMAL');
      try {
        checkpoint.immediate(chunks);
      } finally {
        db.pragma('synchronous = FULL');
      }
    }),
    // Numbers have no gaps: `append` takes only the next one.
    read: (session_id, afterSeq, limit) =>
      selectBodies.all(session_id, afterSeq, limit).map((body, at) => {
        const seq = afterSeq + 1 + at;
        return { seq, body: looksWhole(body) ? body : damagedBody(session_id, seq) };
      }),
    head(session_id) {
      const row = selectHead.get(session_id);
      return row ? { seq: row.head_seq, hash: row.head_hash.toString('hex') } : null;
    },
    summaries: () =>
      selectSummaries
        .all()
        .map(
          ({ session_id, summary }) =>
            readSummary(summary) ?? rebuildSummary(session_id, selectBodies.iterate(session_id, 0, -1)),
        ),
    receipt: (command_id) => selectReceipt.get(command_id) ?? null,
    forgetReceipts: guarded((before) => {
      deleteReceipts.run(before);
    }),
    openItems(session_id) {
      const items = new Map<string, { item_id: string; kind: OpenItemKind; turn_id: TurnId; text: string }>();
      for (const row of selectChunks.all(session_id)) {
        const item = items.get(row.item_id);
        if (item) item.text += row.text;
        else items.set(row.item_id, { ...row });
      }
      return [...items.values()];
    },
    approvals: readApprovals,
    remove: guarded(remove),
    verify: (session_id) => verifyLog(db, session_id),
  };
}
