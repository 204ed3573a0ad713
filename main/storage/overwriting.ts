import type { Db } from './open-database.ts';

/** Does work in which rows are deleted for good: the room they took is overwritten, not only given free (SQLite's `secure_delete`). */
export function overwriting<T>(db: Db, work: () => T): T {
  db.pragma('secure_delete = ON');
  try {
    return work();
  } finally {
    db.pragma('secure_delete = OFF');
  }
}
