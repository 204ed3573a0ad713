import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FilesHeld } from '../protocol/data.ts';
import type { NamedFile } from './attachment-uses.ts';
import { erase } from './erase-files.ts';
import { isFileOf, placeFile, placeFileSync } from './place-file.ts';

/** Where the file of an attachment may stand: a folder of attachments (`<SHA-256>/content`), or one of backups (`<SHA-256>`). */
export const placesIn = (folder: string, id: string): string[] => [join(folder, id, 'content'), join(folder, id)];

/**
 * `backups/attachments/<SHA-256>`: the files of all backups, each once, however many backups name it. Which those are stands in the backups themselves, so
 * there is no list that could be lost or be wrong.
 */
export const backupFiles = (backups: string): string => join(backups, 'attachments');

/** The first of the places that holds its bytes; null: none does. All of it is read. */
export async function findWhole(
  { attachment_id, bytes }: NamedFile,
  places: readonly string[],
): Promise<string | null> {
  for (const place of places) {
    if (!isFileOf(place, bytes)) continue;
    try {
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(place)) hash.update(chunk as Buffer);
      if (hash.digest('hex') === attachment_id) return place;
    } catch {
      // Cannot be read; perhaps another one can.
    }
  }
  return null;
}

export interface TakeFrom {
  /** The attachments of this home. */
  own: string;
  /** Where they may lie beside a backup from elsewhere. What is there already is read then as well, and what is not whole is not kept. */
  elsewhere?: string;
}

/**
 * Takes into the folder of backups what is not there yet, from where it is whole.
 * @param options.signal - ends it between two files; what was taken stays. @returns what is there now, and what nobody has. @throws {Error} when the disk takes no more.
 */
export async function takeFiles(
  named: readonly NamedFile[],
  into: string,
  { own, elsewhere }: TakeFrom,
  options: { onProgress?: (done: number, total: number) => void; signal?: AbortSignal } = {},
): Promise<FilesHeld> {
  let missing = 0;
  for (const [at, file] of named.entries()) {
    options.signal?.throwIfAborted();
    const id = file.attachment_id;
    const to = join(into, id);
    const isThere = elsewhere === undefined ? isFileOf(to, file.bytes) : (await findWhole(file, [to])) !== null;
    if (!isThere) {
      const ours = await findWhole(file, placesIn(own, id));
      const from = ours ?? (elsewhere === undefined ? null : await findWhole(file, placesIn(elsewhere, id)));
      if (from !== null) await placeFile(from, to, ours !== null);
      else {
        missing += 1;
        await erase(to);
      }
    }
    if (at % 100 === 0) options.onProgress?.(at, named.length);
  }
  return { files: named.length, bytes: sum(named), missing };
}

/** Are they there, whole? Reads all of every one. @param folders - looked in, one after the other. */
export async function checkFiles(
  named: readonly NamedFile[],
  folders: readonly string[],
  onProgress: (done: number, total: number) => void,
): Promise<FilesHeld> {
  let missing = 0;
  for (const [at, file] of named.entries()) {
    const places = folders.flatMap((folder) => placesIn(folder, file.attachment_id));
    if ((await findWhole(file, places)) === null) missing += 1;
    if (at % 20 === 0) onProgress(at, named.length);
  }
  return { files: named.length, bytes: sum(named), missing };
}

/** Puts back into the folder of attachments what is not there any more. @returns how many nobody has. @throws {Error} when the disk takes no more. */
export function bringBackFiles(named: readonly NamedFile[], attachments: string, backups: string): number {
  let missing = 0;
  for (const { attachment_id, bytes } of named) {
    const content = join(attachments, attachment_id, 'content');
    const kept = join(backupFiles(backups), attachment_id);
    if (isFileOf(content, bytes)) continue;
    if (isFileOf(kept, bytes)) placeFileSync(kept, content);
    else missing += 1;
  }
  return missing;
}

/** Removes from the folder of backups what no backup names, and what a crash left of a file in the making. @returns how many. */
export async function releaseFiles(folder: string, named: ReadonlySet<string>, signal: AbortSignal): Promise<number> {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // No backup ever had one.
  }
  const going = names.filter((name) => !named.has(name));
  for (const name of going) {
    signal.throwIfAborted();
    await erase(join(folder, name));
  }
  return going.length;
}

const sum = (named: readonly NamedFile[]): number => named.reduce((all, { bytes }) => all + bytes, 0);
