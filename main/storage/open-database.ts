import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrations } from './migrations/index.ts';

export type { Database };
export type Db = Database.Database;

/**
 * Opens the database of this home and brings its schema up to date. WAL, and `synchronous=FULL`: a commit that returned survives a power cut.
 * @throws {Error} SqliteError when the file is damaged, not writable, or on a full disk.
 */
export function openDatabase(path: string): Db {
  const db = new Database(path);
  try {
    // Before WAL: its files take over the rights of the database.
    chmodSync(path, 0o600);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('busy_timeout = 5000');
    db.pragma('foreign_keys = ON');
    // 4 MB of page cache: the log is read in ranges, a larger one only costs memory.
    db.pragma('cache_size = -4000');
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Applies what is missing, each step in a transaction of its own. `user_version` holds the id of the last one. */
export function migrate(db: Db): void {
  const current = db.pragma('user_version', { simple: true }) as number;
  const newest = migrations[migrations.length - 1]?.id ?? 0;
  if (current > newest) {
    throw new Error(
      `schema_too_new: the database has schema ${current}, this version of Quarterdeck knows up to ${newest}`,
    );
  }
  for (const { id, sql } of migrations) {
    if (id <= current) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${id}`);
    })();
  }
}
