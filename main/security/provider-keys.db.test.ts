import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Db, openDatabase } from '../storage/open-database.ts';
import { createProviderKeyStore } from '../storage/provider-key-store.ts';
import { createKeyFileBox } from './key-file-box.ts';
import { createKeychainBox, hasKeychain, type SafeStorage } from './keychain-box.ts';
import { createKnownSecrets } from './known-secrets.ts';
import { createProviderKeys } from './provider-keys.ts';

const key = 'sk-canary-3f9a1b';
const posix = process.platform !== 'win32';
let home: string;
let db: Db;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'provider-keys-'));
  db = openDatabase(join(home, 'quarterdeck.db'));
});
afterEach(() => {
  db.close();
  rmSync(home, { recursive: true, force: true });
});

const keyFile = () => join(home, 'secrets.key');
/** A keychain whose master key is lost when `other` is another one. */
const keychain = (master = 'a', more: Partial<SafeStorage> = {}): SafeStorage => ({
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text) => Buffer.from(`${master}${Buffer.from(text).toString('hex')}`),
  decryptString(wrapped) {
    const text = wrapped.toString();
    if (!text.startsWith(master)) throw new Error('Error while decrypting');
    return Buffer.from(text.slice(master.length), 'hex').toString();
  },
  ...more,
});
function open(storage: SafeStorage | null = null) {
  const secrets = createKnownSecrets();
  let narrowed = 0;
  const box = storage !== null && hasKeychain(storage, 'linux') ? createKeychainBox(storage) : null;
  const keys = createProviderKeys({
    store: createProviderKeyStore(db),
    keychain: () => box,
    keyFile: createKeyFileBox(keyFile(), () => {
      narrowed += 1;
    }),
    secrets,
  });
  return { keys, secrets, narrowed: () => narrowed };
}
const onDisk = () =>
  readdirSync(home)
    .filter((name) => statSync(join(home, name)).isFile())
    .map((name) => readFileSync(join(home, name), 'latin1'))
    .join('\n');

describe('API keys of providers', () => {
  it('are kept over a restart and nowhere on the disk in clear', () => {
    expect(open().keys.set('codex', key)).toEqual({ ok: true, value: 'key_file' });
    db.close();
    expect(onDisk()).not.toContain(key);
    db = openDatabase(join(home, 'quarterdeck.db'));
    const { keys } = open();
    expect([keys.get('codex'), keys.state('codex')]).toEqual([key, { stored: true, by: 'key_file' }]);
    expect([keys.get('claude'), keys.state('claude')]).toEqual([null, { stored: false }]);
  });

  it('are kept by the keychain where there is one, without a key file', () => {
    const { keys } = open(keychain());
    expect([keys.set('codex', key), keys.get('codex'), keys.keptBy()]).toEqual([
      { ok: true, value: 'keychain' },
      key,
      'keychain',
    ]);
    expect(existsSync(keyFile())).toBe(false);
  });

  it.each([
    ['is none', { isEncryptionAvailable: () => false }],
    ['only pretends (basic_text)', { getSelectedStorageBackend: () => 'basic_text' }],
    ['is not known', { getSelectedStorageBackend: () => 'unknown' }],
    [
      'fails when asked',
      {
        isEncryptionAvailable: () => {
          throw new Error('not ready');
        },
      },
    ],
  ])('are wrapped with the key file where the keychain %s', (_what, more) => {
    expect(open(keychain('a', more)).keys.set('codex', key)).toEqual({ ok: true, value: 'key_file' });
    expect(onDisk()).not.toContain(Buffer.from(key).toString('hex'));
  });

  it('that the keychain keeps stay where they are when the home is opened without it, and that is said', () => {
    open(keychain()).keys.set('codex', key);
    const { keys } = open();
    expect(keys.get('codex')).toBeNull();
    expect(keys.state('codex')).toMatchObject({
      stored: false,
      problem: { message: expect.stringContaining('keychain') },
    });
    expect(open(keychain()).keys.get('codex')).toBe(key);
  });

  it('of the key file can be read from the window too', () => {
    open().keys.set('codex', key);
    expect(open(keychain()).keys.get('codex')).toBe(key);
  });

  it('that another keychain or another key file wrapped are kept, and that is said', () => {
    open(keychain('a')).keys.set('claude', key);
    open().keys.set('codex', key);
    rmSync(keyFile());
    const { keys } = open(keychain('b'));
    for (const provider of ['claude', 'codex']) {
      expect(keys.get(provider)).toBeNull();
      expect(keys.state(provider)).toMatchObject({
        stored: false,
        problem: { next: expect.stringContaining('again') },
      });
    }
    open().keys.set('gemini', key);
    expect(keys.state('codex')).toMatchObject({ problem: { message: expect.stringContaining('another key') } });
    expect(JSON.stringify([keys.state('claude'), keys.state('codex')])).not.toContain(key);
  });

  it('cannot be passed off as those of another provider', () => {
    const { keys } = open();
    keys.set('codex', key);
    db.prepare("UPDATE provider_keys SET provider = 'claude'").run();
    expect(keys.get('claude')).toBeNull();
  });

  it('are gone when they are removed, and whoever listens hears of every change', () => {
    const { keys } = open();
    const heard: string[] = [];
    keys.changed.on((provider) => heard.push(provider));
    keys.set('codex', key);
    expect([keys.remove('codex'), keys.remove('codex'), keys.get('codex')]).toEqual([true, false, null]);
    expect(heard).toEqual(['codex', 'codex']);
  });

  it('are known as secrets from the moment they are stored or read', () => {
    const first = open();
    first.keys.set('codex', key);
    expect(first.secrets.redact(`x ${key}`)).toBe('x [redacted]');
    const second = open();
    second.keys.state('codex');
    expect(second.secrets.redact(`x ${key}`)).toBe('x [redacted]');
  });
});

describe.runIf(posix)('the key file', () => {
  it('is readable by this user only, and its rights are narrowed when they are not', () => {
    const { keys, narrowed } = open();
    keys.set('codex', key);
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    chmodSync(keyFile(), 0o644);
    expect([keys.get('codex'), narrowed(), statSync(keyFile()).mode & 0o777]).toEqual([key, 1, 0o600]);
  });

  it.each([
    ['a link', () => symlinkSync('/dev/null', keyFile()), 'is a link'],
    ['a folder', () => mkdirSync(keyFile()), 'is not a file'],
    ['something else', () => writeFileSync(keyFile(), 'hello', { mode: 0o600 }), 'does not hold a key'],
  ])('that is %s is refused, and left as it is', (_what, place, why) => {
    place();
    const refused = open().keys.set('codex', key);
    expect(refused).toMatchObject({ ok: false, error: { message: expect.stringContaining(why) } });
    expect(createProviderKeyStore(db).list()).toEqual([]);
    expect(existsSync(keyFile())).toBe(true);
  });
});
