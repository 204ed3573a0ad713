import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Db } from './open-database.ts';

/** Newest backups that are kept whatever their age; of older ones the last of each day, for a week. */
const keepNewest = 3;
const keepDays = 7;
const dayMs = 86_400_000;

const pattern = /^quarterdeck-(\d{13})\.db$/;

export interface Backup {
  path: string;
  /** Milliseconds since 1970. */
  madeAt: number;
}

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
      const made = pattern.exec(name)?.[1];
      return made ? [{ path: join(folder, name), madeAt: Number(made) }] : [];
    })
    .sort((a, b) => b.madeAt - a.madeAt);
}

/** Which backups have served their time. Pure. */
export function expiredBackups(backups: readonly Backup[], now: number): Backup[] {
  const days = new Set<number>();
  return [...backups]
    .sort((a, b) => b.madeAt - a.madeAt)
    .filter((backup, index) => {
      if (index < keepNewest) return false;
      const day = Math.floor(backup.madeAt / dayMs);
      const keep = now - backup.madeAt < keepDays * dayMs && !days.has(day);
      days.add(day);
      return !keep;
    });
}

/** Copies the open database page by page while it stays in use; the copy gets its name only when it is whole. @returns its path. */
export async function makeBackup(db: Db, folder: string, now: number): Promise<string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `quarterdeck-${now}.db`);
  const temporary = `${path}.part`;
  try {
    await db.backup(temporary);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  for (const old of expiredBackups(listBackups(folder), now)) rmSync(old.path, { force: true });
  return path;
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
