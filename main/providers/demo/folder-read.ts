import { open, opendir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { describeFileError, type Refusal, refusal, resolveInFolder } from './folder-path.ts';

/** A text file larger than this is shown only in part, bytes. */
export const maxReadBytes = 512 * 1024;
const maxEntries = 500;
const maxSearchedFiles = 20_000;
const maxSearchedBytes = 2 * 1024 * 1024;
const maxMatches = 200;
/** Folders nobody means when they search their work. */
const skippedFolders = new Set(['.git', 'node_modules', '.hg', '.svn', '.venv', '__pycache__']);

export interface Entry {
  name: string;
  kind: 'folder' | 'file' | 'link' | 'other';
  /** Bytes, for files. */
  size: number | null;
}

/** What is in a folder: folders first, then files, by name; at most 500, `omitted` says how many more there are. */
export async function listFolder(
  root: string,
  wanted: string,
): Promise<Result<{ path: string; entries: Entry[]; omitted: number }, Refusal>> {
  const found = await resolveInFolder(root, wanted);
  if (!found.ok) return found;
  try {
    const all = await readdir(found.value, { withFileTypes: true });
    const rank = (entry: (typeof all)[number]) => (entry.isDirectory() ? 0 : 1);
    all.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
    const entries = await Promise.all(
      all.slice(0, maxEntries).map(async (entry): Promise<Entry> => {
        if (entry.isDirectory()) return { name: entry.name, kind: 'folder', size: null };
        if (entry.isSymbolicLink()) return { name: entry.name, kind: 'link', size: null };
        if (!entry.isFile()) return { name: entry.name, kind: 'other', size: null };
        const stats = await stat(path.join(found.value, entry.name)).catch(() => null);
        return { name: entry.name, kind: 'file', size: stats?.size ?? null };
      }),
    );
    return ok({ path: found.value, entries, omitted: all.length - entries.length });
  } catch (error) {
    return err(describeFileError(error, wanted));
  }
}

export interface TextFile {
  path: string;
  text: string;
  /** Bytes on disk. */
  size: number;
  /** True when only the first `maxReadBytes` were read. */
  cut: boolean;
}

/** Reads a text file. A file that is not text (it holds a NUL byte) and anything that is not a regular file are refused. */
export async function readText(
  root: string,
  wanted: string,
  maxBytes = maxReadBytes,
): Promise<Result<TextFile, Refusal>> {
  const found = await resolveInFolder(root, wanted);
  if (!found.ok) return found;
  try {
    // Asked before opening: opening a named pipe would wait for ever.
    const stats = await stat(found.value);
    if (stats.isDirectory()) return err(refusal((say) => say.folderToList(wanted)));
    if (!stats.isFile()) return err(refusal((say) => say.notRegular(wanted)));
    const handle = await open(found.value, 'r');
    try {
      const bytes = Buffer.alloc(Math.min(stats.size, maxBytes));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
      const content = bytes.subarray(0, bytesRead);
      if (content.includes(0)) return err(refusal((say) => say.nothingToShow(wanted)));
      return ok({ path: found.value, text: content.toString('utf8'), size: stats.size, cut: stats.size > maxBytes });
    } finally {
      await handle.close();
    }
  } catch (error) {
    return err(describeFileError(error, wanted));
  }
}

export interface Match {
  /** Relative to the session's folder. */
  file: string;
  line: number;
  text: string;
}

/**
 * Looks for text in the files of a folder, ignoring case. Does not follow links, skips `.git` and its like, binary and very large files.
 * @param signal - ends the search between two files.
 */
export async function searchFolder(
  root: string,
  wanted: string,
  text: string,
  signal: AbortSignal,
): Promise<Result<{ matches: Match[]; files: number; complete: boolean }, Refusal>> {
  const found = await resolveInFolder(root, wanted);
  if (!found.ok) return found;
  const base = await resolveInFolder(root, '.');
  if (!base.ok) return base;
  const needle = text.toLowerCase();
  const matches: Match[] = [];
  const folders = [found.value];
  let files = 0;
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const names = await opendir(folder).catch(() => null);
    if (!names) continue;
    for await (const entry of names) {
      signal.throwIfAborted();
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!skippedFolders.has(entry.name)) folders.push(full);
        continue;
      }
      if (!entry.isFile()) continue;
      if (files >= maxSearchedFiles || matches.length >= maxMatches) return ok({ matches, files, complete: false });
      files += 1;
      const relative = path.relative(base.value, full);
      const file = await readText(base.value, relative, maxSearchedBytes);
      if (!file.ok || file.value.cut || !file.value.text.toLowerCase().includes(needle)) continue;
      for (const [index, line] of file.value.text.split('\n').entries()) {
        if (matches.length >= maxMatches) break;
        if (line.toLowerCase().includes(needle))
          matches.push({ file: relative, line: index + 1, text: line.slice(0, 300) });
      }
    }
  }
  return ok({ matches, files, complete: matches.length < maxMatches });
}
