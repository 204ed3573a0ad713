import { createHash, randomBytes } from 'node:crypto';
import { Emitter } from '../base/emitter.ts';
import type { Db } from './open-database.ts';

/** A browser stays signed in this long after it was opened with a link, at most: a restart of the app ends it too. */
export const loginLifetimeMs = 30 * 24 * 60 * 60 * 1000;
const touchEveryMs = 60_000;
/** Logins that can be open at once; the one unseen for longest makes room. */
const maxLogins = 100;

/** One browser that was signed in with a one-time link. Times are milliseconds since 1970. */
export interface Login {
  id: string;
  /** What the browser said it is, for a list of signed-in browsers. */
  name: string;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
}

export interface LoginStore {
  /** Signs a browser in. `token` goes into its cookie and is kept nowhere else. */
  create(name: string): Login & { token: string };
  /** The login with this token; null when there is none, it was revoked, has expired, or was made before this start. */
  find(token: string): Login | null;
  /** Logins that can still be used, the latest seen first. */
  list(): Login[];
  /** False when there is no such login any more. Tells `revoked`. */
  revoke(id: string): boolean;
  /** Notes that the browser was there. Coarse (a minute), best effort. */
  touch(id: string): void;
  /** Ids of logins at the moment they are revoked. */
  readonly revoked: Emitter<string>;
}

const columns = 'id, name, created_at, last_seen_at, expires_at';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The only writer of `logins`. Only logins of this store object are good, so a start of the app voids all earlier ones, without a write that
 * could fail: while the app is down, somebody else can listen at its address, and a page that was left open shows its cookie there.
 * A token is `qdl_` and 32 random bytes in base64url; only its SHA-256 is kept.
 */
export function createLoginStore(db: Db, now: () => number = Date.now): LoginStore {
  const insert = db.prepare(
    'INSERT INTO logins (id, name, token_hash, created_at, last_seen_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const byHash = db.prepare<[string, number], Login>(
    `SELECT ${columns} FROM logins WHERE token_hash = ? AND revoked_at IS NULL AND expires_at > ?`,
  );
  const open = db.prepare<[number], Login>(
    `SELECT ${columns} FROM logins WHERE revoked_at IS NULL AND expires_at > ? ORDER BY last_seen_at DESC, id`,
  );
  const setRevoked = db.prepare('UPDATE logins SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
  const setSeen = db.prepare('UPDATE logins SET last_seen_at = ? WHERE id = ? AND last_seen_at <= ?');
  // Dead rows stay a while, so that a record which names a login can still be explained.
  const sweep = db.prepare('DELETE FROM logins WHERE expires_at < ?');
  const revoked = new Emitter<string>();
  const ours = new Set<string>();
  const list = () => open.all(now()).filter(({ id }) => ours.has(id));

  const revoke = (id: string): boolean => {
    if (!ours.has(id) || setRevoked.run(now(), id).changes === 0) return false;
    ours.delete(id);
    revoked.emit(id);
    return true;
  };
  return {
    revoked,
    revoke,
    create(name) {
      sweep.run(now() - loginLifetimeMs);
      for (const stale of list().slice(maxLogins - 1)) revoke(stale.id);
      const token = `qdl_${randomBytes(32).toString('base64url')}`;
      const login: Login = {
        id: randomBytes(8).toString('hex'),
        name,
        created_at: now(),
        last_seen_at: now(),
        expires_at: now() + loginLifetimeMs,
      };
      insert.run(login.id, name, sha256(token), login.created_at, login.last_seen_at, login.expires_at);
      ours.add(login.id);
      return { ...login, token };
    },
    find(token) {
      const login = byHash.get(sha256(token), now());
      return login && ours.has(login.id) ? login : null;
    },
    list,
    touch(id) {
      try {
        setSeen.run(now(), id, now() - touchEveryMs);
      } catch {
        // Best effort, see the port.
      }
    },
  };
}
