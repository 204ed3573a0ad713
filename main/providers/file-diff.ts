import { structuredPatch } from 'diff';
import type { DiffHunk, FileDiff } from '../protocol/values.ts';

/** Above these a diff is cut: nobody reads it, and it would stand in the log for ever. */
const maxLines = 4000;
const maxChars = 400_000;
/** A diff of two large, wholly different texts takes quadratic time; after this it is shown as removed and added. Milliseconds. */
const diffTimeoutMs = 100;

/** The difference of two texts of a file, with three lines of context; `null` stands for "there is no file". */
export function diffTexts(path: string, before: string | null, after: string | null): FileDiff {
  const change = before === null ? 'create' : after === null ? 'delete' : 'update';
  const [old, fresh] = [before ?? '', after ?? ''];
  const patch = structuredPatch('', '', old, fresh, '', '', { context: 3, timeout: diffTimeoutMs });
  const hunks = patch === undefined ? [replaceAll(old, fresh)] : patch.hunks.map(fromPatch);
  return boundedDiff(path, change, hunks);
}

/** Counts and, where it is very large, cuts. */
export function boundedDiff(path: string, change: FileDiff['change'], hunks: readonly DiffHunk[]): FileDiff {
  let [added, removed, lines, chars, truncated] = [0, 0, 0, 0, false];
  const kept: DiffHunk[] = [];
  for (const hunk of hunks) {
    const keptLines: string[] = [];
    for (const line of hunk.lines) {
      if (line.startsWith('+')) added++;
      else if (line.startsWith('-')) removed++;
      lines++;
      chars += line.length;
      if (lines <= maxLines && chars <= maxChars) keptLines.push(line);
      else truncated = true;
    }
    if (keptLines.length > 0) kept.push(keptLines.length === hunk.lines.length ? hunk : cutHunk(hunk, keptLines));
  }
  return { path, change, added, removed, hunks: kept, ...(truncated ? { truncated } : {}) };
}

/** The line numbers of a cut hunk count what is left of it. */
function cutHunk(hunk: DiffHunk, lines: string[]): DiffHunk {
  const added = lines.filter((line) => line.startsWith('+')).length;
  const removed = lines.filter((line) => line.startsWith('-')).length;
  return { ...hunk, old_lines: lines.length - added, new_lines: lines.length - removed, lines };
}

function fromPatch(hunk: {
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  lines: string[];
}): DiffHunk {
  return {
    old_start: hunk.oldStart,
    old_lines: hunk.oldLines,
    new_start: hunk.newStart,
    new_lines: hunk.newLines,
    // "\ No newline at end of file" is a remark of the format, not a line of the file.
    lines: hunk.lines.filter((line) => !line.startsWith('\\')),
  };
}

function replaceAll(before: string, after: string): DiffHunk {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  return {
    old_start: old.length === 0 ? 0 : 1,
    old_lines: old.length,
    new_start: fresh.length === 0 ? 0 : 1,
    new_lines: fresh.length,
    lines: [...old.map((line) => `-${line}`), ...fresh.map((line) => `+${line}`)],
  };
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}
