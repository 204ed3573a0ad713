import { lstat, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FileHit } from '../protocol/mentions.ts';
import { isOfKernel, isWithin } from '../security/file-path.ts';

/**
 * Looks at what a listing told of, as it is on the disk now.
 * @param folder - real path of the folder the listing is of.
 * @param skipped - absolute paths of what nobody is told of.
 * @returns null: it is gone, neither a file nor a folder, kept secret, or a link that leads out of the folder.
 */
export async function lookAt(folder: string, hit: FileHit, skipped: readonly string[]): Promise<FileHit | null> {
  try {
    const real = await realpath(resolve(folder, hit.path));
    if (!isWithin(real, folder) || isOfKernel(real) || skipped.some((place) => isWithin(real, place))) return null;
    const found = await lstat(real);
    return found.isFile() || found.isDirectory() ? { ...hit, is_folder: found.isDirectory() } : null;
  } catch {
    return null;
  }
}
