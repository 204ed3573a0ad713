import type { IncomingMessage } from 'node:http';
import type { Authenticate, Authentication } from '../security/authenticate.ts';
import type { FailureLimiter } from '../security/rate-limit.ts';
import { cookieName, readCookie, removeCookie } from './cookie.ts';
import type { Refusal } from './http-answer.ts';
import { needsOwnPage, rateLimited, unauthorized } from './problems.ts';
import { isFromOwnPage, linkOfRequest } from './request-link.ts';

export type SignedIn = Extract<Authentication, { ok: true }>;

/** Finds out who a request or an upgrade comes from, and counts those that failed. */
export class SignIn {
  readonly #authenticate: Authenticate;
  readonly #limiter: FailureLimiter;
  readonly #port: () => number;

  constructor(authenticate: Authenticate, limiter: FailureLimiter, port: () => number) {
    this.#authenticate = authenticate;
    this.#limiter = limiter;
    this.#port = port;
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
    const cookie = readCookie(request.headers.cookie, cookieName(this.#port()));
    const found = this.#authenticate({ authorization: request.headers.authorization, cookie }, via, seenOf(request));
    if (!found.ok) return { ok: false, refusal: this.#refusal(found.reason, request, cookie !== undefined) };
    if (ownPage && found.by === 'cookie' && !isFromOwnPage(request))
      return { ok: false, refusal: { problem: needsOwnPage } };
    return { ok: true, signedIn: found };
  }

  /** A sign-in failed: null while there were few, then what to answer instead. */
  failed(request: IncomingMessage): Refusal | null {
    const waitMs = this.#limiter.fail(request.socket.remoteAddress ?? '');
    if (waitMs === 0) return null;
    return { problem: rateLimited(waitMs), headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } };
  }

  #refusal(reason: 'missing' | 'invalid', request: IncomingMessage, hadCookie: boolean): Refusal {
    if (reason === 'missing')
      return { problem: unauthorized(reason), headers: { 'x-auth-failure': 'credential-missing' } };
    const limited = this.failed(request);
    if (limited) return limited;
    // A cookie that is void is taken back, so that the page asks for a sign-in instead of failing on and on.
    const name = cookieName(this.#port());
    return {
      problem: unauthorized(reason),
      ...(hadCookie ? { headers: { 'set-cookie': removeCookie(name) } } : {}),
    };
  }
}

/** For the record of last uses. A browser says a lot more about itself than that; it is cut where it is kept. */
const seenOf = (request: IncomingMessage) => ({
  address: linkOfRequest(request).address,
  client: request.headers['user-agent'] ?? '',
});
