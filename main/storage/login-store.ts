import { createHash, randomBytes } from 'node:crypto';
import { Emitter } from '../base/emitter.ts';
import type { Login as LoginView } from '../protocol/access.ts';
import type { Db } from './open-database.ts';

/** A browser stays signed in this long after it was opened with a link, at most: a restart of the app ends it too. */
export const loginLifetimeMs = 30 * 24 * 60 * 60 * 1000;
const touchEveryMs = 60_000;
/** Logins that can be open at once; the one unseen for longest makes room. */
const maxLogins = 100;

/** One browser that was signed in. Times are milliseconds since 1970. */
export type Login = Omit<LoginView, 'current'>;

export type NewLogin = Pick<Login, 'name'> &
  Partial<Pick<Login, 'by' | 'email' | 'address'>> & {
    /** Without one: `loginLifetimeMs`. Never prolonged by use. */
    lifetimeMs?: number;
  };

export interface LoginStore {
  /** Signs a browser in. `token` goes into its cookie and is kept nowhere else. */
  create(login: NewLogin | string): Login & { token: string };
  /** The login with this token; null when there is none, it was revoked or has expired, or it came by a link before this start. */
  find(token: string): Login | null;
  /** Logins that can still be used, the latest seen first. */
  list(): Login[];
  /** False when there is no such login any more. Tells `revoked`. */
  revoke(id: string): boolean;
  /**
   * Revokes all that match, in one transaction with `also`: when that fails, nobody is signed out. Tells `revoked` after the commit.
   * @returns their ids.
   */
  revokeWhere(matches: (login: Login) => boolean, also?: () => void): string[];
  /** Notes that the browser was there. Coarse (a minute), best effort. */
  touch(id: string): void;
  /** Ids of logins at the moment they are revoked. */
  readonly revoked: Emitter<string>;
}

const columns = 'id, name, by, email, address, created_at, last_seen_at, expires_at';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The only writer of `logins`. A token is `qdl_` and 32 random bytes in base64url; only its SHA-256 is kept.
 * Logins by a link are good for this store object only, so a start of the app voids all earlier ones, without a write that could fail: while the app
 * is down, somebody else can listen at its address, and a page that was left open shows its cookie there; a new link costs its owner one command.
 * Logins by password or identity provider outlive a restart: whoever uses them may be far from this machine, and would type a password at each.
 */
export function createLoginStore(db: Db, now: () => number = Date.now): LoginStore {
  const insert = db.prepare(
    'INSERT INTO logins (id, name, by, email, address, token_hash, created_at, last_seen_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const byHash = db.prepare<[string, number], Login>(
    `SELECT ${columns} FROM logins WHERE token_hash = ? AND revoked_at IS NULL AND expires_at > ?`,
  );
  const open = db.prepare<[number], Login>(
    `SELECT ${columns} FROM logins WHERE revoked_at IS NULL AND expires_at > ? ORDER BY last_seen_at DESC, id`,
  );
  const byId = db.prepare<[string], Login>(`SELECT ${columns} FROM logins WHERE id = ? AND revoked_at IS NULL`);
  const setRevoked = db.prepare('UPDATE logins SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
  const setSeen = db.prepare('UPDATE logins SET last_seen_at = ? WHERE id = ? AND last_seen_at <= ?');
  // Dead rows stay a while, so that a record which names a login can still be explained.
  const sweep = db.prepare('DELETE FROM logins WHERE expires_at < ?');
  const revoked = new Emitter<string>();
  const ours = new Set<string>();
  const isGood = ({ id, by }: Login) => by !== 'link' || ours.has(id);
  const list = () => open.all(now()).filter(isGood);

  const revoke = (id: string): boolean => {
    const login = byId.get(id);
    if (!login || !isGood(login) || setRevoked.run(now(), id).changes === 0) return false;
    tell(id);
    return true;
  };
  const tell = (id: string) => {
    ours.delete(id);
    revoked.emit(id);
  };
  const revokeAll = db.transaction((matches: (login: Login) => boolean, also: () => void) => {
    also();
    const ids = list()
      .filter(matches)
      .map(({ id }) => id);
    for (const id of ids) setRevoked.run(now(), id);
    return ids;
  });
  return {
    revoked,
    revoke,
    revokeWhere(matches, also = () => {}) {
      const ids = revokeAll.immediate(matches, also);
      for (const id of ids) tell(id);
      return ids;
    },
    create(asked) {
      const {
        name,
        by = 'link',
        email = null,
        address = null,
        lifetimeMs = loginLifetimeMs,
      } = typeof asked === 'string' ? { name: asked } : asked;
      sweep.run(now() - loginLifetimeMs);
      for (const stale of list().slice(maxLogins - 1)) revoke(stale.id);
      const token = `qdl_${randomBytes(32).toString('base64url')}`;
      const [created_at, last_seen_at, expires_at] = [now(), now(), now() + lifetimeMs];
      const login: Login = {
        id: randomBytes(8).toString('hex'),
        name,
        by,
        email,
        address,
        created_at,
        last_seen_at,
        expires_at,
      };
      insert.run(login.id, name, by, email, address, sha256(token), created_at, last_seen_at, expires_at);
      if (by === 'link') ours.add(login.id);
      return { ...login, token };
    },
    find(token) {
      const login = byHash.get(sha256(token), now());
      return login && isGood(login) ? login : null;
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
