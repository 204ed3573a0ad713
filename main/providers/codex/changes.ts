import { isAbsolute, relative, resolve } from 'node:path';
import { limits } from '../../protocol/limits.ts';
import type { DiffHunk, FileDiff } from '../../protocol/values.ts';
import { boundedDiff, diffTexts } from '../file-diff.ts';
import { type Fields, fields, list, string } from '../shared/fields.ts';

/** One file of a `fileChange` item. */
export interface Change {
  /** Absolute. For a file that moves, where it goes. */
  path: string;
  /** Where it was, for a file that moves. */
  from?: string;
  kind: 'add' | 'delete' | 'update';
  diff: FileDiff;
}

/** `changes[]` of a `fileChange` item: `{ path, kind: { type, move_path }, diff }`. What cannot be read is left out. */
export function readChanges(item: Fields, cwd: string): Change[] {
  return list(item.changes)
    .map(fields)
    .flatMap((change) => {
      const given = string(change.path);
      const { type, move_path } = fields(change.kind);
      if (given === undefined || given.length > limits.pathChars) return [];
      const at = absolute(given, cwd);
      const moved = string(move_path);
      const path = moved === undefined || moved === '' ? at : absolute(moved, cwd);
      const kind = type === 'add' || type === 'delete' ? type : 'update';
      const diff = diffOf(path, kind, string(change.diff) ?? '');
      return [{ path, kind, diff, ...(path === at ? {} : { from: at }) }];
    });
}

/** Everything the change touches, absolute. */
export function touchedPaths(changes: readonly Change[]): string[] {
  return changes.flatMap(({ path, from }) => (from === undefined ? [path] : [from, path]));
}

/** The deepest folder all paths lie in; the path itself when there is one. Undefined for none. */
export function commonPath(paths: readonly string[]): string | undefined {
  const [first, ...others] = paths;
  if (first === undefined) return undefined;
  let common = first;
  for (const path of others) {
    for (;;) {
      const way = relative(common, path);
      if (way === '' || (!way.startsWith('..') && !isAbsolute(way))) break;
      const up = resolve(common, '..');
      if (up === common) return undefined;
      common = up;
    }
  }
  return common;
}

const absolute = (path: string, cwd: string) => (isAbsolute(path) ? resolve(path) : resolve(cwd, path));

/** The diff of a new or deleted file is its content, that of another one hunks without a header. */
function diffOf(path: string, kind: Change['kind'], text: string): FileDiff {
  if (kind === 'add') return diffTexts(path, null, text);
  if (kind === 'update') return boundedDiff(path, 'update', readHunks(text));
  const looksLikeHunks = text.startsWith('@@ ');
  return looksLikeHunks ? boundedDiff(path, 'delete', readHunks(text)) : diffTexts(path, text, null);
}

const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** Hunks of a unified diff (POSIX diff, "Diff -u Output Format"). Lines before the first header (`---`, `+++`) are skipped. */
export function readHunks(text: string): DiffHunk[] {
  const hunks: DiffHunk[] = [];
  let [old, fresh] = [0, 0];
  for (const line of text.split('\n')) {
    const match = old <= 0 && fresh <= 0 ? header.exec(line) : null;
    if (match !== null) {
      const [, oldStart, oldLines = '1', newStart, newLines = '1'] = match as unknown as string[];
      [old, fresh] = [Number(oldLines), Number(newLines)];
      hunks.push({
        old_start: Number(oldStart),
        old_lines: old,
        new_start: Number(newStart),
        new_lines: fresh,
        lines: [],
      });
      continue;
    }
    if (old <= 0 && fresh <= 0) continue;
    // "\ No newline at end of file" is a remark of the format, not a line of the file.
    if (line.startsWith('\\')) continue;
    if (!line.startsWith('+')) old--;
    if (!line.startsWith('-')) fresh--;
    hunks.at(-1)?.lines.push(line === '' ? ' ' : line);
  }
  return hunks;
}
