import { createHash, randomBytes } from 'node:crypto';
import { Emitter } from '../base/emitter.ts';
import type { ApiKey, CreatedKey, Restrictions } from '../protocol/access.ts';
import type { Scope } from '../protocol/queries.ts';
import { plainSeen, type RightsRow, rightsOf, type Seen, touchEveryMs } from './last-used.ts';
import type { Db } from './open-database.ts';

/** "qd_" and five characters: enough to tell keys apart, far too little to guess the rest. */
const prefixChars = 8;

export interface NewKey {
  /** 16 hexadecimal digits; without one it is made here. */
  id?: string;
  name: string;
  scopes: readonly Scope[];
  /** Its folders resolved. */
  restrictions?: Restrictions;
  expires_at?: number | null;
}

export interface KeyStore {
  /** Makes a key. The answer is the only place its secret ever stands. */
  create(key: NewKey): CreatedKey;
  /** Newest first, revoked ones included. */
  list(): ApiKey[];
  get(id: string): ApiKey | null;
  /**
   * A new secret with the same rights, in one transaction. The old key says which one took its place and is good for `overlapMs` more, but never
   * beyond its own end; at 0 it is revoked, and `revoked` tells it. Null: there is no such key, it is void, or it was rotated before.
   */
  rotate(id: string, overlapMs: number): CreatedKey | null;
  /** False when there is no such key or it was revoked before. Tells `revoked`. */
  revoke(id: string): boolean;
  /** Takes a key off the list that is revoked or has run out. False when there is none such. */
  remove(id: string): boolean;
  /** The key with this secret; null when there is none, or it is revoked or has run out. */
  find(secret: string): ApiKey | null;
  /** Notes that the key was used. Coarse (a minute), best effort: a full disk does not keep anybody out. */
  touch(id: string, seen?: Seen): void;
  /** Ids of keys at the moment they are revoked. */
  readonly revoked: Emitter<string>;
  /** The list is not what it was. */
  readonly changed: Emitter<void>;
}

interface Row extends RightsRow {
  id: string;
  name: string;
  prefix: string;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
  replaced_by: string | null;
}

const columns =
  'id, name, prefix, scopes, restrictions, created_at, expires_at, last_used_at, last_used_address, last_used_client, revoked_at, replaced_by';
function fromRow({ last_used_address: _address, last_used_client: _client, ...row }: Row): ApiKey {
  return { ...row, ...rightsOf({ ...row, last_used_address: _address, last_used_client: _client }) };
}
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The only writer of `api_keys`. A secret is `qd_` and 32 random bytes in base64url; only its SHA-256 is kept. */
export function createKeyStore(db: Db, now: () => number = Date.now): KeyStore {
  const insert = db.prepare(
    'INSERT INTO api_keys (id, name, key_hash, prefix, scopes, restrictions, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const all = db.prepare<[], Row>(`SELECT ${columns} FROM api_keys ORDER BY created_at DESC, id`);
  const byId = db.prepare<[string], Row>(`SELECT ${columns} FROM api_keys WHERE id = ?`);
  const byHash = db.prepare<[string, number], Row>(
    `SELECT ${columns} FROM api_keys WHERE key_hash = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)`,
  );
  const setRevoked = db.prepare('UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
  const setReplaced = db.prepare('UPDATE api_keys SET replaced_by = ?, expires_at = ? WHERE id = ?');
  const setUsed = db.prepare(
    'UPDATE api_keys SET last_used_at = ?, last_used_address = ?, last_used_client = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at <= ?)',
  );
  const remove = db.prepare('DELETE FROM api_keys WHERE id = ? AND (revoked_at IS NOT NULL OR expires_at <= ?)');
  const revoked = new Emitter<string>();
  const changed = new Emitter<void>();

  const add = ({ id, name, scopes, restrictions = {}, expires_at = null }: NewKey): CreatedKey => {
    const key = `qd_${randomBytes(32).toString('base64url')}`;
    const created: CreatedKey = {
      id: id ?? randomBytes(8).toString('hex'),
      name,
      prefix: key.slice(0, prefixChars),
      scopes: [...new Set(scopes)],
      restrictions,
      created_at: now(),
      expires_at,
      last_used_at: null,
      last_used: null,
      revoked_at: null,
      replaced_by: null,
      key,
    };
    const rights = [JSON.stringify(created.scopes), JSON.stringify(restrictions)];
    insert.run(created.id, name, sha256(key), created.prefix, ...rights, created.created_at, expires_at);
    return created;
  };
  const isGood = (key: Row): boolean => key.revoked_at === null && (key.expires_at === null || key.expires_at > now());

  const rotate = db.transaction((id: string, overlapMs: number): CreatedKey | null => {
    const old = byId.get(id);
    if (!old || !isGood(old) || old.replaced_by !== null) return null;
    const { name, scopes, restrictions, expires_at } = fromRow(old);
    const made = add({ name, scopes, restrictions, expires_at });
    setReplaced.run(made.id, Math.min(now() + overlapMs, expires_at ?? Number.MAX_SAFE_INTEGER), id);
    if (overlapMs === 0) setRevoked.run(now(), id);
    return made;
  });
  return {
    revoked,
    changed,
    create(key) {
      const created = add(key);
      changed.emit();
      return created;
    },
    list: () => all.all().map(fromRow),
    get(id) {
      const row = byId.get(id);
      return row ? fromRow(row) : null;
    },
    rotate(id, overlapMs) {
      const made = rotate(id, overlapMs);
      if (made === null) return null;
      if (overlapMs === 0) revoked.emit(id);
      changed.emit();
      return made;
    },
    revoke(id) {
      if (setRevoked.run(now(), id).changes === 0) return false;
      revoked.emit(id);
      changed.emit();
      return true;
    },
    remove(id) {
      const removed = remove.run(id, now()).changes > 0;
      if (removed) changed.emit();
      return removed;
    },
    find(secret) {
      const row = byHash.get(sha256(secret), now());
      return row ? fromRow(row) : null;
    },
    touch(id, seen = { address: '', client: '' }) {
      try {
        const { address, client } = plainSeen(seen);
        setUsed.run(now(), address, client, id, now() - touchEveryMs);
      } catch {
        // Best effort, see the port.
      }
    },
  };
}
