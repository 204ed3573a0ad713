import { copyFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import { namedFiles } from './attachment-uses.ts';
import { isSound, listBackups } from './backups.ts';
import { bringBackFiles } from './kept-files.ts';
import { type Db, openDatabase } from './open-database.ts';

/** Up to this size the whole file is checked at every start (about 1 ms per 2 MB); a larger one only when it was not closed cleanly. */
const alwaysCheckBytes = 32 * 1_048_576;

const damageCodes = new Set([
  'SQLITE_CORRUPT',
  'SQLITE_NOTADB',
  'SQLITE_CORRUPT_VTAB',
  'SQLITE_CORRUPT_INDEX',
  'SQLITE_CORRUPT_SEQUENCE',
]);

/** Says the file itself is broken, as opposed to a full disk or a missing right. */
export function isDamage(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return (
    (typeof code === 'string' && (damageCodes.has(code) || code.startsWith('SQLITE_CORRUPT'))) ||
    (error as Error | null)?.name === 'DamagedDatabase'
  );
}

function openAndCheck(path: string, checkAll: boolean): Db {
  const db = openDatabase(path);
  try {
    const { size } = statSync(path);
    if (checkAll || size <= alwaysCheckBytes) {
      const answer = db.pragma('quick_check(1)', { simple: true });
      if (answer !== 'ok') throw Object.assign(new Error(String(answer)), { name: 'DamagedDatabase' });
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export interface Opened {
  db: Db;
  /** What the person has to know: a damaged file was set aside, which backup was opened. */
  notices: Problem[];
  /** A backup, or nothing, stands in the place of what was here. */
  recovered: boolean;
}

/**
 * Opens the database. A damaged one is never replaced or emptied: it is renamed with everything that belongs to it, the newest backup that is
 * whole is copied into its place, and the notices say so.
 * @param attachments - folder of the files of messages; those that the backup names and that are gone come back with it.
 * @throws {Error} for everything that is not damage (no right to write, full disk, newer schema).
 */
export function openWithRecovery(
  path: string,
  backupFolder: string,
  now: number,
  unclean: boolean,
  attachments: string | null = null,
): Opened {
  const existed = existsSync(path);
  // Backups without a database: it was lost, or a recovery was cut off half-way. An empty list of sessions would be a lie.
  if (!existed && listBackups(backupFolder).length > 0) return restore(path, backupFolder, now, null, attachments);
  try {
    return { db: openAndCheck(path, existed && unclean), notices: [], recovered: false };
  } catch (error) {
    if (!existed || !isDamage(error)) throw error;
    return restore(path, backupFolder, now, error as Error, attachments);
  }
}

/** Sets the damaged files aside (where there are any) and opens the newest sound backup, or an empty database. */
function restore(
  path: string,
  backupFolder: string,
  now: number,
  damage: Error | null,
  attachments: string | null,
): Opened {
  const backup = listBackups(backupFolder).find((one) => isSound(one.path));
  // The copy is whole before anything is moved: on a full disk the damaged database stays where it is.
  const copy = `${path}.restore`;
  if (backup) copyFileSync(backup.path, copy);
  const aside = `${path}.damaged-${now}`;
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  if (backup) renameSync(copy, path);
  const db = openAndCheck(path, false);
  if (backup && attachments !== null) {
    try {
      bringBackFiles(namedFiles(db), attachments, backupFolder);
    } catch {
      // A full disk: what is missing is shown as missing where it stands, and the sessions are more than their files.
    }
  }
  const made = backup && new Date(backup.madeAt).toISOString().slice(0, 16).replace('T', ' ');
  const notice: Problem = {
    code: 'storage_failed',
    say: say('database.recovered', { damaged: damage ? 1 : 0, backup: made ?? '', file: basename(aside) }),
    message: damage ? 'The database was damaged.' : 'The database was missing.',
    impact: made
      ? `The backup of ${made} UTC was opened; what came after it is missing here, and API keys and permissions are as they were then.`
      : 'There was no whole backup, so Quarterdeck starts with an empty list of sessions.',
    next: damage
      ? `The damaged file was kept as ${basename(aside)} next to the new one; a SQLite recovery tool can often read it.`
      : 'If you moved it, stop Quarterdeck, put it back as quarterdeck.db, and start again.',
    detail: damage ? `${aside}: ${damage.message}` : path,
  };
  return { db, notices: [notice], recovered: true };
}
