import Database from 'better-sqlite3';

/** Held for the life of the process: a lock that nobody refers to any more would be collected, and with it released. */
const held = new Set<Database.Database>();

/**
 * One app per home. The lock is an exclusive transaction on a small database file of its own: the operating system holds it for exactly as long
 * as the process lives, so there is no stale lock after a crash and no pid to guess about.
 * @returns releases the lock; null when another process holds it.
 * @throws {Error} when the file cannot be made (read-only home, full disk).
 */
export function takeInstanceLock(path: string): (() => void) | null {
  const db = new Database(path, { timeout: 0 });
  try {
    // A rollback journal in memory: nothing is ever written, so nothing can be left behind.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  held.add(db);
  return () => {
    held.delete(db);
    db.close();
  };
}
