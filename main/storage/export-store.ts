import type { Db } from './open-database.ts';

export interface HashedEvent {
  readonly seq: number;
  readonly body: string;
  /** Hex. */
  readonly hash: string;
}

/** Reads the log with its hashes. @returns events after `after`, at most `count` of them and no more than `chars` characters, but one at least. */
export function createExportStore(db: Db) {
  const select = db.prepare<[string, number, number], { seq: number; body: string; hash: Buffer }>(
    'SELECT seq, body, hash FROM events WHERE session_id = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  return {
    read(session_id: string, after: number, count: number, chars: number): HashedEvent[] {
      const found: HashedEvent[] = [];
      let sum = 0;
      for (const { seq, body, hash } of select.iterate(session_id, after, count)) {
        sum += body.length;
        if (found.length > 0 && sum > chars) break;
        found.push({ seq, body, hash: hash.toString('hex') });
      }
      return found;
    },
  };
}
export type ExportStore = ReturnType<typeof createExportStore>;
