import { createHash, randomBytes } from 'node:crypto';
import { Emitter } from '../base/emitter.ts';
import type { ApiKey, CreatedKey } from '../protocol/access.ts';
import type { Scope } from '../protocol/queries.ts';
import type { Db } from './open-database.ts';

/** `last_used_at` is written at most this often for one key: a script that connects in a loop must not become a stream of commits. */
const touchEveryMs = 60_000;
/** "qd_" and five characters: enough to tell keys apart, far too little to guess the rest. */
const prefixChars = 8;

export interface KeyStore {
  /** Makes a key. The answer is the only place its secret ever stands. */
  create(key: { name: string; scopes: readonly Scope[] }): CreatedKey;
  /** Newest first, revoked ones included. */
  list(): ApiKey[];
  /** False when there is no such key or it was revoked before. Tells `revoked`. */
  revoke(id: string): boolean;
  /** The key with this secret; null when there is none or it is revoked. */
  find(secret: string): ApiKey | null;
  /** Notes that the key was used. Coarse (a minute), best effort: a full disk does not keep anybody out. */
  touch(id: string): void;
  /** Ids of keys at the moment they are revoked. */
  readonly revoked: Emitter<string>;
}

interface Row {
  id: string;
  name: string;
  prefix: string;
  scopes: string;
  created_at: number;
  last_used_at: number | null;
  revoked_at: number | null;
}

const columns = 'id, name, prefix, scopes, created_at, last_used_at, revoked_at';
const unnarrowed = { restrictions: {}, expires_at: null, last_used: null, replaced_by: null } as const;
const fromRow = (row: Row): ApiKey => ({ ...row, ...unnarrowed, scopes: JSON.parse(row.scopes) as Scope[] });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The only writer of `api_keys`. A secret is `qd_` and 32 random bytes in base64url; only its SHA-256 is kept. */
export function createKeyStore(db: Db, now: () => number = Date.now): KeyStore {
  const insert = db.prepare(
    'INSERT INTO api_keys (id, name, key_hash, prefix, scopes, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const all = db.prepare<[], Row>(`SELECT ${columns} FROM api_keys ORDER BY created_at DESC, id`);
  const byHash = db.prepare<[string], Row>(`SELECT ${columns} FROM api_keys WHERE key_hash = ? AND revoked_at IS NULL`);
  const setRevoked = db.prepare('UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
  const setUsed = db.prepare(
    'UPDATE api_keys SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at <= ?)',
  );
  const revoked = new Emitter<string>();
  return {
    revoked,
    create({ name, scopes }) {
      const key = `qd_${randomBytes(32).toString('base64url')}`;
      const created: CreatedKey = {
        id: randomBytes(8).toString('hex'),
        name,
        prefix: key.slice(0, prefixChars),
        scopes: [...new Set(scopes)],
        created_at: now(),
        last_used_at: null,
        revoked_at: null,
        ...unnarrowed,
        key,
      };
      insert.run(created.id, name, sha256(key), created.prefix, JSON.stringify(created.scopes), created.created_at);
      return created;
    },
    list: () => all.all().map(fromRow),
    revoke(id) {
      if (setRevoked.run(now(), id).changes === 0) return false;
      revoked.emit(id);
      return true;
    },
    find(secret) {
      const row = byHash.get(sha256(secret));
      return row ? fromRow(row) : null;
    },
    touch(id) {
      try {
        setUsed.run(now(), id, now() - touchEveryMs);
      } catch {
        // Best effort, see the port.
      }
    },
  };
}
