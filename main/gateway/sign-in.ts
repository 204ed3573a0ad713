import type { IncomingMessage } from 'node:http';
import type { Authenticate, Authentication } from '../security/authenticate.ts';
import type { FailureLimiter } from '../security/rate-limit.ts';
import { browserName } from './browser-name.ts';
import { type LoginCookie, loginCookie } from './cookie.ts';
import type { Refusal } from './http-answer.ts';
import { peerOf } from './peer.ts';
import { needsOwnPage, rateLimited, unauthorized } from './problems.ts';
import { isFromOwnPage } from './request-link.ts';

export type SignedIn = Extract<Authentication, { ok: true }>;

/** Who calls, before anything is known about what they may do. */
export interface Caller {
  /** Of the client; of the socket's peer, unless that is a proxy we were told to believe. */
  address: string;
  /** Its own connection is HTTPS. */
  secure: boolean;
  /** What the browser says it is, and where. */
  browser: { name: string; address: string };
  cookie: LoginCookie;
  /** What stands in that cookie. */
  token: string | undefined;
}

/** Finds out who a request or an upgrade comes from, and counts those that failed. */
export class SignIn {
  readonly #authenticate: Authenticate;
  readonly #limiter: FailureLimiter;
  readonly #port: () => number;
  readonly #trustedProxies: () => readonly string[];

  constructor(
    authenticate: Authenticate,
    limiter: FailureLimiter,
    port: () => number,
    trustedProxies: () => readonly string[],
  ) {
    this.#authenticate = authenticate;
    this.#limiter = limiter;
    this.#port = port;
    this.#trustedProxies = trustedProxies;
  }

  caller(request: IncomingMessage): Caller {
    const { address, secure } = peerOf(request, this.#trustedProxies());
    const cookie = loginCookie(this.#port(), secure);
    const name = browserName(request.headers['user-agent']);
    return { address, secure, browser: { name, address }, cookie, token: cookie.read(request.headers.cookie) };
  }

  /**
   * @param ownPage - a cookie is taken only from a page that says it is ours (Origin): always for a socket and for what changes something.
   *   Browsers send cookies whoever asks; the Origin says who asks.
   */
  check(
    request: IncomingMessage,
    via: 'websocket' | 'http',
    ownPage: boolean,
  ): { ok: true; signedIn: SignedIn } | { ok: false; refusal: Refusal } {
    const { token: cookie, address } = this.caller(request);
    const seen = { address, client: request.headers['user-agent'] ?? '' };
    const found = this.#authenticate({ authorization: request.headers.authorization, cookie }, via, seen);
    if (!found.ok) return { ok: false, refusal: this.#refusal(found.reason, request, cookie !== undefined) };
    if (ownPage && found.by === 'cookie' && !isFromOwnPage(request))
      return { ok: false, refusal: { problem: needsOwnPage } };
    return { ok: true, signedIn: found };
  }

  /** A sign-in failed: null while there were few, then what to answer instead. */
  failed(request: IncomingMessage): Refusal | null {
    const waitMs = this.#limiter.fail(this.caller(request).address);
    if (waitMs === 0) return null;
    return { problem: rateLimited(waitMs), headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } };
  }

  #refusal(reason: 'missing' | 'invalid', request: IncomingMessage, hadCookie: boolean): Refusal {
    if (reason === 'missing')
      return { problem: unauthorized(reason), headers: { 'x-auth-failure': 'credential-missing' } };
    const limited = this.failed(request);
    if (limited) return limited;
    // A cookie that is void is taken back, so that the page asks for a sign-in instead of failing on and on.
    return {
      problem: unauthorized(reason),
      ...(hadCookie ? { headers: { 'set-cookie': this.caller(request).cookie.remove() } } : {}),
    };
  }
}
