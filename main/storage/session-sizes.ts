import type { Db } from './open-database.ts';

export interface SessionSizes {
  largest: { session_id: string; bytes: number; events: number }[];
  /** Bytes of pages that nothing stands in. */
  unused: number;
}

/** How much the events of each session take, the largest first. Reads where they begin, not what is in them. */
export function measureSessions(db: Db, most: number): SessionSizes {
  const largest = db
    .prepare<[number], { session_id: string; bytes: number; events: number }>(
      `SELECT session_id, count(*) AS events, sum(octet_length(body) + length(hash)) AS bytes
       FROM events GROUP BY session_id ORDER BY bytes DESC LIMIT ?`,
    )
    .all(most);
  const free = db.pragma('freelist_count', { simple: true }) as number;
  const page = db.pragma('page_size', { simple: true }) as number;
  return { largest, unused: free * page };
}
