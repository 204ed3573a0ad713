import { constants, type Dirent } from 'node:fs';
import { access, opendir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import type { FolderListing } from '../protocol/views.ts';
import { namePath, unreachable, withinTime } from './folders.ts';

/** Folders in one answer, and entries looked at for it: a folder of a million files must not stall the chooser. */
const maxFolders = 1_000;
const maxEntries = 50_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: such a name could not be chosen, see namePath. U+FFFD: not UTF-8 on disk.
const unusable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]/;

/**
 * The folders in a folder, for choosing one where there is no native dialog. Links to folders count, hidden ones (leading dot) are left
 * out: they can be typed.
 * @param path - absolute, or with `~`; without it the person's home.
 */
export async function listFolders(path?: string, home: string = homedir()): Promise<Result<FolderListing, Problem>> {
  const named = namePath(path ?? home, home);
  if ('problem' in named) return err({ ...named.problem, impact: 'Nothing is shown.' });
  const refused = (errno: string | undefined) =>
    err({ ...unreachable(named.path, errno), impact: 'Its folders cannot be shown.' });
  return withinTime(
    read(named.path, home).then(ok, (error: NodeJS.ErrnoException) => refused(error.code)),
    refused('ETIMEDOUT'),
  );
}

async function read(named: string, home: string): Promise<FolderListing> {
  const path = await realpath(named);
  const folders: FolderListing['folders'] = [];
  let entries = 0;
  let truncated = false;
  for await (const entry of await opendir(path)) {
    entries += 1;
    if (folders.length === maxFolders || entries > maxEntries) {
      truncated = true;
      break;
    }
    if (entry.name.startsWith('.') || unusable.test(entry.name)) continue;
    if (await isFolder(path, entry)) folders.push({ name: entry.name, path: join(path, entry.name) });
  }
  folders.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true, sensitivity: 'base' }));
  const parent = dirname(path);
  const writable = await access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return { path, parent: parent === path ? null : parent, home, folders, writable, truncated };
}

async function isFolder(parent: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return stat(join(parent, entry.name)).then(
    (target) => target.isDirectory(),
    () => false,
  );
}
