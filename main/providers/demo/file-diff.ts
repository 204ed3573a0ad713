import { structuredPatch } from 'diff';
import type { DiffHunk, FileDiff } from '../../protocol/values.ts';

/** Lines of a diff that are kept; a longer one is cut and says so. */
const maxDiffLines = 2_000;
/** Edit distance beyond which the exact difference is not worth its time (it grows with the square). */
const maxEditLength = 4_000;

function lines(text: string): string[] {
  if (text === '') return [];
  const parts = text.split('\n');
  if (parts.at(-1) === '') parts.pop();
  return parts;
}

function wholeFile(before: string, after: string): DiffHunk[] {
  const [old, fresh] = [lines(before), lines(after)];
  return [
    {
      old_start: old.length === 0 ? 0 : 1,
      old_lines: old.length,
      new_start: fresh.length === 0 ? 0 : 1,
      new_lines: fresh.length,
      lines: [...old.map((line) => `-${line}`), ...fresh.map((line) => `+${line}`)],
    },
  ];
}

/** Cuts hunks to `maxDiffLines` lines in all; the line numbers of a cut hunk count what is left of it. */
function cut(hunks: DiffHunk[]): { hunks: DiffHunk[]; truncated: boolean } {
  const kept: DiffHunk[] = [];
  let room = maxDiffLines;
  for (const hunk of hunks) {
    if (room <= 0) return { hunks: kept, truncated: true };
    if (hunk.lines.length <= room) {
      kept.push(hunk);
      room -= hunk.lines.length;
      continue;
    }
    const some = hunk.lines.slice(0, room);
    const count = (sign: string) => some.filter((line) => line.startsWith(sign)).length;
    const same = count(' ');
    kept.push({ ...hunk, old_lines: same + count('-'), new_lines: same + count('+'), lines: some });
    return { hunks: kept, truncated: true };
  }
  return { hunks: kept, truncated: false };
}

/**
 * The difference between two states of a text file, as unified-diff hunks with three lines of context.
 * @param before - null: the file did not exist. @param after - null: the file is gone.
 */
export function diffFile(path: string, before: string | null, after: string | null): FileDiff {
  const [old, fresh] = [before ?? '', after ?? ''];
  const patch = structuredPatch(path, path, old, fresh, undefined, undefined, { context: 3, maxEditLength });
  const all: DiffHunk[] = patch
    ? patch.hunks.map((hunk) => ({
        old_start: hunk.oldStart,
        old_lines: hunk.oldLines,
        new_start: hunk.newStart,
        new_lines: hunk.newLines,
        lines: hunk.lines.filter((line) => !line.startsWith('\\')),
      }))
    : wholeFile(old, fresh);
  const count = (sign: string) =>
    all.reduce((sum, hunk) => sum + hunk.lines.filter((line) => line.startsWith(sign)).length, 0);
  const { hunks, truncated } = cut(all);
  return {
    path,
    change: before === null ? 'create' : after === null ? 'delete' : 'update',
    added: count('+'),
    removed: count('-'),
    hunks,
    ...(truncated ? { truncated } : {}),
  };
}
