import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processesOfRuns } from '../providers/process/process-table.ts';
import { createCliSurroundings } from './cli-surroundings.ts';
import { readLoginShellPath } from './login-shell-path.ts';

let home: string;
let instance: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'login-shell-'));
  instance = `login-${home.slice(-6)}`;
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  HOME: home,
  SHELL: '/bin/bash',
  PATH: '/usr/bin:/bin',
  ...more,
});
const ask = (more: NodeJS.ProcessEnv = {}, timeoutMs = 20_000) =>
  readLoginShellPath({ env: env(more), home, instance, timeoutMs });
const startFile = (text: string) => writeFileSync(join(home, '.bash_profile'), text);

describe.skipIf(process.platform === 'win32')('the PATH of the login shell', () => {
  it('is what the start files of the person make of it', async () => {
    startFile('export PATH="$HOME/tools:$PATH"\n');
    expect((await ask())?.split(':')[0]).toBe(join(home, 'tools'));
  });

  it('is found among everything that start files print, and when they fail', async () => {
    startFile('echo Welcome; printf "PATH=/wrong"; false; nosuchcommand; export PATH="/chosen/bin:/usr/bin"\n');
    expect(await ask()).toBe('/chosen/bin:/usr/bin');
  });

  it('is nothing when the shell does not answer, and nothing of it goes on running', async () => {
    startFile('sleep 1000 & sleep 1000\n');
    expect(await ask({}, 300)).toBeNull();
    expect(processesOfRuns((id) => id.startsWith(`${instance}.`))).toEqual([]);
  });

  it('is given up when the app closes, and nothing of the shell goes on running', async () => {
    startFile('touch "$HOME/begun"; sleep 1000\n');
    const surroundings = createCliSurroundings({ env: env(), home, instance, clisDir: '/clis', timeoutMs: 60_000 });
    const ready = surroundings.ready();
    await expect.poll(() => existsSync(join(home, 'begun')), { timeout: 10_000 }).toBe(true);
    await surroundings.close();
    await ready;
    expect(processesOfRuns((id) => id.startsWith(`${instance}.`))).toEqual([]);
  });

  it('is not waited for beyond its last word when a start file left something running', async () => {
    startFile('sleep 1000 & export PATH=/chosen/bin\n');
    expect(await ask()).toBe('/chosen/bin');
  });

  it('is nothing where start files wait for input: they get none', async () => {
    startFile('read -p "name? " name; export PATH=/after\n');
    expect(await ask()).toBe('/after');
  });

  it.each(['/usr/sbin/nologin', '/bin/false', 'relative', '/no/such/shell'])(
    'is nothing for the shell %s',
    async (SHELL) => {
      expect(await ask({ SHELL })).toBeNull();
    },
  );

  it('is asked of a shell of any kind, by words that all of them know', async () => {
    const shell = join(home, 'other-shell');
    writeFileSync(shell, '#!/bin/sh\nPATH=/of/another/shell exec /bin/sh -c "$2"\n');
    chmodSync(shell, 0o755);
    expect(await ask({ SHELL: shell })).toBe('/of/another/shell');
  });

  it('does not see the secrets of our environment', async () => {
    startFile('export PATH="/x$OPENAI_API_KEY"\n');
    expect(await ask({ OPENAI_API_KEY: 'canary' })).toBe('/x');
  });
});

describe.skipIf(process.platform === 'win32')('where CLIs are looked for', () => {
  const surroundings = (more: NodeJS.ProcessEnv, path: string | null) => {
    let asked = 0;
    const read = async () => {
      asked += 1;
      return path;
    };
    const made = createCliSurroundings({ env: env(more), home, instance, clisDir: '/clis', read });
    return { ...made, asked: () => asked };
  };

  it('is the PATH of the login shell, without what is not there, when the app came from a dock', async () => {
    mkdirSync(join(home, 'tools'));
    const found = surroundings({}, `${home}/tools:/no/such/folder:/bin`);
    expect([found.asked(), found.env.PATH]).toEqual([0, '/usr/bin:/bin']);
    await Promise.all([found.ready(), found.ready()]);
    expect([found.asked(), found.env.PATH]).toEqual([1, `${home}/tools:/bin:/usr/bin`]);
  });

  it('is first of all the PATH that was chosen in a terminal', async () => {
    mkdirSync(join(home, 'tools'));
    const found = surroundings({ SHLVL: '1' }, `${home}/tools:/bin`);
    await found.ready();
    expect(found.env.PATH).toBe(`/usr/bin:/bin:${home}/tools`);
  });

  it('is asked for again when somebody wants to look again', async () => {
    const found = surroundings({}, '/bin');
    await found.ready();
    found.renew();
    expect(found.asked()).toBe(1);
    await found.ready();
    expect(found.asked()).toBe(2);
  });

  it('stays as it is when the shell says nothing', async () => {
    const found = surroundings({}, null);
    await found.ready();
    expect(found.env.PATH).toBe('/usr/bin:/bin');
  });
});
