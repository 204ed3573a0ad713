import { setImmediate as breathe } from 'node:timers/promises';
import fuzzysort from 'fuzzysort';
import type { FileHit, FilesFound } from '../protocol/mentions.ts';
import type { FolderFiles } from './folder-files.ts';

interface Entry {
  readonly path: string;
  readonly is_folder: boolean;
}
/** The listing of one folder, ready to be searched again and again. */
export interface FileIndex {
  /** Nearest first. */
  readonly entries: readonly Entry[];
  readonly slices: readonly ReturnType<typeof prepare>[];
  readonly complete: boolean;
}

/** Entries that are searched in one go: whatever else the app does waits for so many and no longer. */
const sliceLength = 1_500;
/** The name of a file says more of what is meant than the way to it. */
const nameWeight = 1.1;
/** Below this, letters were only found scattered about. */
const leastScore = 0.3;

const prepare = (entries: readonly Entry[]) =>
  fuzzysort.snapshot(entries, { keys: [({ path }) => path.slice(path.lastIndexOf('/') + 1), ({ path }) => path] });

/** Files, and the folders they lie in, which can be mentioned as well. */
export function indexFiles({ paths, complete }: FolderFiles): FileIndex {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  const depth = (path: string) => path.split('/').length;
  const entries = [
    ...[...folders].map((path) => ({ path, is_folder: true })),
    ...paths.filter((path) => path !== '' && !folders.has(path)).map((path) => ({ path, is_folder: false })),
  ]
    .map((one) => ({ one, depth: depth(one.path) }))
    .sort((a, b) => a.depth - b.depth || (a.one.path < b.one.path ? -1 : 1))
    .map(({ one }) => one);
  const slices = Array.from({ length: Math.ceil(entries.length / sliceLength) }, (_, at) =>
    prepare(entries.slice(at * sliceLength, (at + 1) * sliceLength)),
  );
  return { entries, slices, complete };
}

/**
 * What is meant by what was typed, best first: the name counts more than the way to it. Nothing typed: what lies nearest. Typed up to a slash: what
 * lies in that folder.
 */
export async function searchFiles(index: FileIndex, typed: string, limit: number): Promise<FilesFound> {
  const { entries, slices, complete } = index;
  const text = typed.trim().replace(/^\.\//, '');
  if (text === '' || text.endsWith('/')) {
    const inside = entries.filter(({ path }) => path.startsWith(text));
    return { files: inside.slice(0, limit).map((one) => hit(one, [])), more: inside.length > limit, complete };
  }
  const found: { score: number; file: FileHit }[] = [];
  for (const slice of slices) {
    const results = fuzzysort.go(text, slice, {
      limit: limit + 1,
      threshold: leastScore,
      scoreFn: (result) => Math.max((result[0]?.score ?? 0) * nameWeight, result[1]?.score ?? 0),
    });
    for (const result of results)
      found.push({ score: result.score, file: hit(result.obj, [...(result[1]?.indexes ?? [])]) });
    await breathe();
  }
  // Of the same score: what lies nearer, as it stands in the list.
  found.sort((one, other) => other.score - one.score);
  return { files: found.slice(0, limit).map(({ file }) => file), more: found.length > limit, complete };
}

function hit({ path, is_folder }: Entry, at: readonly number[]): FileHit {
  return { path, is_folder, at: [...at].sort((a, b) => a - b) };
}
