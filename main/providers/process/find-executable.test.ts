import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findExecutable, ownClisVariable, usualPlaces } from './find-executable.ts';

describe.skipIf(process.platform === 'win32')('finding an executable', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'find-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function program(path: string, mode = 0o755): string {
    const full = join(home, path);
    mkdirSync(join(full, '..'), { recursive: true });
    writeFileSync(full, '#!/bin/sh\n');
    chmodSync(full, mode);
    return full;
  }
  const find = (env: NodeJS.ProcessEnv = {}, override?: string) =>
    findExecutable({ name: 'quarterdeck-no-such-cli', env, home, override });

  it('takes the first on PATH', () => {
    program('b/quarterdeck-no-such-cli');
    const first = program('a/quarterdeck-no-such-cli');
    expect(find({ PATH: `${home}/none:${home}/a:${home}/b` })).toEqual({ found: true, path: first });
  });

  it('looks where installers put things, newest Node first', () => {
    program('.nvm/versions/node/v9.1.0/bin/quarterdeck-no-such-cli');
    const newest = program('.nvm/versions/node/v22.3.0/bin/quarterdeck-no-such-cli');
    expect(find()).toEqual({ found: true, path: newest });
    const local = program('.local/bin/quarterdeck-no-such-cli');
    expect(find()).toEqual({ found: true, path: local });
  });

  it('says which file is there but may not be run', () => {
    const path = program('.local/bin/quarterdeck-no-such-cli', 0o644);
    expect(find()).toMatchObject({ found: false, rejected: [{ path, errno: 'EACCES' }] });
  });

  it('goes on to one that can be run', () => {
    program('a/quarterdeck-no-such-cli', 0o644);
    const good = program('b/quarterdeck-no-such-cli');
    expect(find({ PATH: `${home}/a:${home}/b` })).toEqual({ found: true, path: good });
  });

  it('looks nowhere else when the person set a path', () => {
    program('a/quarterdeck-no-such-cli');
    const path = join(home, 'wrong');
    expect(find({ PATH: `${home}/a` }, path)).toEqual({
      found: false,
      rejected: [{ path, errno: 'ENOENT' }],
      looked: 1,
    });
  });

  it('never takes a program from a folder that depends on where the agent works', () => {
    program('quarterdeck-no-such-cli');
    expect(find({ PATH: '.:' })).toMatchObject({ found: false });
  });

  it('follows a link, and is not led astray by one that leads nowhere', () => {
    mkdirSync(join(home, 'a'));
    symlinkSync(join(home, 'gone'), join(home, 'a/quarterdeck-no-such-cli'));
    expect(find({ PATH: `${home}/a` })).toMatchObject({ found: false, rejected: [] });
  });
});

describe.skipIf(process.platform === 'win32')('finding an executable on Windows', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'find-win-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const find = () => findExecutable({ name: 'cli', env: { PATH: folder }, home: folder, platform: 'win32' });

  it('never is a .cmd file, which only a shell can run', () => {
    writeFileSync(join(folder, 'cli.cmd'), '@echo off\r\ncall setup.bat %*\r\n', { mode: 0o755 });
    expect(find()).toMatchObject({ found: false, rejected: [{ path: join(folder, 'cli.cmd'), errno: 'EINVAL' }] });
  });

  it('prefers the program to the shim', () => {
    writeFileSync(join(folder, 'cli.cmd'), '', { mode: 0o755 });
    writeFileSync(join(folder, 'cli.exe'), '', { mode: 0o755 });
    expect(find()).toEqual({ found: true, path: join(folder, 'cli.exe') });
  });
});

describe.skipIf(process.platform === 'win32')('the usual places', () => {
  it('hold what npm was told to install into, and, last of all, what the app installed itself', () => {
    const home = mkdtempSync(join(tmpdir(), 'find-places-'));
    try {
      writeFileSync(join(home, '.npmrc'), 'registry=https://registry.npmjs.org/\nprefix=~/tools\n');
      mkdirSync(join(home, 'clis/claude'), { recursive: true });
      mkdirSync(join(home, 'clis/.codex.installing'), { recursive: true });
      const places = usualPlaces({ [ownClisVariable]: join(home, 'clis') }, home);
      expect(places).toContain(join(home, 'tools/bin'));
      expect(places.filter((place) => place.startsWith(join(home, 'clis')))).toEqual([
        join(home, 'clis/claude/node_modules/.bin'),
      ]);
      expect(places.at(-1)).toBe(join(home, 'clis/claude/node_modules/.bin'));
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
