import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Restrictions } from '../protocol/access.ts';
import { createFolders } from '../security/folders.ts';
import { listFolderFiles } from './folder-files.ts';
import { createMentions } from './mentions.ts';
import { indexFiles, searchFiles } from './search-files.ts';
import { walkFolder } from './walk-folder.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'quarterdeck-mentions-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...args], { cwd: folder, stdio: 'pipe' });

const tree = {
  '.gitignore': '*.log\n/out/\n!keep.log\n',
  'src/app.ts': '',
  'src/.gitignore': 'generated\n!important.log\n',
  'src/generated/a.ts': '',
  'src/important.log': '',
  'src/deep/er/notes.md': '',
  'out/bundle.js': '',
  'other.log': '',
  'keep.log': '',
  'with space/ünïcode 文.txt': '',
};
const meant = [
  '.gitignore',
  'keep.log',
  'src/.gitignore',
  'src/app.ts',
  'src/deep/er/notes.md',
  'src/important.log',
  'with space/ünïcode 文.txt',
];

describe('the files of a folder', () => {
  it('are those that git does not ignore, tracked or not, without what was deleted', async () => {
    put({ ...tree, 'secret.env': '', 'gone.ts': '' });
    git('init', '-q');
    writeFileSync(join(folder, '.git/info/exclude'), 'secret.env\n');
    git('add', 'src/app.ts', 'gone.ts');
    git('commit', '-qm', 'x');
    unlinkSync(join(folder, 'gone.ts'));
    const { paths, complete } = await listFolderFiles(folder);
    expect([...paths].sort()).toEqual([...meant].sort());
    expect(complete).toBe(true);
  });

  it('are the same outside of git, from the .gitignore files on the way', async () => {
    put({ ...tree, 'node_modules/x/index.js': '' });
    const { paths, complete } = await listFolderFiles(folder);
    expect([...paths].sort()).toEqual([...meant].sort());
    expect(complete).toBe(true);
  });

  it('run nothing that the repository asks to be run', async () => {
    put({ 'a.ts': '', 'hook.sh': '#!/bin/sh\ntouch ran\n' });
    git('init', '-q');
    execFileSync('chmod', ['+x', join(folder, 'hook.sh')]);
    git('config', 'core.fsmonitor', join(folder, 'hook.sh'));
    const { paths } = await listFolderFiles(folder);
    expect([...paths].sort()).toEqual(['a.ts', 'hook.sh']);
  });

  it('do not go on behind a link, nor into folders that are kept secret', async () => {
    put({ 'in/a.ts': '', 'private/key': '' });
    symlinkSync('/', join(folder, 'root'));
    symlinkSync('..', join(folder, 'in/loop'));
    const { paths } = await walkFolder(folder, [join(folder, 'private')]);
    expect([...paths].sort()).toEqual(['in/a.ts', 'in/loop', 'root']);
  });

  it('of a folder that an outer repository ignores are found by walking', async () => {
    put({ '.gitignore': 'vendor/\n', 'vendor/lib/a.c': '' });
    git('init', '-q');
    expect((await listFolderFiles(join(folder, 'vendor'))).paths).toEqual(['lib/a.c']);
  });
});

describe('a search for a file', () => {
  function search() {
    let now = 1000;
    const clock = { now: () => now } as Parameters<typeof createMentions>[0]['clock'];
    const runtime = (id: string) => (id === 's' ? { state: { cwd: folder } } : undefined);
    const orchestrator = { runtime } as unknown as Parameters<typeof createMentions>[0]['orchestrator'];
    const { files_search } = createMentions({
      home: '/nowhere',
      userHome: '/nobody',
      orchestrator,
      folders: createFolders(),
      clock,
    });
    type Found = { files: { path: string; is_folder: boolean; at: number[] }[]; more: boolean };
    return {
      pass: (ms: number) => {
        now += ms;
      },
      async find(text: string, session_id = 's', limit = 30): Promise<Found> {
        const frame = { type: 'files_search', command_id: 'c', session_id, text, limit };
        return (await files_search(frame as never, {} as never)) as Found;
      },
    };
  }
  const pathsOf = ({ files }: { files: { path: string }[] }) => files.map(({ path }) => path);

  it('finds by scattered letters, the name before the way, folders too, and tells which letters were meant', async () => {
    put({ 'src/orchestrator/turn-runner.ts': '', 'turn/readme.md': '', 'docs/x.md': '' });
    const { find } = search();
    expect(pathsOf(await find('turnrun'))[0]).toBe('src/orchestrator/turn-runner.ts');
    const orch = (await find('orch')).files[0];
    expect(orch).toEqual({ path: 'src/orchestrator', is_folder: true, at: [4, 5, 6, 7] });
    expect(pathsOf(await find('zzzz'))).toEqual([]);
  });

  it('shows what lies nearest when nothing is typed, and what lies in a folder behind its slash', async () => {
    put({ 'b/c/d.ts': '', 'a.ts': '' });
    const { find } = search();
    expect(pathsOf(await find(''))).toEqual(['a.ts', 'b', 'b/c', 'b/c/d.ts']);
    expect(pathsOf(await find('b/'))).toEqual(['b/c', 'b/c/d.ts']);
    expect(await find('', 's', 2)).toMatchObject({ more: true });
  });

  it('finds a file that was just made', async () => {
    put({ 'a.ts': '' });
    const { find, pass } = search();
    expect(pathsOf(await find('fresh'))).toEqual([]);
    put({ 'fresh.ts': '' });
    pass(2001);
    expect(pathsOf(await find('fresh'))).toEqual(['fresh.ts']);
  });

  it('tells of no link that leads out of the folder, of no name that cannot be written, and of nothing that is gone', async () => {
    put({ 'a-file.ts': '', 'a-gone.ts': '', 'a-\u0007bell.ts': '' });
    symlinkSync('/etc/hostname', join(folder, 'a-outside'));
    symlinkSync('/etc', join(folder, 'a-outside-too'));
    symlinkSync('a-file.ts', join(folder, 'a-inside'));
    git('init', '-q');
    git('add', '.');
    const { find } = search();
    expect(pathsOf(await find('a-')).sort()).toEqual(['a-file.ts', 'a-gone.ts', 'a-inside']);
    unlinkSync(join(folder, 'a-gone.ts'));
    expect(pathsOf(await find('a-')).sort()).toEqual(['a-file.ts', 'a-inside']);
  });

  it('keeps secret in a work tree, too, what is secret elsewhere', async () => {
    put({ 'user/.ssh/id_key': '', 'user/data/token': '', 'user/notes.md': '' });
    git('init', '-q');
    const parts = { home: join(folder, 'user/data'), userHome: join(folder, 'user'), clock: { now: () => 0 } };
    const orchestrator = { runtime: () => ({ state: { cwd: folder } }) };
    const { files_search } = createMentions({ ...parts, orchestrator } as never);
    const found = await files_search({ session_id: 's', text: '', limit: 30 } as never, {} as never);
    expect(pathsOf(found as never)).toEqual(['user', 'user/notes.md']);
  });

  it('lets everything else go on while it looks through many files', async () => {
    const paths = Array.from({ length: 30_000 }, (_, at) => `folder-${at % 40}/file-${at}.ts`);
    const index = indexFiles({ paths, complete: true });
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 0);
    const found = await searchFiles(index, 'file-29999', 3);
    clearInterval(ticking);
    expect(found.files[0]?.path).toBe('folder-39/file-29999.ts');
    expect(turns).toBeGreaterThan(5);
  });

  it('looks in a folder in which a session may be opened, and in no other', async () => {
    put({ 'in/a.ts': '', 'out/b.ts': '' });
    const parts = { home: '/nowhere', userHome: '/nobody', folders: createFolders(), clock: { now: () => 0 } };
    const { files_search } = createMentions({ ...parts, orchestrator: {} } as never);
    const found = (cwd: string | undefined, restrictions?: Restrictions) =>
      files_search({ cwd, text: '', limit: 30 } as never, { restrictions } as never) as Promise<never>;
    expect(pathsOf(await found(join(folder, 'out')))).toEqual(['b.ts']);
    const narrowed = { workspaces: [join(folder, 'in')] };
    expect(pathsOf(await found(join(folder, 'in'), narrowed))).toEqual(['a.ts']);
    symlinkSync(join(folder, 'out'), join(folder, 'in/way'));
    for (const cwd of [join(folder, 'out'), join(folder, 'in/way'), join(folder, 'in/../out'), join(folder, 'missing')])
      expect(await found(cwd, narrowed)).toMatchObject({ problem: { code: 'not_found' } });
    expect(await found(join(folder, 'in'), { sessions: [] })).toMatchObject({ problem: { code: 'not_found' } });
    expect(await found(undefined)).toMatchObject({ problem: { code: 'invalid_frame' } });
  });

  it('says that a session is not there', async () => {
    expect(await search().find('x', 'other')).toMatchObject({ problem: { code: 'not_found' } });
  });
});
