import { describe, expect, it } from 'vitest';
import type { FileDiff } from '../../../main/protocol/values.ts';
import type { FileChange } from '../transcript/view.ts';
import { changedFiles, sumChanges } from './file-changes.ts';
import { type TreeRow, treeRows } from './file-tree.ts';

const change = (path: string, kind: FileDiff['change'] = 'update', added = 1, removed = 0): FileChange => ({
  seq: 1,
  ts: 1_000,
  toolCallId: 'c1',
  diff: { path, change: kind, added, removed, hunks: [] },
});
const told = (rows: readonly TreeRow[]) => rows.map((row) => `${'  '.repeat(row.depth)}${row.name}`);

describe('the changed files of a session', () => {
  it('hold all changes to one file together, in the order they were made, with their lines summed up', () => {
    const first = change('/x/a.ts', 'update', 2, 1);
    const second = change('/x/a.ts', 'update', 3, 0);
    const files = changedFiles([first, change('/x/b.ts'), second]);
    expect(files.map((file) => file.path)).toEqual(['/x/a.ts', '/x/b.ts']);
    expect(files[0]).toMatchObject({ added: 5, removed: 1, changes: [first, second] });
    expect(sumChanges(files)).toEqual({ files: 2, added: 6, removed: 1 });
  });

  it('say what it came to', () => {
    const outcome = (...kinds: FileDiff['change'][]) =>
      changedFiles(kinds.map((kind) => change('/a', kind)))[0]?.change;
    expect(outcome('create', 'update')).toBe('create');
    expect(outcome('update', 'delete')).toBe('delete');
    expect(outcome('create', 'delete')).toBe('gone');
    expect(outcome('delete', 'create')).toBe('update');
  });
});

describe('the tree of changed files', () => {
  const files = changedFiles(
    ['/x/src/net/http/a.ts', '/x/src/net/http/b.ts', '/x/readme.md', '/x/docs/deep/er/c.md', '/etc/hosts'].map((path) =>
      change(path),
    ),
  );

  it('folds folders together that hold nothing but one folder, and tells files from the folder of the session on', () => {
    expect(told(treeRows(files, '/x', new Set()))).toEqual([
      '/etc',
      '  hosts',
      'docs/deep/er',
      '  c.md',
      'src/net/http',
      '  a.ts',
      '  b.ts',
      'readme.md',
    ]);
  });

  it('leaves out what lies in a closed folder, and says how many files that are', () => {
    const rows = treeRows(files, '/x', new Set(['src/net/http']));
    expect(rows.find((row) => row.kind === 'folder' && row.id === 'src/net/http')).toMatchObject({
      open: false,
      files: 2,
    });
    expect(rows.some((row) => row.name === 'a.ts')).toBe(false);
  });

  it('keeps folders apart as soon as one holds a file too', () => {
    const mixed = changedFiles([change('/x/a/b/one.ts'), change('/x/a/two.ts')]);
    expect(told(treeRows(mixed, '/x', new Set()))).toEqual(['a', '  b', '    one.ts', '  two.ts']);
  });

  it('knows the separators of Windows', () => {
    expect(told(treeRows(changedFiles([change('C:\\x\\a.ts')]), null, new Set()))).toEqual(['C:/x', '  a.ts']);
  });

  it('is made of 500 files in a moment', () => {
    const many = changedFiles(Array.from({ length: 500 }, (_, n) => change(`/x/src/part${n % 40}/deep/file${n}.ts`)));
    expect(treeRows(many, '/x', new Set())).toHaveLength(500 + 1 + 40);
  });
});
