import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../base/clock.ts';
import { createKeyStore, type KeyStore } from './key-store.ts';
import { createLoginStore, type LoginStore, loginLifetimeMs } from './login-store.ts';
import { type Db, migrate } from './open-database.ts';

let folder = '';
let path = '';
let db: Db;
let keys: KeyStore;
let logins: LoginStore;
let clock = createManualClock();

const reopen = () => {
  db = new Database(path);
  keys = createKeyStore(db, clock.now);
  logins = createLoginStore(db, clock.now);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-keys-'));
  path = join(folder, 'quarterdeck.db');
  clock = createManualClock();
  const fresh = new Database(path);
  migrate(fresh);
  fresh.close();
  reopen();
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const onDisk = () => {
  db.pragma('wal_checkpoint(TRUNCATE)');
  return readFileSync(path, 'latin1');
};

describe('API keys', () => {
  it('are 32 random bytes, shown once, kept only as SHA-256', () => {
    const created = keys.create({ name: 'nightly', scopes: ['chat', 'chat', 'sessions:read'] });
    expect(created.key).toMatch(/^qd_[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(created.key.slice(3), 'base64url')).toHaveLength(32);
    expect(created.id).toMatch(/^[0-9a-f]{16}$/);
    expect(created.prefix).toBe(created.key.slice(0, 8));
    expect(created.scopes).toEqual(['chat', 'sessions:read']);
    const file = onDisk();
    expect(file).not.toContain(created.key);
    expect(file).not.toContain(created.key.slice(9));
    expect(file).toContain(createHash('sha256').update(created.key).digest('hex'));
    const { key, ...listed } = created;
    expect(keys.list()).toEqual([listed]);
    expect(JSON.stringify(keys.list())).not.toContain(key);
  });

  it('are found by their whole secret only, also after a restart', () => {
    const created = keys.create({ name: 'a', scopes: ['chat'] });
    db.close();
    reopen();
    expect(keys.find(created.key)?.id).toBe(created.id);
    for (const wrong of ['', created.key.slice(0, -1), `${created.key}x`, created.id, created.prefix, "' OR 1=1 --"]) {
      expect(keys.find(wrong), wrong).toBeNull();
    }
  });

  it('are revoked once, stay listed, are not found any more, and whoever listens hears it', () => {
    const heard: string[] = [];
    keys.revoked.on((id) => heard.push(id));
    const created = keys.create({ name: 'a', scopes: ['chat'] });
    clock.advance(5);
    expect(keys.revoke(created.id)).toBe(true);
    expect(keys.revoke(created.id)).toBe(false);
    expect(keys.revoke('nothing')).toBe(false);
    expect(keys.find(created.key)).toBeNull();
    expect(keys.list()[0]).toMatchObject({ id: created.id, revoked_at: clock.now() });
    expect(heard).toEqual([created.id]);
  });

  it('are listed newest first', () => {
    const first = keys.create({ name: 'first', scopes: ['chat'] });
    clock.advance(1);
    const second = keys.create({ name: 'second', scopes: ['chat'] });
    expect(keys.list().map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  it('remember when they were used, to the minute, and do not fail when that cannot be written', () => {
    const { id } = keys.create({ name: 'a', scopes: ['chat'] });
    const lastUsed = () => keys.list()[0]?.last_used_at;
    expect(lastUsed()).toBeNull();
    const first = clock.now();
    keys.touch(id);
    clock.advance(59_999);
    keys.touch(id);
    expect(lastUsed()).toBe(first);
    clock.advance(1);
    keys.touch(id);
    expect(lastUsed()).toBe(clock.now());
    db.pragma('query_only = ON');
    clock.advance(60_000);
    expect(() => keys.touch(id)).not.toThrow();
  });
});

describe('logins of browsers', () => {
  it('are found by their token for 30 days', () => {
    const { token, id } = logins.create('Firefox on Linux');
    expect(token).toMatch(/^qdl_[A-Za-z0-9_-]{43}$/);
    expect(onDisk()).not.toContain(token.slice(5));
    clock.advance(loginLifetimeMs - 1);
    expect(logins.find(token)).toMatchObject({ id, name: 'Firefox on Linux' });
    expect(logins.find(`${token}x`)).toBeNull();
    clock.advance(1);
    expect(logins.find(token)).toBeNull();
    expect(logins.list()).toEqual([]);
  });

  it('are void after a restart', () => {
    const { token, id } = logins.create('Firefox on Linux');
    db.close();
    reopen();
    expect(logins.find(token)).toBeNull();
    expect(logins.list()).toEqual([]);
    expect(logins.revoke(id)).toBe(false);
  });

  it('are revoked once, and whoever listens hears it', () => {
    const heard: string[] = [];
    logins.revoked.on((id) => heard.push(id));
    const { token, id } = logins.create('x');
    expect(logins.revoke(id)).toBe(true);
    expect(logins.revoke(id)).toBe(false);
    expect(logins.find(token)).toBeNull();
    expect(heard).toEqual([id]);
  });

  it('are bounded: the one unseen for longest makes room', () => {
    const first = logins.create('first');
    const seen = logins.create('seen');
    for (let n = 0; n < 98; n += 1) {
      clock.advance(60_000);
      logins.create(`other ${n}`);
    }
    logins.touch(seen.id);
    expect(logins.list()).toHaveLength(100);
    logins.create('one more');
    expect(logins.list()).toHaveLength(100);
    expect(logins.find(first.token)).toBeNull();
    expect(logins.find(seen.token)).not.toBeNull();
  });

  it('are swept from the file a lifetime after they ended', () => {
    logins.create('old');
    clock.advance(2 * loginLifetimeMs + 1);
    logins.create('new');
    expect(db.prepare('SELECT count(*) AS n FROM logins').get()).toEqual({ n: 1 });
  });
});
