import { relativePath } from '../../strings/format.ts';
import type { ChangedFile } from './file-changes.ts';

/** One line of the tree, in the order it is shown. `depth`: 0 at the root. */
export type TreeRow =
  | {
      readonly kind: 'folder';
      /** Its whole path: unique among folders. */
      readonly id: string;
      /** Folders that hold nothing but one folder are folded together: "src/net". */
      readonly name: string;
      readonly depth: number;
      readonly open: boolean;
      readonly files: number;
    }
  | {
      readonly kind: 'file';
      readonly id: string;
      readonly name: string;
      readonly depth: number;
      readonly file: ChangedFile;
    };

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: { readonly name: string; readonly file: ChangedFile }[];
}

/**
 * The files as a tree of folders, folders first. What lies in the session's folder is told from there on; what does not keeps its whole path.
 * @param closed - ids of folders that are closed.
 */
export function treeRows(
  files: readonly ChangedFile[],
  cwd: string | null,
  closed: ReadonlySet<string>,
): readonly TreeRow[] {
  const root: Folder = { folders: new Map(), files: [] };
  for (const file of files) {
    const shown = relativePath(file.path, cwd);
    // The separators of Windows, where the path is of Windows.
    const parts = shown.split(/^[a-z]:\\|\\/i.test(shown) && !shown.includes('/') ? /\\/ : /\//);
    const name = parts.pop() ?? shown;
    // An absolute path begins with a separator, which is part of the name of its first folder.
    if (parts[0] === '') parts.splice(0, 2, `/${parts[1] ?? ''}`);
    let folder = root;
    for (const part of parts) {
      let next = folder.folders.get(part);
      if (!next) {
        next = { folders: new Map(), files: [] };
        folder.folders.set(part, next);
      }
      folder = next;
    }
    folder.files.push({ name, file });
  }
  const rows: TreeRow[] = [];
  addRows(rows, root, '', 0, closed);
  return rows;
}

function addRows(rows: TreeRow[], folder: Folder, path: string, depth: number, closed: ReadonlySet<string>): void {
  const folders = [...folder.folders].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [first, child] of folders) {
    const [name, inner] = foldTogether(first, child);
    const id = path === '' ? name : `${path}/${name}`;
    const open = !closed.has(id);
    rows.push({ kind: 'folder', id, name, depth, open, files: countFiles(inner) });
    if (open) addRows(rows, inner, id, depth + 1, closed);
  }
  for (const { name, file } of folder.files) rows.push({ kind: 'file', id: file.path, name, depth, file });
}

function foldTogether(name: string, folder: Folder): [string, Folder] {
  const only = folder.files.length === 0 && folder.folders.size === 1 ? [...folder.folders][0] : undefined;
  return only ? foldTogether(`${name}/${only[0]}`, only[1]) : [name, folder];
}

function countFiles(folder: Folder): number {
  let count = folder.files.length;
  for (const child of folder.folders.values()) count += countFiles(child);
  return count;
}
