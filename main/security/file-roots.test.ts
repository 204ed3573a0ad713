import { spawnSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../orchestrator/ports.ts';
import type { SessionId } from '../protocol/ids.ts';
import { isWithin, plainPath } from './file-path.ts';
import { createFileRoots, type FileRoots } from './file-roots.ts';
import { hostilePaths } from './hostile-paths-test-support.ts';
import { ownerPrincipal } from './principal.ts';

const secret = 'the words nobody may read';
const owner = ownerPrincipal('http');
let base = '';
let roots: FileRoots;
let own: string[] = [];
const socket = createServer();

beforeAll(async () => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'quarterdeck-roots-')));
  for (const name of [
    'project',
    'project/sub',
    'project-neighbour',
    'outside',
    'home',
    'home/uploads',
    'home/uploads/me',
    'home/uploads/other',
  ])
    mkdirSync(join(base, name));
  const write = (name: string, text: string) => writeFileSync(join(base, name), text);
  write('project/inside.txt', 'inside');
  write('project/sub/deep.txt', 'deep');
  for (const name of [
    'outside/secret.txt',
    'project-neighbour/secret.txt',
    'home/owner-token',
    'home/secrets.key',
    'home/uploads/other/theirs.txt',
  ])
    write(name, secret);
  write('home/uploads/me/mine.txt', 'mine');
  const link = (target: string, name: string) => symlinkSync(target, join(base, 'project', name));
  link('../outside/secret.txt', 'link-out');
  link('../outside', 'link-dir');
  link('../home', 'link-home');
  link('loop', 'loop');
  link('nothing', 'dangling');
  link('/proc/self', 'link-proc');
  link('link-out', 'link-link');
  link('inside.txt', 'link-in');
  spawnSync('mkfifo', [join(base, 'project', 'fifo')]);
  await new Promise<void>((resolve) => socket.listen(join(base, 'project', 'socket'), resolve));
  own = [join(base, 'project'), join(base, 'home/uploads/me')];
  roots = createFileRoots({
    rootsOf: (_principal: Principal, session_id) =>
      session_id === undefined ? own : session_id === 'ses_00000001' ? [own[0]!] : null,
    forbidden: [join(base, 'home')],
    excepted: [join(base, 'home/uploads')],
  });
});
afterAll(() => {
  socket.close();
  rmSync(base, { recursive: true, force: true });
});

const read = async (path: string, session?: string): Promise<string> => {
  const opened = await roots.open(path, owner, session as SessionId);
  if (!opened.ok) return opened.error.code;
  try {
    return await opened.value.handle.readFile('utf8');
  } finally {
    await opened.value.handle.close();
  }
};

describe('a file that is asked for', () => {
  it('is given from the folders of the principal, also by a link that stays in them, and from its own uploads', async () => {
    expect(await read(join(base, 'project/inside.txt'))).toBe('inside');
    expect(await read(join(base, 'project/link-in'))).toBe('inside');
    expect(await read(join(base, 'project/sub/../sub//deep.txt'))).toBe('deep');
    expect(await read(join(base, 'home/uploads/me/mine.txt'))).toBe('mine');
    expect(await read(join(base, 'home/uploads/other/theirs.txt'))).toBe('forbidden');
  });

  it('of a session may be named from its folder on, and is in that folder alone', async () => {
    expect(await read('sub/deep.txt', 'ses_00000001')).toBe('deep');
    expect(await read('../outside/secret.txt', 'ses_00000001')).toBe('forbidden');
    expect(await read(join(base, 'home/uploads/me/mine.txt'), 'ses_00000001')).toBe('forbidden');
    expect(await read('sub/deep.txt', 'ses_00000002')).toBe('not_found');
    expect(await read('sub/deep.txt')).toBe('forbidden');
  });

  it('gives nothing away of what lies elsewhere, not even whether it exists', async () => {
    const there = await roots.open(join(base, 'outside/secret.txt'), owner);
    const notThere = await roots.open(join(base, 'outside/nothing.txt'), owner);
    expect(there).toEqual(notThere);
    expect(JSON.stringify(there)).not.toContain('outside/');
  });

  it('is refused for every hostile path, and none of them gives a byte from outside', async () => {
    const paths = hostilePaths(base);
    const answers = new Map<string, number>();
    for (const path of paths) {
      for (const session of [undefined, 'ses_00000001']) {
        const answer = await read(path, session);
        expect(answer, JSON.stringify(path)).not.toContain(secret);
        // Some spellings lead back to a file that may be had; nothing else may come of any.
        expect(['forbidden', 'not_found', 'inside'], JSON.stringify(path)).toContain(answer);
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
    }
    console.info(`hostile paths tried: ${paths.length * 2}; leaked: 0; ${JSON.stringify(Object.fromEntries(answers))}`);
    expect(paths.length).toBeGreaterThan(700);
  });

  it('is not followed out of its folder while folders turn into links and back', async () => {
    const swap = join(base, 'project/swap');
    mkdirSync(swap);
    writeFileSync(join(swap, 'secret.txt'), 'harmless');
    symlinkSync(join(base, 'outside'), join(base, 'project/swap-link'));
    let stop = false;
    const swapping = (async () => {
      while (!stop) {
        renameSync(swap, join(base, 'project/swap-kept'));
        renameSync(join(base, 'project/swap-link'), swap);
        await new Promise((resolve) => setImmediate(resolve));
        renameSync(swap, join(base, 'project/swap-link'));
        renameSync(join(base, 'project/swap-kept'), swap);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const seen = new Set<string>();
    for (let n = 0; n < 1_500; n += 1) seen.add(await read(join(swap, 'secret.txt')));
    stop = true;
    await swapping;
    expect(seen).not.toContain(secret);
    expect(seen).toContain('harmless');
  });

  it('has a tag that changes with every write, and with the file that takes its place', async () => {
    const path = join(base, 'project/tagged.txt');
    const tag = async () => {
      const opened = await roots.open(path, owner);
      if (!opened.ok) throw new Error(opened.error.message);
      const { validator } = opened.value;
      await opened.value.handle.close();
      return validator;
    };
    writeFileSync(path, 'aaaa');
    const tags = [await tag()];
    expect(await tag()).toBe(tags[0]);
    writeFileSync(path, 'bbbb');
    tags.push(await tag());
    writeFileSync(join(base, 'project/new.txt'), 'bbbb');
    renameSync(join(base, 'project/new.txt'), path);
    tags.push(await tag());
    expect(new Set(tags).size).toBe(3);
    linkSync(path, join(base, 'project/hard.txt'));
  });
});

describe('a path on Windows', () => {
  it('is no device, no stream, no network place and no name that Windows would cut', () => {
    for (const path of [
      '\\\\server\\share\\x',
      '\\\\?\\C:\\x',
      '\\\\.\\pipe\\x',
      '//server/x',
      'C:\\a:b',
      'C:\\a\\CON',
      'C:\\a\\nul.txt',
      'C:\\LPT1\\x',
      'C:\\com¹.log',
      'C:\\a. \\x',
      'C:\\secret.txt.',
      'C:\\secret.txt ',
    ]) {
      expect(plainPath(path, 'win32'), path).toBeNull();
    }
  });
});

it('a folder holds itself and what is below, not its neighbour with a longer name', () => {
  expect(isWithin('/a/b', '/a/b')).toBe(true);
  expect(isWithin('/a/b/c', '/a/b/')).toBe(true);
  expect(isWithin('/a/bc', '/a/b')).toBe(false);
  expect(isWithin('/A/B/c', '/a/b', 'darwin')).toBe(true);
  expect(isWithin('/A/B/c', '/a/b', 'linux')).toBe(false);
  expect(isWithin('/anything', '/')).toBe(true);
});
