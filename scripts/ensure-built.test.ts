import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isTooOld, nodeComplaint } from './check-node.mjs';
import { installedElectron, noWindowBecause } from './electron-runtime.mjs';
import { ensureBuilt, isFresh } from './ensure-built.mjs';
import { takeLock } from './file-lock.mjs';

let folder: string;
const put = (name: string, text: string) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const results = [
  ...[
    'main/index.js',
    'main/headless.js',
    'main/cli.js',
    'main/import-worker.js',
    'main/password-worker.js',
    'main/database-worker.js',
  ],
  ...['preload/index.cjs', 'renderer/index.html'],
];
let builds: number;
const run = async () => {
  builds += 1;
  for (const file of results) put(`out/${file}`, 'built');
};
const ensure = () => ensureBuilt({ folder, run, note: () => undefined });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'built-'));
  builds = 0;
  put('electron.vite.config.ts', 'export default {}');
  put('main/index.ts', 'one');
  put('main/index.test.ts', 'a test');
  put('renderer/main.tsx', 'two');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('ensureBuilt', () => {
  it('builds once, and not again while nothing changes', async () => {
    expect(await ensure()).toBe(true);
    expect(await ensure()).toBe(false);
    expect(builds).toBe(1);
  });

  it('does not take what a start leaves beside the sources for one of them', async () => {
    await ensure();
    put('main/.compile-cache/v24/1.cache', 'compiled');
    expect(await ensure()).toBe(false);
  });

  it('builds again when the content of a source changes, when one is added and when one goes', async () => {
    await ensure();
    put('main/index.ts', 'uno');
    expect(await ensure()).toBe(true);
    put('main/more.ts', 'more');
    expect(await ensure()).toBe(true);
    rmSync(join(folder, 'main/more.ts'));
    expect(await ensure()).toBe(true);
  });

  it('does not build for a file that was only touched, nor for a test', async () => {
    await ensure();
    utimesSync(join(folder, 'main/index.ts'), new Date(), new Date(Date.now() + 5000));
    put('main/index.test.ts', 'another test');
    expect(isFresh(folder)).toBe(true);
    expect(await ensure()).toBe(false);
  });

  it('builds again when a part of the result is missing', async () => {
    await ensure();
    rmSync(join(folder, 'out/main/cli.js'));
    expect(await ensure()).toBe(true);
  });

  it('builds again after a build that failed or was killed', async () => {
    await ensure();
    put('main/index.ts', 'broken');
    await expect(
      ensureBuilt({ folder, run: () => Promise.reject(new Error('no')), note: () => undefined }),
    ).rejects.toThrow('no');
    expect(isFresh(folder)).toBe(false);
    expect(await ensure()).toBe(true);
  });

  it('builds once when several start at the same time', async () => {
    const slow = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      await run();
    };
    const built = await Promise.all([1, 2, 3].map(() => ensureBuilt({ folder, run: slow, note: () => undefined })));
    expect(built.filter(Boolean)).toHaveLength(1);
    expect(builds).toBe(1);
  });

  it('takes an installation without sources as it is', async () => {
    rmSync(join(folder, 'electron.vite.config.ts'));
    expect(await ensure()).toBe(false);
    expect(builds).toBe(0);
  });
});

describe('the build lock', () => {
  it('is taken over from a process that is gone', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.once('exit', resolve));
    const path = join(folder, 'lock');
    writeFileSync(path, String(gone.pid));
    const release = await takeLock(path);
    expect(readFileSync(path, 'utf8')).toBe(String(process.pid));
    release();
    expect(existsSync(path)).toBe(false);
  });

  it('is waited for while its holder lives', async () => {
    const path = join(folder, 'lock');
    const first = await takeLock(path);
    let waited = 0;
    const second = takeLock(path, () => {
      waited += 1;
      first();
    });
    (await second)();
    expect(waited).toBe(1);
  });
});

describe('the Node that runs', () => {
  it.each([
    ['20.20.2', true],
    ['22.13.1', true],
    ['22.14.0', false],
    ['24.21.0', false],
    ['26.0.0', false],
  ])('%s: too old is %s', (version, old) => expect(isTooOld(version)).toBe(old));

  it('says what to do about an old one', () => {
    expect(nodeComplaint('24.21.0', folder)).toBeNull();
    expect(nodeComplaint('20.20.2', folder)).toContain('npm ci');
    put(`node_modules/node/bin/${process.platform === 'win32' ? 'node.exe' : 'node'}`, '');
    expect(nodeComplaint('20.20.2', folder)).toContain('npm start');
  });
});

describe('the desktop window', () => {
  it('is not tried where it cannot be', () => {
    expect(noWindowBecause({}, 'linux', 1000)).toContain('display');
    expect(noWindowBecause({ DISPLAY: ':0' }, 'linux', 0)).toContain('root');
    expect(noWindowBecause({ DISPLAY: ':0' }, 'linux', 1000)).toBeNull();
    expect(noWindowBecause({}, 'darwin', 501)).toBeNull();
    expect(noWindowBecause({ QUARTERDECK_HEADLESS: '1' }, 'darwin', 501)).toContain('QUARTERDECK_HEADLESS');
  });

  it('is opened with the runtime that was downloaded, not with one that is half there', () => {
    expect(installedElectron(folder, {})).toBeNull();
    put('node_modules/electron/path.txt', 'electron');
    expect(installedElectron(folder, {})).toBeNull();
    put('node_modules/electron/dist/electron', '');
    expect(installedElectron(folder, {})).toBe(join(folder, 'node_modules/electron/dist/electron'));
  });
});
