import type { Db } from '../../main/storage/open-database.ts';
import { commitAll, openFresh } from './log.ts';
import { sessionEvents } from './session-events.ts';

export const count = 10_000;
/** The facts of one long session. */
export const events = sessionEvents(count);

/** A log that holds them. */
export const reference: Db = openFresh();
commitAll(reference, events, 100);

/** Its rows, in order. */
export const rows = reference
  .prepare<[], { seq: number; body: string; hash: Buffer }>('SELECT seq, body, hash FROM events ORDER BY seq')
  .all();
if (rows.length !== count) throw new Error(`the log holds ${rows.length} of ${count} events`);

/** Bytes of all of them, without what frames and rows add. */
export const bodyBytes = rows.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);

/** Milliseconds that `work` takes. */
export function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
