import type { DoctorReport } from '../protocol/views.ts';
import type { Db } from './open-database.ts';

export type NotUnderstood = NonNullable<DoctorReport['not_understood']>[number];

/** Kinds that are kept; the one heard of last goes first. */
const keptKinds = 50;

export interface NotUnderstoodStore {
  /** One more of this kind. @param sample - redacted and cut by the caller. */
  add(one: Omit<NotUnderstood, 'count'>): void;
  /** Newest first. */
  list(): NotUnderstood[];
}

/** The only writer of `not_understood`. A CLI's adapter tells each kind once for a conversation, so this is written to rarely. */
export function createNotUnderstoodStore(db: Db): NotUnderstoodStore {
  const add = db.prepare(`
    INSERT INTO not_understood (provider, version, what, count, last_at, session_id, sample) VALUES (?, ?, ?, 1, ?, ?, ?)
    ON CONFLICT (provider, version, what) DO UPDATE SET
      count = count + 1, last_at = excluded.last_at, session_id = excluded.session_id, sample = excluded.sample`);
  const forget = db.prepare(`
    DELETE FROM not_understood WHERE (provider, version, what) NOT IN
      (SELECT provider, version, what FROM not_understood ORDER BY last_at DESC, what LIMIT ${keptKinds})`);
  const list = db.prepare<[], Omit<NotUnderstood, 'version'> & { version: string }>(
    'SELECT provider, version, what, count, last_at, session_id, sample FROM not_understood ORDER BY last_at DESC, what',
  );
  return {
    add({ provider, version, what, last_at, session_id, sample }) {
      db.transaction(() => {
        add.run(provider, version ?? '', what, last_at, session_id, sample);
        forget.run();
      })();
    },
    list: () => list.all().map((row) => ({ ...row, version: row.version === '' ? null : row.version })),
  };
}
