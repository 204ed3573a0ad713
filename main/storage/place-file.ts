import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { copyFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * A file that never changes, in a second place, at no cost where the disk can: a clone that shares its blocks until one is written to (APFS, Btrfs, XFS,
 * ReFS); else a second name of the same file; else, on another disk or one that has no links, a copy. It gets its name only when it is whole, and takes
 * the place of what was there. Makes the folder. @param isOurs - nobody else writes to the first one; else it gets no second name.
 * @throws {Error} of the system.
 */
export async function placeFile(from: string, to: string, isOurs: boolean): Promise<void> {
  const part = begin(to);
  try {
    if (!sharesBlocks(from, part, isOurs)) {
      await copyFile(from, part);
      toDisk(part);
    }
    // Not every system lets a file take the place of one that is read-only.
    rmSync(to, { force: true });
    await rename(part, to);
  } finally {
    rmSync(part, { force: true });
  }
}

/** The same with a file of ours, before the app serves anybody. */
export function placeFileSync(from: string, to: string): void {
  const part = begin(to);
  try {
    if (!sharesBlocks(from, part, true)) {
      copyFileSync(from, part);
      toDisk(part);
    }
    rmSync(to, { force: true });
    renameSync(part, to);
  } finally {
    rmSync(part, { force: true });
  }
}

function begin(to: string): string {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  return `${to}.${randomBytes(6).toString('hex')}.part`;
}

/** Takes no time and no room, or says that this disk cannot. */
function sharesBlocks(from: string, to: string, mayLink: boolean): boolean {
  const clone = () => copyFileSync(from, to, constants.COPYFILE_FICLONE_FORCE);
  for (const way of mayLink ? [clone, () => linkSync(from, to)] : [clone]) {
    try {
      way();
      // A clone of what lies elsewhere has the rights it has there; a second name has ours already.
      if (way === clone) chmodSync(to, 0o400);
      return true;
    } catch {
      rmSync(to, { force: true });
    }
  }
  return false;
}

/** Before its name says that it is there. */
function toDisk(path: string): void {
  chmodSync(path, 0o600);
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(path, 0o400);
}

/** A plain file of this size that can be seen; links are not followed. */
export function isFileOf(path: string, bytes: number): boolean {
  try {
    const stats = lstatSync(path);
    return stats.isFile() && stats.size === bytes;
  } catch {
    return false;
  }
}
