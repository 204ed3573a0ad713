import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundedDiff } from '../file-diff.ts';
import { resolvePath } from '../resolve-links.ts';
import { pendingDiff, readForDiff } from './pending-diff.ts';

const lines = (diff: ReturnType<typeof pendingDiff>) => diff?.hunks.flatMap((hunk) => hunk.lines);

describe('the preview of an edit', () => {
  it('shows a new file as added lines', () => {
    const diff = pendingDiff('Write', { content: 'a\nb\n' }, '/p/x', null);
    expect(diff).toMatchObject({ path: '/p/x', change: 'create', added: 2, removed: 0 });
    expect(lines(diff)).toEqual(['+a', '+b']);
  });

  it('shows what an overwritten file loses', () => {
    const diff = pendingDiff('Write', { content: 'a\nc' }, '/p/x', 'a\nb\n');
    expect(diff).toMatchObject({ change: 'update', added: 1, removed: 1 });
    expect(lines(diff)).toEqual([' a', '-b', '+c']);
  });

  it('replaces the first place only, or all when told to', () => {
    const input = { old_string: 'x', new_string: '$&' };
    expect(lines(pendingDiff('Edit', input, '/p', 'x\ny\nx\n'))).toEqual(['-x', '+$&', ' y', ' x']);
    expect(lines(pendingDiff('Edit', { ...input, replace_all: true }, '/p', 'x\ny\nx\n'))).toEqual([
      '-x',
      '+$&',
      ' y',
      '-x',
      '+$&',
    ]);
  });

  it('applies several edits one after the other', () => {
    const edits = [
      { old_string: 'a', new_string: 'b' },
      { old_string: 'b', new_string: 'c' },
    ];
    expect(lines(pendingDiff('MultiEdit', { edits }, '/p', 'a\n'))).toEqual(['-a', '+c']);
  });

  it('makes a file from an empty text to replace', () => {
    expect(pendingDiff('Edit', { old_string: '', new_string: 'n\n' }, '/p', null)).toMatchObject({
      change: 'create',
      added: 1,
    });
  });

  it('reads files with Windows line ends as the CLI does', () => {
    expect(lines(pendingDiff('Edit', { old_string: 'a\nb', new_string: 'a\nc' }, '/p', 'a\r\nb\r\n'))).toEqual([
      ' a',
      '-b',
      '+c',
    ]);
  });

  it.each([
    ['text that is not there', 'Edit', { old_string: 'zzz', new_string: 'y' }],
    ['input without the fields', 'Edit', {}],
    ['no edits', 'MultiEdit', { edits: [] }],
    ['a tool it does not know', 'NotebookEdit', { new_source: 'x' }],
    ['no content', 'Write', { content: 7 }],
  ])('is not there for %s', (_why, tool, input) => {
    expect(pendingDiff(tool, input, '/p', 'a\n')).toBeNull();
  });

  it('of a wholly different large file comes quickly and counts every line', () => {
    const before = Array.from({ length: 20_000 }, (_, at) => `old ${at}`).join('\n');
    const after = Array.from({ length: 20_000 }, (_, at) => `new ${at}`).join('\n');
    expect(pendingDiff('Write', { content: after }, '/p', before)).toMatchObject({
      added: 20_000,
      removed: 20_000,
      truncated: true,
    });
  });

  it('is cut when it is very large, and counts what was cut', () => {
    const hunk = { old_start: 0, old_lines: 0, new_start: 1, new_lines: 9000, lines: Array<string>(9000).fill('+x') };
    const diff = boundedDiff('/p', 'create', [hunk, hunk]);
    expect(diff).toMatchObject({ added: 18_000, truncated: true });
    expect(diff.hunks.flatMap((one) => one.lines)).toHaveLength(4000);
  });
});

describe('looking at the file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pending-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('tells a file, no file, and one that cannot be shown apart', async () => {
    writeFileSync(join(folder, 'text'), 'héllo');
    writeFileSync(join(folder, 'binary'), Buffer.from([1, 0, 2]));
    expect(await readForDiff(join(folder, 'text'))).toBe('héllo');
    expect(await readForDiff(join(folder, 'none'))).toBeNull();
    expect(await readForDiff(join(folder, 'binary'))).toBeUndefined();
    expect(await readForDiff(folder)).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('does not wait on a pipe', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await readForDiff(join(folder, 'pipe'))).toBeUndefined();
  });

  it('takes what cannot be resolved for a place outside every folder', async () => {
    symlinkSync('loop', join(folder, 'loop'));
    for (const path of [join(folder, 'loop'), join(folder, 'loop', 'x'), join(folder, 'a\0b')]) {
      expect(await resolvePath(path)).toBe(parse(folder).root);
    }
  });

  it('follows links, also for a file that is not there yet', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    expect(await resolvePath(join(folder, 'link', 'new', 'file'))).toBe(
      join(await resolvePath(folder), 'real', 'new', 'file'),
    );
  });
});
