import { chmodSync, existsSync, renameSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import type { Problem } from '../../protocol/errors.ts';
import { say } from '../../protocol/saying.ts';
import { isDamage } from '../../storage/recovery.ts';
import { steps } from './schema.ts';

export type Db = Database.Database;

/** Up to this size the whole file is checked when it is opened. */
const alwaysCheckBytes = 16 * 1_048_576;

export interface OpenedVault {
  db: Db;
  /** What the person has to know: a damaged vault was set aside. */
  notice: Problem | null;
}

/** Rights, journal and cache of every connection to the vault. What a power cut takes of it is read again. */
function open(path: string): Db {
  const db = new Database(path);
  try {
    chmodSync(path, 0o600);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('busy_timeout = 5000');
    db.pragma('cache_size = -16000');
    db.pragma('journal_size_limit = 67108864');
    migrate(db);
    if (statSync(path).size <= alwaysCheckBytes) {
      const answer = db.pragma('quick_check(1)', { simple: true });
      if (answer !== 'ok') throw Object.assign(new Error(String(answer)), { name: 'DamagedDatabase' });
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: Db): void {
  const current = db.pragma('user_version', { simple: true }) as number;
  const newest = steps[steps.length - 1]!.id;
  if (current > newest) {
    throw new Error(
      `The vault was written by a newer version of Quarterdeck (schema ${current}; this one knows ${newest}).`,
    );
  }
  for (const { id, sql } of steps) {
    if (id <= current) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${id}`);
    })();
  }
}

/** Opens the vault, or makes it. One that is damaged is kept beside the new one: conversations whose file is gone stand only there. */
export function openVault(path: string, now: number): OpenedVault {
  const existed = existsSync(path);
  try {
    return { db: open(path), notice: null };
  } catch (error) {
    if (!existed || !isDamage(error)) throw error;
    return { db: replaceVault(path, now), notice: damagedNotice(`${path}.damaged-${now}`, error as Error) };
  }
}

/** Sets the file aside with all that belongs to it, and makes an empty vault. */
export function replaceVault(path: string, now: number): Db {
  const aside = `${path}.damaged-${now}`;
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  return open(path);
}

export const damagedNotice = (aside: string, error: Error): Problem => ({
  code: 'storage_failed',
  say: say('imports.vaultDamaged', { file: basename(aside) }),
  message: 'The vault with the conversations of your CLIs was damaged.',
  impact:
    'It is being filled again from the CLIs’ own files. Your sessions here are not affected; conversations whose file is gone are missing in it.',
  next: `The damaged file was kept as ${basename(aside)}.`,
  detail: `${aside}: ${error.message}`,
});

/** A connection that only reads, and sees what was committed. */
export function openVaultReader(path: string): Db {
  const db = new Database(path, { readonly: true });
  db.pragma('busy_timeout = 5000');
  db.pragma('cache_size = -8000');
  return db;
}
