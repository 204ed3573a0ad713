import type { FileDiff } from '../../../main/protocol/values.ts';
import type { FileChange } from '../transcript/view.ts';

/** Everything a session did to one file, oldest first. */
export interface ChangedFile {
  readonly path: string;
  /** What it came to: a file that was made here and deleted again is `gone`. */
  readonly change: FileDiff['change'] | 'gone';
  /** Lines of all changes together. */
  readonly added: number;
  readonly removed: number;
  readonly changes: readonly FileChange[];
}

export interface ChangeSum {
  readonly files: number;
  readonly added: number;
  readonly removed: number;
}

/** The files that changes were made to, in the order of their paths. */
export function changedFiles(changes: readonly FileChange[]): readonly ChangedFile[] {
  const byPath = new Map<string, FileChange[]>();
  for (const change of changes) {
    const known = byPath.get(change.diff.path);
    if (known) known.push(change);
    else byPath.set(change.diff.path, [change]);
  }
  return [...byPath]
    .map(([path, list]) => ({
      path,
      change: outcome(list),
      added: list.reduce((sum, { diff }) => sum + diff.added, 0),
      removed: list.reduce((sum, { diff }) => sum + diff.removed, 0),
      changes: list,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function outcome(changes: readonly FileChange[]): ChangedFile['change'] {
  const made = changes[0]?.diff.change === 'create';
  const deleted = changes.at(-1)?.diff.change === 'delete';
  if (deleted) return made ? 'gone' : 'delete';
  return made ? 'create' : 'update';
}

export function sumChanges(files: readonly ChangedFile[]): ChangeSum {
  return files.reduce(
    (sum, file) => ({
      files: sum.files + 1,
      added: sum.added + file.added,
      removed: sum.removed + file.removed,
    }),
    { files: 0, added: 0, removed: 0 },
  );
}
