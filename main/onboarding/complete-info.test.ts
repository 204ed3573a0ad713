import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noCapabilities, type ProviderInfo } from '../protocol/values.ts';
import type { KeyState } from '../security/provider-keys.ts';
import { createInfoCompleter } from './complete-info.ts';

let clisDir: string;
let env: NodeJS.ProcessEnv;
let key: KeyState;
beforeEach(() => {
  clisDir = mkdtempSync(join(tmpdir(), 'complete-'));
  env = {};
  key = { stored: false };
});
afterEach(() => rmSync(clisDir, { recursive: true, force: true }));

const ours = () => join(clisDir, 'fake/node_modules/.bin/fake');
function installOurs(): void {
  mkdirSync(join(ours(), '..'), { recursive: true });
  writeFileSync(ours(), '#!/bin/sh\n');
  chmodSync(ours(), 0o755);
}
/** An adapter that finds theirs, or what the variable names. */
function look(theirs: Partial<ProviderInfo>, own: Partial<ProviderInfo> = { state: 'ready', version: '2.0.0' }) {
  return async (): Promise<ProviderInfo> => ({
    id: 'fake',
    name: 'Fake',
    built_in: false,
    models: [],
    capabilities: noCapabilities,
    npm_package: '@fake/cli',
    state: 'ready',
    ...(env.QUARTERDECK_FAKE_PATH === ours() ? { path: ours(), ...own } : { path: '/usr/bin/fake', ...theirs }),
  });
}
const completer = () => createInfoCompleter({ env, clisDir, keys: { state: () => key } });
const complete = async (at: ReturnType<typeof completer>, asked: () => Promise<ProviderInfo>) =>
  at.complete(await asked(), asked);

describe.skipIf(process.platform === 'win32')('which of two installations is used', () => {
  it.each(['ready', 'not_signed_in'] as const)('is the person’s when it is %s', async (state) => {
    installOurs();
    expect(await complete(completer(), look({ state }))).toMatchObject({ state, path: '/usr/bin/fake' });
    expect(env).toEqual({});
  });

  it.each(['too_old', 'broken'] as const)('is ours when theirs is %s, and that is said', async (state) => {
    installOurs();
    const at = completer();
    const info = await complete(at, look({ state, version: '1.0.0' }));
    const passed_over = { path: '/usr/bin/fake', version: '1.0.0', state };
    expect(info).toMatchObject({ state: 'ready', path: ours(), own: true, passed_over });
    expect(await complete(at, look({ state }))).toMatchObject({ path: ours(), passed_over });
  });

  it('is theirs when ours does not work either', async () => {
    installOurs();
    const info = await complete(completer(), look({ state: 'too_old' }, { state: 'broken' }));
    expect(info).toMatchObject({ state: 'too_old', path: '/usr/bin/fake' });
    expect(env).toEqual({});
  });

  it('is theirs again when ours is gone', async () => {
    installOurs();
    const at = completer();
    await complete(at, look({ state: 'too_old' }));
    rmSync(join(clisDir, 'fake'), { recursive: true });
    const info = await complete(at, look({ state: 'too_old' }, { state: 'broken' }));
    expect(info).toMatchObject({ state: 'too_old', path: '/usr/bin/fake' });
    expect(info.passed_over).toBeUndefined();
  });

  it('is what the person set, whatever it is', async () => {
    installOurs();
    env.QUARTERDECK_FAKE_PATH = '/my/fake';
    expect(await complete(completer(), look({ state: 'broken' }))).toMatchObject({ state: 'broken' });
    expect(env.QUARTERDECK_FAKE_PATH).toBe('/my/fake');
  });

  it('is decided again when ours was installed anew', async () => {
    installOurs();
    const at = completer();
    await complete(at, look({ state: 'too_old' }));
    at.installed('fake');
    const info = await complete(at, look({ state: 'ready' }));
    expect(info).toMatchObject({ path: '/usr/bin/fake' });
    expect(info.passed_over).toBeUndefined();
  });
});

describe('a stored key', () => {
  it('is said of every CLI, and that it cannot be read', async () => {
    expect(await complete(completer(), look({}))).toMatchObject({ key_stored: false });
    key = { stored: true, by: 'keychain' };
    expect(await complete(completer(), look({}))).toMatchObject({ key_stored: true });
    key = { stored: false, problem: { code: 'storage_failed', message: 'Locked.', next: 'Unlock it.' } };
    expect(await complete(completer(), look({}))).toMatchObject({
      state: 'ready',
      key_stored: false,
      problem: { message: 'Locked.', next: 'Unlock it.' },
    });
  });
});
