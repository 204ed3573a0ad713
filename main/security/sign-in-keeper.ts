import { err, ok, type Result } from '../base/result.ts';
import type { Principal } from '../orchestrator/ports.ts';
import type { CreatedKey, OidcSettings, SignInWays } from '../protocol/access.ts';
import type { Problem } from '../protocol/errors.ts';
import type { Scope } from '../protocol/queries.ts';
import type { Login, LoginStore } from '../storage/login-store.ts';
import type { SignInStore } from '../storage/sign-in-store.ts';
import { createAttemptLimiter } from './attempt-limiter.ts';
import { isAllowed, type OidcClient } from './oidc.ts';
import { notConfigured } from './oidc-problems.ts';
import type { PasswordHasher } from './password.ts';
import type { SecretSlot } from './secret-slot.ts';
import * as problems from './sign-in-problems.ts';

const hourMs = 3_600_000;
/** Bounds of the contract (`PasswordSet`), for doors that do not come by it. */
const [minPasswordChars, maxPasswordChars] = [8, 1_000];

/** Where a browser is and what it is, for the list of signed-in browsers. */
export type Browser = Pick<Login, 'name' | 'address'>;
export type SignedInBrowser = Login & { token: string };

export interface SignInParts {
  store: SignInStore;
  logins: LoginStore;
  hasher: PasswordHasher;
  oidc: OidcClient;
  clientSecret: SecretSlot;
  keys: { create(key: { name: string; scopes: readonly Scope[] }): CreatedKey };
  now: () => number;
}

/** Who may come in by a browser, and how that is changed. Every door asks here; none of them sees a hash or a secret. */
export function createSignInKeeper({ store, logins, hasher, oidc, clientSecret, keys, now }: SignInParts) {
  /** Of those who are signed in and guess at the present password, over whichever door. */
  const guesses = createAttemptLimiter(now);

  const letIn = (browser: Browser, how: { by: 'password' | 'oidc'; email?: string }): SignedInBrowser =>
    logins.create({ ...browser, ...how, lifetimeMs: store.get().lifetimeHours * hourMs });

  const ways = (): SignInWays => {
    const { passwordHash, oidc: settings, oidcSecret, lifetimeHours, trustedProxies } = store.get();
    return {
      password: passwordHash !== null,
      oidc: settings && { ...settings, secret_stored: oidcSecret !== null },
      lifetime_hours: lifetimeHours,
      trusted_proxies: [...trustedProxies],
    };
  };
  /** The client secret; null: this client has none. */
  const secret = (): Result<string | null, Problem> => {
    const { oidcSecret } = store.get();
    return oidcSecret === null ? ok(null) : clientSecret.unwrap(oidcSecret);
  };
  const hashOf = async (password: string): Promise<Result<string, Problem>> => {
    if (password.length < minPasswordChars || password.length > maxPasswordChars) return err(problems.passwordTooShort);
    const hash = await hasher.hash(password);
    return hash === 'busy' ? err(problems.tooManyWaiting) : ok(hash);
  };

  return {
    ways,
    trustedProxies: (): readonly string[] => store.get().trustedProxies,
    setupIsOpen: (): boolean => store.get().setupClosedAt === null,

    /** Signs a browser in by password. Where none is set, as much work is done as where one is. */
    async byPassword(password: string, browser: Browser): Promise<Result<SignedInBrowser, Problem>> {
      const hash = store.get().passwordHash;
      const matches = await hasher.matches(password.slice(0, maxPasswordChars + 1), hash);
      if (matches === 'busy') return err(problems.tooManyWaiting);
      if (hash === null) return err(problems.noPassword);
      // It may have been changed or removed while this was waiting for its turn.
      if (!matches || store.get().passwordHash !== hash) return err(problems.wrongPassword);
      return ok(letIn(browser, { by: 'password' }));
    },

    /**
     * Sets, changes or removes (null) the password. Whoever is not the owner at this machine shows the present one. Every other login ends with
     * it: whoever changes a password wants to be alone again.
     */
    async setPassword(
      password: string | null,
      current: string | undefined,
      { actor }: Pick<Principal, 'actor'>,
    ): Promise<Result<SignInWays, Problem>> {
      const { passwordHash: before } = store.get();
      if (before !== null && actor.kind !== 'owner') {
        const guess = guesses.begin(`${actor.kind} ${actor.id ?? ''}`);
        if (!guess.ok) return err(problems.tooManyAttempts(guess.waitMs));
        const matches = current === undefined ? false : await hasher.matches(current, before);
        if (matches === 'busy') {
          guess.notCompared();
          return err(problems.tooManyWaiting);
        }
        if (!matches) return err(problems.wrongPassword);
        guess.right();
      }
      const hash = password === null ? ok(null) : await hashOf(password);
      if (!hash.ok) return hash;
      if (store.get().passwordHash !== before) return err(problems.wrongPassword);
      const isOwn = ({ id }: Login) => actor.kind === 'login' && id === actor.id;
      logins.revokeWhere(
        (login) => !isOwn(login),
        () => store.setPassword(hash.value),
      );
      return ok(ways());
    },

    /** @param given - a new client secret; undefined: the stored one stays, if issuer and client do. */
    setOidc(settings: OidcSettings | null, given: string | undefined): Result<SignInWays, Problem> {
      const before = store.get();
      const same =
        settings !== null && before.oidc?.issuer === settings.issuer && before.oidc.client_id === settings.client_id;
      let kept = same ? before.oidcSecret : null;
      if (settings !== null && given !== undefined) {
        const wrapped = clientSecret.wrap(given);
        if (!wrapped.ok) return wrapped;
        kept = wrapped.value;
      }
      // Another issuer is another one's word for who somebody is.
      const stays = ({ email }: Login) =>
        settings !== null && before.oidc?.issuer === settings.issuer && email !== null && isAllowed(email, settings);
      logins.revokeWhere(
        (login) => login.by === 'oidc' && !stays(login),
        () => store.setOidc(settings, kept),
      );
      return ok(ways());
    },
    setRules(rules: {
      lifetime_hours?: number | undefined;
      trusted_proxies?: readonly string[] | undefined;
    }): SignInWays {
      store.setRules({
        ...(rules.lifetime_hours !== undefined && { lifetimeHours: rules.lifetime_hours }),
        ...(rules.trusted_proxies !== undefined && { trustedProxies: rules.trusted_proxies }),
      });
      return ways();
    },

    /** @param issuer - undefined: the one that is set. */
    async testOidc(issuer: string | undefined): ReturnType<OidcClient['test']> {
      const asked = issuer ?? store.get().oidc?.issuer;
      return asked === undefined ? err(notConfigured) : oidc.test(asked);
    },
    async beginOidc(redirectUri: string): Promise<Result<{ url: string; bind: string }, Problem>> {
      const settings = store.get().oidc;
      if (settings === null) return err(notConfigured);
      const known = secret();
      return known.ok ? oidc.begin(settings, known.value, redirectUri) : known;
    },
    async byOidc(bind: string | undefined, query: string, browser: Browser): Promise<Result<SignedInBrowser, Problem>> {
      const known = secret();
      if (!known.ok) return known;
      const found = await oidc.finish(bind, query, store.get().oidc, known.value);
      if (!found.ok) return found;
      // The list may have been changed while the provider was asked.
      const settings = store.get().oidc;
      if (settings === null || !isAllowed(found.value.email, settings)) return err(notConfigured);
      return ok(letIn(browser, { by: 'oidc', email: found.value.email }));
    },

    /** First-run setup with a key, for a script. Of two at once one gets it. */
    setUpKey(name: string, scopes: readonly Scope[]): Result<CreatedKey, Problem> {
      const set = store.setUp(() => keys.create({ name, scopes }));
      return set === null ? err(problems.setupDone) : ok(set.done);
    },
    /** First-run setup with a password; the browser that does it is signed in. */
    async setUpPassword(password: string, browser: Browser): Promise<Result<SignedInBrowser, Problem>> {
      if (store.get().setupClosedAt !== null) return err(problems.setupDone);
      const hash = await hashOf(password);
      if (!hash.ok) return hash;
      const set = store.setUp(() => {
        store.setPassword(hash.value);
        return letIn(browser, { by: 'password' });
      });
      return set === null ? err(problems.setupDone) : ok(set.done);
    },

    close: () => hasher.close(),
  };
}

export type SignInKeeper = ReturnType<typeof createSignInKeeper>;
