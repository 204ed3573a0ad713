import type { FileDiff } from '../../../main/protocol/values.ts';

/** One row of a shown diff. Line numbers start at 1; null where the line does not exist on that side. */
export type DiffRow =
  | { readonly kind: 'skip'; readonly count: number }
  | {
      readonly kind: 'add' | 'remove' | 'same';
      readonly oldLine: number | null;
      readonly newLine: number | null;
      readonly text: string;
    };

/** The rows of a diff, with a mark wherever unchanged lines are left out between its hunks. */
export function diffRows(diff: FileDiff): DiffRow[] {
  const rows: DiffRow[] = [];
  let nextOld = 1;
  for (const hunk of diff.hunks) {
    let oldLine = hunk.old_start;
    let newLine = hunk.new_start;
    if (oldLine > nextOld && diff.change === 'update') rows.push({ kind: 'skip', count: oldLine - nextOld });
    for (const line of hunk.lines) {
      const text = line.slice(1);
      if (line.startsWith('+')) rows.push({ kind: 'add', oldLine: null, newLine: newLine++, text });
      else if (line.startsWith('-')) rows.push({ kind: 'remove', oldLine: oldLine++, newLine: null, text });
      // "\ No newline at end of file" is about the line before, not a line.
      else if (!line.startsWith('\\')) rows.push({ kind: 'same', oldLine: oldLine++, newLine: newLine++, text });
    }
    nextOld = oldLine;
  }
  return rows;
}
