import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTerminal } from './open-terminal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "terminal's "));
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, text: string): string {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}
const told = () => join(folder, 'told');
/** A terminal emulator that runs what it is told to, as one with a window would. */
const emulator = (name = 'x-terminal-emulator') =>
  program(name, `echo "$@" > '${folder.replace("'", `'\\''`)}/args'; exec "$2"`);
const open = (command = 'fakecli auth login', env: NodeJS.ProcessEnv = {}) =>
  openTerminal(
    { command, program: join(folder, 'cli/fakecli'), own: ['FAKE_CONFIG'] },
    {
      env: { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, HOME: folder, SHELL: '/bin/true', TOLD: told(), ...env },
      home: folder,
      folder: join(folder, 'home/terminal'),
      platform: 'linux',
    },
  );
const output = async () => {
  while (!existsSync(told()) || !readFileSync(told(), 'utf8').endsWith('\n')) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return readFileSync(told(), 'utf8');
};

describe.skipIf(process.platform === 'win32')('a terminal for signing in', () => {
  beforeEach(() => {
    mkdirSync(join(folder, 'cli'));
    const path = join(folder, 'cli/fakecli');
    writeFileSync(
      path,
      '#!/bin/sh\necho "$* in $(pwd) run=$QUARTERDECK_RUN_ID key=$OPENAI_API_KEY mark=$CLAUDECODE own=$FAKE_CONFIG" > "$TOLD"\n',
    );
    chmodSync(path, 0o755);
  });

  it('runs the command of the CLI, which it finds, in the home of the person, without our marks and secrets', async () => {
    const at = emulator();
    expect(await open('fakecli auth login', { OPENAI_API_KEY: 'canary', CLAUDECODE: '1', FAKE_CONFIG: 'c' })).toEqual({
      ok: true,
      value: at,
    });
    expect(await output()).toBe(`auth login in ${folder} run= key= mark= own=c\n`);
  });

  it('is run by a script that only this user can read', async () => {
    emulator();
    await open();
    await output();
    expect(statSync(join(folder, 'home/terminal/sign-in.command')).mode & 0o777).toBe(0o700);
  });

  it('is another one where the first does not start', async () => {
    program('x-terminal-emulator', 'exit 1');
    const second = program('gnome-terminal', 'exec "$2"');
    expect(await open()).toEqual({ ok: true, value: second });
    await output();
  });

  it.each(['fakecli; touch evil', 'fakecli "$(id)"', '`id`', 'a | b', 'a\nb', '-e x'])(
    'never runs %j',
    async (command) => {
      emulator();
      await expect(open(command)).rejects.toThrow('not a plain command');
      expect(existsSync(join(folder, 'args'))).toBe(false);
    },
  );

  it('is not there on a machine without one, and then the person is told what to run', async () => {
    for (const name of [
      'x-terminal-emulator',
      'gnome-terminal',
      'konsole',
      'xfce4-terminal',
      'kitty',
      'alacritty',
      'wezterm',
      'foot',
      'xterm',
    ])
      program(name, 'exit 1');
    expect(await open()).toMatchObject({ ok: false, error: { next: expect.stringContaining('fakecli auth login') } });
  });
});
