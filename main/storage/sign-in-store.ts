import { OidcSettings } from '../protocol/access.ts';
import type { Db } from './open-database.ts';
import { storageError } from './storage-error.ts';

/** The client secret of the identity provider, as it stands on disk: wrapped. */
export interface WrappedSecret {
  box: string;
  wrapped: Buffer;
}

export interface SignInConfig {
  /** Encoded argon2id hash; null: no password. */
  passwordHash: string | null;
  oidc: OidcSettings | null;
  oidcSecret: WrappedSecret | null;
  lifetimeHours: number;
  trustedProxies: readonly string[];
  /** When the first-run setup was closed, for ever; null: it is open. */
  setupClosedAt: number | null;
}

export interface SignInStore {
  get(): SignInConfig;
  /** Any of these closes the first-run setup. */
  setPassword(hash: string | null): void;
  setOidc(oidc: OidcSettings | null, secret: WrappedSecret | null): void;
  setRules(rules: Partial<Pick<SignInConfig, 'lifetimeHours' | 'trustedProxies'>>): void;
  /**
   * Does the first-run setup, once in the life of this home: `work` runs in the transaction that closes it.
   * @returns null when it was closed before; then nothing was done.
   */
  setUp<T>(work: () => T): { done: T } | null;
}

interface Row {
  password_hash: string | null;
  oidc: string | null;
  oidc_box: string | null;
  oidc_secret: Buffer | null;
  lifetime_hours: number;
  trusted_proxies: string;
  setup_closed_at: number | null;
}

function oidcOf(text: string | null): OidcSettings | null {
  if (text === null) return null;
  try {
    return OidcSettings.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The only writer of `sign_in`. It never sees a password or a client secret in clear. @throws {StorageError} when the disk refuses a write. */
export function createSignInStore(db: Db, now: () => number = Date.now): SignInStore {
  const row = db.prepare<[], Row>('SELECT * FROM sign_in WHERE id = 1');
  const closed = 'setup_closed_at = COALESCE(setup_closed_at, ?)';
  const password = db.prepare(`UPDATE sign_in SET password_hash = ?, ${closed} WHERE id = 1`);
  const oidc = db.prepare(`UPDATE sign_in SET oidc = ?, oidc_box = ?, oidc_secret = ?, ${closed} WHERE id = 1`);
  const rules = db.prepare('UPDATE sign_in SET lifetime_hours = ?, trusted_proxies = ? WHERE id = 1');
  const claim = db.prepare('UPDATE sign_in SET setup_closed_at = ? WHERE id = 1 AND setup_closed_at IS NULL');

  const get = (): SignInConfig => {
    const found = row.get()!;
    return {
      passwordHash: found.password_hash,
      oidc: oidcOf(found.oidc),
      oidcSecret:
        found.oidc_box !== null && found.oidc_secret !== null
          ? { box: found.oidc_box, wrapped: found.oidc_secret }
          : null,
      lifetimeHours: found.lifetime_hours,
      trustedProxies: JSON.parse(found.trusted_proxies) as string[],
      setupClosedAt: found.setup_closed_at,
    };
  };
  const write = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      throw storageError(error);
    }
  };
  return {
    get,
    setPassword: (hash) => write(() => password.run(hash, now())),
    setOidc: (settings, secret) =>
      write(() => oidc.run(settings && JSON.stringify(settings), secret?.box ?? null, secret?.wrapped ?? null, now())),
    setRules(change) {
      const { lifetimeHours, trustedProxies } = { ...get(), ...change };
      write(() => rules.run(lifetimeHours, JSON.stringify(trustedProxies)));
    },
    setUp: (work) => db.transaction(() => (claim.run(now()).changes === 0 ? null : { done: work() })).immediate(),
  };
}
