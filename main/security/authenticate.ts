import { createHash, timingSafeEqual } from 'node:crypto';
import type { Principal } from '../orchestrator/ports.ts';
import type { ApiKey } from '../protocol/access.ts';
import type { Actor } from '../protocol/values.ts';
import { keyPrincipal, ownerPrincipal } from './principal.ts';
import type { Seen } from './sealed-credentials.ts';

/** What is needed of the stores. */
export interface CredentialStores {
  keys: { find(secret: string): ApiKey | null; touch(id: string, seen: Seen): void };
  logins: { find(token: string): { id: string; name: string; expires_at: number } | null; touch(id: string): void };
}

/** What a request shows. Never taken from its address line: addresses stand in histories and logs. */
export interface Presented {
  /** The Authorization header. */
  authorization: string | undefined;
  /** Value of the gateway's cookie. */
  cookie: string | undefined;
}

export type Authentication =
  | {
      ok: true;
      principal: Principal;
      by: 'bearer' | 'cookie' | 'device' /** Milliseconds since 1970; null: does not expire. */;
      expiresAt: number | null;
    }
  /** `missing`: nothing was shown. `invalid`: something was, and it is not (or no longer) good. */
  | { ok: false; reason: 'missing' | 'invalid' };

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
/** No credential of ours is longer; what is longer is not hashed. */
const maxCredentialChars = 200;

/** Looks whether a secret is the owner's token or a key that is good. */
export type KeyCheck = (secret: string, via: Actor['via'], seen: Seen) => Authentication;

/** @param ownerToken - content of the owner's 0600 file. */
export function createKeyCheck(ownerToken: string, keys: CredentialStores['keys']): KeyCheck {
  const ownerHash = sha256(ownerToken);
  return (secret, via, seen) => {
    if (secret.length > maxCredentialChars) return { ok: false, reason: 'invalid' };
    if (timingSafeEqual(sha256(secret), ownerHash)) {
      return { ok: true, by: 'bearer', principal: ownerPrincipal(via), expiresAt: null };
    }
    const key = keys.find(secret);
    if (key === null) return { ok: false, reason: 'invalid' };
    // Only now: what is not good leaves no trace of its own.
    keys.touch(key.id, seen);
    return { ok: true, by: 'bearer', principal: keyPrincipal(key, via), expiresAt: key.expires_at };
  };
}

/**
 * Who is asking? An Authorization header, where there is one, is the whole answer: a bad one is never helped out by a cookie.
 * @param ownerToken - content of the owner's 0600 file.
 */
export function createAuthenticator(ownerToken: string, { keys, logins }: CredentialStores) {
  const checkKey = createKeyCheck(ownerToken, keys);

  const byCookie = (token: string): Authentication => {
    const login = token.length > maxCredentialChars ? null : logins.find(token);
    if (login === null) return { ok: false, reason: 'invalid' };
    logins.touch(login.id);
    const actor: Actor = { kind: 'login', id: login.id, name: login.name, via: 'browser' };
    // The link that opened it was the owner's, so it may do what the owner may.
    return {
      ok: true,
      by: 'cookie',
      principal: { actor, scopes: ownerPrincipal('browser').scopes },
      expiresAt: login.expires_at,
    };
  };
  return (presented: Presented, via: 'websocket' | 'http', seen: Seen): Authentication => {
    if (presented.authorization !== undefined) {
      const [scheme, secret, ...rest] = presented.authorization.split(' ');
      if (scheme?.toLowerCase() !== 'bearer' || !secret || rest.length > 0) {
        return { ok: false, reason: 'invalid' };
      }
      return checkKey(secret, via, seen);
    }
    return presented.cookie === undefined ? { ok: false, reason: 'missing' } : byCookie(presented.cookie);
  };
}

export type Authenticate = ReturnType<typeof createAuthenticator>;
