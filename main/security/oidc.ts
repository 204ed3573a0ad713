import { createHash, randomBytes } from 'node:crypto';
import type * as OpenIdClient from 'openid-client';
import { err, ok, type Result } from '../base/result.ts';
import type { OidcSettings } from '../protocol/access.ts';
import type { Problem } from '../protocol/errors.ts';
import * as problems from './oidc-problems.ts';

/** How long a person may take at the identity provider. */
export const oidcPatienceMs = 5 * 60_000;
/** Sign-ins that can be under way at once; the oldest makes room. */
const maxPending = 200;
const providerTimeoutS = 10;

/** A sign-in on its way. The key it lies under is the SHA-256 of what stands in the browser's cookie. */
interface Pending {
  settings: OidcSettings;
  redirectUri: string;
  state: string;
  nonce: string;
  verifier: string;
  expiresAt: number;
}

export interface OidcClient {
  /**
   * Begins a sign-in.
   * @param redirectUri - this gateway's `/auth/callback`, as the browser calls it.
   * @returns where to send the browser, and what binds it to this sign-in, for a cookie.
   */
  begin(
    settings: OidcSettings,
    secret: string | null,
    redirectUri: string,
  ): Promise<Result<{ url: string; bind: string }, Problem>>;
  /**
   * Ends it, once, whatever comes of it.
   * @param bind - from the cookie. @param query - of the address the provider sent the browser to, with its "?".
   * @param current - what is set now; a sign-in that began under other settings is void.
   */
  finish(
    bind: string | undefined,
    query: string,
    current: OidcSettings | null,
    secret: string | null,
  ): Promise<Result<{ email: string }, Problem>>;
  /** Asks a provider who it is. */
  test(issuer: string): Promise<Result<{ issuer: string; authorization_endpoint: string }, Problem>>;
}

const keyOf = (bind: string): string => createHash('sha256').update(bind).digest('hex');

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** HTTPS, or this machine itself: a token that crosses a network in clear is anybody's. */
const isSafe = (url: URL): boolean => url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));

/** The client for one provider: OpenID Connect 1.0, authorization code (RFC 6749) with PKCE (RFC 7636, S256), state and nonce. */
export function createOidcClient(now: () => number): OidcClient {
  const pending = new Map<string, Pending>();
  // Half a megabyte of code that most never need.
  let loading: Promise<typeof OpenIdClient> | null = null;
  const library = () => (loading ??= import('openid-client'));

  const discover = async ({ issuer, client_id }: Pick<OidcSettings, 'issuer' | 'client_id'>, secret: string | null) => {
    const server = URL.canParse(issuer) ? new URL(issuer) : null;
    if (server === null || !isSafe(server)) return err(problems.unsafeIssuer(issuer));
    const client = await library();
    try {
      const config = await client.discovery(
        server,
        client_id,
        undefined,
        secret === null ? client.None() : asItAsks(client, secret),
        {
          timeout: providerTimeoutS,
          // The signature of the ID token is checked with the provider's keys, also though it came over TLS.
          execute: [
            client.enableNonRepudiationChecks,
            ...(server.protocol === 'http:' ? [client.allowInsecureRequests] : []),
          ],
          [client.customFetch]: (url, options) => {
            if (!isSafe(new URL(url))) throw new Error(`The provider names an address that is not safe: ${url}`);
            return fetch(url, options as RequestInit);
          },
        },
      );
      return ok(config);
    } catch (error) {
      return err(problems.providerUnreachable(server.host, reasonOf(error)));
    }
  };
  /** Takes a sign-in out: it cannot be used a second time, whatever happens next. */
  const take = (bind: string | undefined): Pending | null => {
    if (bind === undefined) return null;
    const key = keyOf(bind);
    const found = pending.get(key);
    pending.delete(key);
    return found && found.expiresAt > now() ? found : null;
  };

  return {
    async begin(settings, secret, redirectUri) {
      const config = await discover(settings, secret);
      if (!config.ok) return config;
      const client = await library();
      const bind = randomBytes(32).toString('base64url');
      const begun: Pending = {
        settings,
        redirectUri,
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        expiresAt: now() + oidcPatienceMs,
      };
      const url = client.buildAuthorizationUrl(config.value, {
        redirect_uri: redirectUri,
        scope: 'openid email',
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
      });
      for (const [key, { expiresAt }] of pending) if (expiresAt <= now()) pending.delete(key);
      if (pending.size >= maxPending) pending.delete(pending.keys().next().value as string);
      pending.set(keyOf(bind), begun);
      return ok({ url: url.href, bind });
    },

    async finish(bind, query, current, secret) {
      const begun = take(bind);
      if (begun === null) return err(problems.notUnderWay);
      const { settings, redirectUri, state, nonce, verifier } = begun;
      const given = new URLSearchParams(query);
      if (given.get('state') !== state) return err(problems.stateMismatch);
      if (given.has('error')) return err(problems.providerRefused(given.get('error')!, new URL(settings.issuer).host));
      if (!given.get('code')) return err(problems.noCode);
      if (current === null || current.issuer !== settings.issuer || current.client_id !== settings.client_id) {
        return err(problems.notUnderWay);
      }
      const config = await discover(settings, secret);
      if (!config.ok) return config;
      const client = await library();
      const host = new URL(settings.issuer).host;
      try {
        const tokens = await client.authorizationCodeGrant(config.value, new URL(`${redirectUri}${query}`), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) return err(problems.tokenRefused(host, 'no ID token'));
        // Many providers tell the address at the userinfo endpoint only.
        const told: Record<string, unknown> =
          claims.email === undefined
            ? { ...(await client.fetchUserInfo(config.value, tokens.access_token, claims.sub)) }
            : claims;
        if (typeof told.email !== 'string') return err(problems.noEmail(host));
        if (told.email_verified !== true) return err(problems.unverified(host));
        return isAllowed(told.email, current) ? ok({ email: told.email }) : err(problems.notAllowed(told.email));
      } catch (error) {
        return err(failureOf(error, host));
      }
    },

    async test(issuer) {
      const config = await discover({ issuer, client_id: 'quarterdeck' }, null);
      if (!config.ok) return config;
      const { issuer: named, authorization_endpoint } = config.value.serverMetadata();
      if (authorization_endpoint === undefined)
        return err(problems.providerUnreachable(issuer, 'no authorization endpoint'));
      return ok({ issuer: named, authorization_endpoint });
    },
  };
}

/** The secret in the header, as the standard has it, or in the body where the provider takes it only there. */
function asItAsks(client: typeof OpenIdClient, secret: string): OpenIdClient.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, metadata, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported;
    const auth = methods === undefined || methods.includes('client_secret_basic') ? basic : post;
    return auth(server, metadata, body, headers);
  };
}

/** Nobody is allowed where nobody is named. */
export const isAllowed = (email: string, { allowed_emails }: Pick<OidcSettings, 'allowed_emails'>): boolean =>
  allowed_emails.some((allowed) => allowed.toLowerCase() === email.toLowerCase());

function failureOf(error: unknown, host: string): Problem {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  const network =
    error instanceof TypeError ||
    code === 'OAUTH_TIMEOUT' ||
    (cause as { code?: unknown } | null)?.code === 'ECONNREFUSED';
  return network ? problems.providerUnreachable(host, reasonOf(error)) : problems.tokenRefused(host, reasonOf(error));
}

/** The library's and the system's own words, without what the provider sent. */
function reasonOf(error: unknown): string {
  const { message, code, cause } = error as Error & { code?: unknown };
  const inner = cause instanceof Error ? `${cause.message} ${String((cause as { code?: unknown }).code ?? '')}` : '';
  return [message, typeof code === 'string' ? code : '', inner].filter(Boolean).join('; ').slice(0, 300);
}
