import type { Clock } from './base/clock.ts';
import type { BrowserSignIn } from './gateway/auth-routes.ts';
import type { Log } from './orchestrator/ports.ts';
import { createKeyFileBox } from './security/key-file-box.ts';
import { onceAvailable, type SafeStorage } from './security/keychain-box.ts';
import type { KnownSecrets } from './security/known-secrets.ts';
import { createOidcClient } from './security/oidc.ts';
import { createPasswordHasher, type PasswordHasher } from './security/password.ts';
import { createSecretSlot } from './security/secret-slot.ts';
import { createSetupCode } from './security/setup-code.ts';
import { createSignInKeeper } from './security/sign-in-keeper.ts';
import { createSignInQueries } from './security/sign-in-queries.ts';
import type { KeyStore } from './storage/key-store.ts';
import type { LoginStore } from './storage/login-store.ts';
import type { Db } from './storage/open-database.ts';
import { createSignInStore } from './storage/sign-in-store.ts';

export interface SignInOptions {
  db: Db;
  logins: LoginStore;
  keys: Pick<KeyStore, 'create'>;
  /** Electron's, in the composition that has it. */
  safeStorage: SafeStorage | null;
  /** Of the home: `secretsKey` wraps where there is no keychain. */
  paths: { secretsKey: string; setupCode: string };
  /** Whether the first-run setup is offered: headless, where no window is the owner's. */
  offersSetup: boolean;
  secrets: Pick<KnownSecrets, 'add'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'warn'>;
  hasher?: PasswordHasher;
}

/** The parts of signing browsers in, put together. */
export function createSignIn(options: SignInOptions) {
  const { db, logins, keys, paths, secrets, clock, log } = options;
  const keyFile = createKeyFileBox(paths.secretsKey, () =>
    log.warn('other users of this machine could read the key file of stored secrets; its rights were narrowed'),
  );
  const keeper = createSignInKeeper({
    store: createSignInStore(db, clock.now),
    logins,
    keys,
    hasher: options.hasher ?? createPasswordHasher(),
    oidc: createOidcClient(clock.now),
    now: clock.now,
    clientSecret: createSecretSlot('oidc client secret', onceAvailable(options.safeStorage), keyFile, secrets),
  });
  const offerSetup = () => {
    try {
      return createSetupCode(paths.setupCode, keeper.setupIsOpen);
    } catch (error) {
      // The owner has other ways in; a full disk must not keep the app from starting.
      log.warn('the setup code could not be written; the first-run setup is not offered', { error: String(error) });
      return null;
    }
  };
  const setup = options.offersSetup ? offerSetup() : null;
  return {
    /** For the gateway. */
    browserSignIn: { keeper, logins, setup } satisfies BrowserSignIn,
    queries: createSignInQueries(keeper, logins),
    close: () => keeper.close(),
  };
}
