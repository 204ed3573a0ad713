import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFolders, namePath } from './folders.ts';
import { listFolders } from './list-folders.ts';

let root = '';
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'quarterdeck-folders-')));
  mkdirSync(join(root, 'project', 'src'), { recursive: true });
  writeFileSync(join(root, 'project', 'file.txt'), 'x');
  symlinkSync(join(root, 'project'), join(root, 'link'));
  symlinkSync(join(root, 'project', 'file.txt'), join(root, 'link-to-file'));
  symlinkSync(join(root, 'nowhere'), join(root, 'dangling'));
  symlinkSync(join(root, 'circle'), join(root, 'circle'));
  mkdirSync(join(root, '.hidden'));
  mkdirSync(join(root, 'with\ncontrol'));
  mkdirSync(join(root, 'locked'));
  mkdirSync(join(root, 'read-only', 'inside'), { recursive: true });
  chmodSync(root, 0o755);
  chmodSync(join(root, 'locked'), 0o700);
  chmodSync(join(root, 'read-only'), 0o555);
});
afterAll(() => {
  chmodSync(join(root, 'read-only'), 0o755);
  rmSync(root, { recursive: true, force: true });
});

const inspect = (path: string) => createFolders(root).inspect(path);
const refusalOf = async (path: string) => {
  const result = await inspect(path);
  if (result.ok) throw new Error(`${path} was accepted`);
  return result.problem;
};

/** Asks as a user without special rights: permissions do not bind root, which tests in containers often are. */
function inspectAsOrdinaryUser(path: string): unknown {
  const module = pathToFileURL(join(import.meta.dirname, 'folders.ts')).href;
  // The module is read first: the checkout itself may be closed to others.
  const code = `const { createFolders } = await import(${JSON.stringify(module)});
    if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
    console.log(JSON.stringify(await createFolders('/').inspect(${JSON.stringify(path)})));`;
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(out);
}

describe('a folder for a session', () => {
  it('is given back by its real path, through links and ~', async () => {
    const real = { ok: true, path: join(root, 'project') };
    expect(await inspect(join(root, 'project'))).toEqual(real);
    expect(await inspect(join(root, 'link'))).toEqual(real);
    expect(await inspect('~/project')).toEqual(real);
    expect(await inspect('~')).toEqual({ ok: true, path: root });
    expect(await inspect(`${root}/project/src/..//./`)).toEqual(real);
  });

  it.each([
    ['project/file.txt', 'folder_missing', 'is a file'],
    ['link-to-file', 'folder_missing', 'is a file'],
    ['nowhere', 'folder_missing', 'There is no folder'],
    ['project/file.txt/x', 'folder_missing', 'There is no folder'],
    ['dangling', 'folder_missing', 'There is no folder'],
    ['circle', 'folder_missing', 'circle'],
  ])('cannot be %s', async (name, code, words) => {
    const problem = await refusalOf(join(root, name));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(words);
    expect(problem.impact).toContain('No session was opened');
    expect(problem.next).toBeTruthy();
  });

  it.each(['', '   ', 'project', './project', '../project', '~other/project', '~~', 'C:', '-rf'])(
    'cannot be "%s", which is no full path',
    async (path) => {
      expect(await refusalOf(path)).toMatchObject({ code: 'folder_missing', impact: /.+/, next: /.+/ });
    },
  );

  it.each(['/tmp\0', '/tmp/\n', '/tmp/\u001b[31m', '/tmp/\u007f', '/tmp/\u2028x'])(
    'cannot have control characters in its name (%j), nor be repeated to the terminal',
    async (path) => {
      const problem = await refusalOf(path);
      expect(problem.message).toContain('control characters');
      expect(problem.message).not.toContain(path);
    },
  );

  it('cannot be longer than the protocol allows', async () => {
    expect((await refusalOf(`/${'x'.repeat(5_000)}`)).message).toContain('longer than');
  });

  it.runIf(process.platform !== 'win32')('must be readable and writable for whoever runs the app', () => {
    expect(inspectAsOrdinaryUser(join(root, 'locked'))).toMatchObject({
      ok: false,
      problem: { code: 'folder_not_readable', next: expect.stringContaining('another folder') },
    });
    expect(inspectAsOrdinaryUser(join(root, 'read-only'))).toMatchObject({
      ok: false,
      problem: { code: 'folder_not_writable', impact: expect.stringContaining('could not change anything') },
    });
    expect(inspectAsOrdinaryUser(join(root, 'locked', 'below'))).toMatchObject({
      ok: false,
      problem: { code: 'folder_not_readable', detail: 'EACCES' },
    });
  });

  it('is named by any text without a throw, and never by a relative path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (path) => {
        const named = namePath(path, '/home/x');
        expect('problem' in named || named.path.startsWith('/')).toBe(true);
        expect('path' in named && /[\0\r\n]/.test(named.path)).toBe(false);
      }),
    );
  });
});

describe('the folders in a folder', () => {
  it('are listed by name, links to folders included, files and hidden ones not', async () => {
    const listing = await listFolders(root, root);
    if (!listing.ok) throw new Error(listing.error.message);
    expect(listing.value.folders.map(({ name }) => name)).toEqual(['link', 'locked', 'project', 'read-only']);
    expect(listing.value.folders[2]).toEqual({ name: 'project', path: join(root, 'project') });
    expect(listing.value).toMatchObject({
      path: root,
      parent: join(root, '..'),
      home: root,
      writable: true,
      truncated: false,
    });
  });

  it('begin at home, and end at the root', async () => {
    expect(await listFolders(undefined, root)).toMatchObject({ ok: true, value: { path: root } });
    expect(await listFolders('~/link', root)).toMatchObject({ ok: true, value: { path: join(root, 'project') } });
    expect(await listFolders('/', root)).toMatchObject({ ok: true, value: { path: '/', parent: null } });
  });

  it('are cut at a thousand', async () => {
    const many = join(root, 'project', 'many');
    for (let n = 0; n < 1_001; n += 1) mkdirSync(join(many, String(n)), { recursive: true });
    const listing = await listFolders(many, root);
    if (!listing.ok) throw new Error(listing.error.message);
    expect(listing.value.folders).toHaveLength(1_000);
    expect(listing.value.truncated).toBe(true);
    rmSync(many, { recursive: true });
  });

  it.each(['nowhere', 'project/file.txt', 'circle'])('cannot be those of %s', async (name) => {
    expect(await listFolders(join(root, name), root)).toMatchObject({ ok: false, error: { impact: /.+/, next: /.+/ } });
  });
});
