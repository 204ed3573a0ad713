import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type BackupFile, BackupReason } from '../protocol/data.ts';
import type { Db } from './open-database.ts';

/** Newest automatic backups that are kept, however many there are of one day. */
const keepNewest = 3;
/** Copies of what was about to be replaced or deleted. */
const keepBefore = 3;
const dayMs = 86_400_000;
/** Pages copied before everybody else has their turn: 2 MB. */
const pagesAtOnce = 500;

const pattern = /^quarterdeck-(\d{13})(?:-([a-z-]+))?\.db$/;

/** A name as backups have it, also of one that is not there. */
export const isBackupName = (name: string): boolean => pattern.test(name);

export interface Backup {
  path: string;
  /** Milliseconds since 1970. */
  madeAt: number;
  reason: BackupReason;
}

/** The name of a backup says when it was made, and why; without a reason: by the clock. */
export const backupName = (madeAt: number, reason: BackupReason): string =>
  `quarterdeck-${madeAt}${reason === 'automatic' ? '' : `-${reason}`}.db`;

/** Newest first. */
export function listBackups(folder: string): Backup[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .flatMap((name) => {
      const [, made, why] = pattern.exec(name) ?? [];
      const reason = BackupReason.safeParse(why ?? 'automatic');
      return made && reason.success ? [{ path: join(folder, name), madeAt: Number(made), reason: reason.data }] : [];
    })
    .sort((a, b) => b.madeAt - a.madeAt);
}

/** As the list shows them, with their sizes; one that went meanwhile is left out. */
export function describeBackups(folder: string): BackupFile[] {
  return listBackups(folder).flatMap(({ path, madeAt, reason }) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats ? [{ name: path.slice(folder.length + 1), path, made_at: madeAt, bytes: stats.size, reason }] : [];
  });
}

/**
 * Which backups have served their time. Pure. Of the automatic ones the newest three stay, then the last of each day, `keep` altogether; of the copies
 * made before a restore or a deletion the newest three. What a person made stays until a person removes it.
 */
export function expiredBackups(backups: readonly Backup[], keep: number): Backup[] {
  const newestFirst = [...backups].sort((a, b) => b.madeAt - a.madeAt);
  const before = newestFirst.filter(({ reason }) => reason === 'before-restore' || reason === 'before-deletion');
  const days = new Set<number>();
  let kept = 0;
  const old = newestFirst
    .filter(({ reason }) => reason === 'automatic')
    .filter(({ madeAt }, index) => {
      const day = Math.floor(madeAt / dayMs);
      const stays = index < keepNewest || (kept < keep && !days.has(day));
      if (index >= keepNewest) days.add(day);
      if (stays) kept += 1;
      return !stays;
    });
  return [...old, ...before.slice(keepBefore)];
}

/** @returns how many. */
export function removeExpired(folder: string, keep: number): number {
  const expired = expiredBackups(listBackups(folder), keep);
  for (const { path } of expired) rmSync(path, { force: true });
  return expired.length;
}

/**
 * Copies the open database page by page while it stays in use; the copy gets its name only when it is whole, and is one file that needs no other.
 * @param check - says whether the copy is whole, by throwing when it is not; it has no name then, and is removed.
 * @returns its path.
 */
export async function makeBackup(
  db: Db,
  folder: string,
  madeAt: number,
  options: {
    reason?: BackupReason;
    onProgress?: (done: number, total: number) => void;
    check?: (path: string) => Promise<void> | void;
  } = {},
): Promise<string> {
  const { reason = 'automatic', onProgress, check } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, backupName(madeAt, reason));
  const temporary = `${path}.part`;
  try {
    await db.backup(temporary, {
      progress({ totalPages, remainingPages }) {
        onProgress?.(totalPages - remainingPages, totalPages);
        return pagesAtOnce;
      },
    });
    makeSelfContained(temporary);
    await check?.(temporary);
    renameSync(temporary, path);
  } catch (error) {
    removeDatabase(temporary);
    throw error;
  }
  return path;
}

/** A copy says of itself that a log of writes stands beside it. From now on it does not, and can be read where nothing may be written. */
export function makeSelfContained(path: string): void {
  const db = new Database(path, { fileMustExist: true });
  try {
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}

/** With everything that may stand beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}

/** Is this file a whole database? Reads all of it. */
export function isSound(path: string): boolean {
  try {
    if (statSync(path).size === 0) return false;
    const db = new Database(path, { readonly: true, fileMustExist: true });
    try {
      return db.pragma('quick_check(1)', { simple: true }) === 'ok';
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}
