import { constants } from 'node:fs';
import { chmod, lstat, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const zeros = Buffer.alloc(1_048_576);

/**
 * Removes a file, or a folder with all that is in it, and overwrites the bytes first, as deleted rows of the database are. A file that stands under another
 * name as well (a hard link, as backups have them) keeps its bytes: only this name goes. Links are removed, never followed. On a disk that writes
 * elsewhere by itself (SSDs, copy on write) the old bytes may stay until they are used again; nothing a program does changes that.
 */
export async function erase(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => null);
  if (stats === null) return;
  if (stats.isDirectory()) {
    for (const name of await readdir(path)) await erase(join(path, name));
  } else if (stats.isFile() && stats.nlink === 1) {
    // What cannot be overwritten is removed all the same.
    await overwrite(path, stats.size).catch(() => {});
  }
  await rm(path, { recursive: true, force: true });
}

async function overwrite(path: string, size: number): Promise<void> {
  await chmod(path, 0o600);
  const file = await open(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    for (let at = 0; at < size; at += zeros.length) await file.write(zeros, 0, Math.min(zeros.length, size - at), at);
    await file.sync();
  } finally {
    await file.close();
  }
}
