import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRunRecords } from '../providers/process/run-records.ts';
import type { SafeStorage } from '../security/keychain-box.ts';
import { createKnownSecrets } from '../security/known-secrets.ts';
import { createOnboarding } from './onboarding.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'onboarding-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function create(env: NodeJS.ProcessEnv, safeStorage: SafeStorage | null = null) {
  const secrets = createKnownSecrets();
  const kept = new Map<string, { box: string; wrapped: Buffer }>();
  const nothing = () => {};
  const onboarding = createOnboarding({
    env,
    userHome: home,
    instance: 'test',
    composition: 'desktop',
    safeStorage,
    paths: { secretsKey: join(home, 'secrets.key'), clis: join(home, 'clis'), terminal: join(home, 'terminal') },
    store: {
      find: (provider) => kept.get(provider) ?? null,
      put: (provider, key) => void kept.set(provider, key),
      remove: (provider) => kept.delete(provider),
      list: () => [...kept].map(([provider, { box }]) => ({ provider, box })),
    },
    secrets,
    redactText: (text) => text,
    records: createRunRecords(join(home, 'processes')),
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  });
  return { ...onboarding, secrets };
}

describe('onboarding', () => {
  it.each([
    ['GITHUB_TOKEN', 'canary2env2token2b7c1', true],
    ['PGPASSWORD', 'postgres', false],
    ['APP_SECRET', 'development-only', false],
    ['GOOGLE_APPLICATION_CREDENTIALS', '/home/ada/keys/project-1.json', false],
    ['LANG', 'en_US.UTF-8-and-more-1', false],
  ])('knows of %s=%s whether it has to be taken out of everything: %s', (name, value, is) => {
    expect(create({ [name]: value }).secrets.redact(value) !== value).toBe(is);
  });

  it('asks for the keychain again until it is there, and stays with it then', () => {
    let ready = false;
    const storage: SafeStorage = {
      isEncryptionAvailable: () => ready,
      getSelectedStorageBackend: () => 'kwallet6',
      encryptString: (text) => Buffer.from(text).reverse(),
      decryptString: (wrapped) => Buffer.from(wrapped).reverse().toString(),
    };
    const { keys } = create({}, storage);
    expect(keys.keptBy()).toBe('key_file');
    ready = true;
    expect(keys.keptBy()).toBe('keychain');
  });

  it('does not change the environment it was given', () => {
    const env = { PATH: '/bin' };
    const { env: own } = create(env);
    own.PATH = '/changed';
    expect(env).toEqual({ PATH: '/bin' });
  });
});
