import type { IncomingMessage } from 'node:http';
import type { Principal } from '../orchestrator/ports.ts';
import type { Scope } from '../protocol/queries.ts';
import type { ServerStatus } from '../protocol/views.ts';
import type { OneTimeLinks } from '../security/one-time-links.ts';
import { cookieName, readCookie, setCookie } from './cookie.ts';
import type { Refusal } from './http-answer.ts';
import { linkUsed, needsOwnPage } from './problems.ts';
import { isOwnPage, type SignIn } from './sign-in.ts';

export interface LoginIssuer {
  /** Signs a browser in. `token` goes into its cookie. */
  create(name: string): { id: string; token: string; created_at: number; expires_at: number };
  find(token: string): { id: string } | null;
  revoke(id: string): boolean;
}

export interface RouteDeps {
  version: string;
  status: () => Partial<ServerStatus>;
  links: OneTimeLinks;
  logins: LoginIssuer;
  signIn: SignIn;
  port: () => number;
}

export interface Answer {
  body: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** `anyone`: no credential is asked for. `signed_in`: any good one. A scope: one that has it. */
export type Access = 'anyone' | 'signed_in' | Scope;

/** One route below `/api/v1`. `access` is not optional: no route can be added without saying who may call it. */
export type Route = {
  method: 'GET' | 'POST';
  url: `/api/v1/${string}`;
} & (
  | { access: 'anyone'; handle: (request: IncomingMessage, body: unknown) => Answer | { refusal: Refusal } }
  | {
      access: 'signed_in' | Scope;
      handle: (request: IncomingMessage, principal: Principal) => Answer | { refusal: Refusal };
    }
);

const whoAmI = ({ actor, scopes }: Principal): Answer => ({ body: { actor, scopes: [...scopes] } });

export function createRoutes({ version, status, links, logins, signIn, port }: RouteDeps): readonly Route[] {
  const cookie = (request: IncomingMessage) => readCookie(request.headers.cookie, cookieName(port()));

  return [
    { method: 'GET', url: '/api/v1/health', access: 'anyone', handle: () => ({ body: { status: 'ok', version } }) },
    { method: 'GET', url: '/api/v1/me', access: 'signed_in', handle: (_request, principal) => whoAmI(principal) },
    { method: 'GET', url: '/api/v1/status', access: 'server:read', handle: () => ({ body: status() }) },
    {
      // Turns the code of a one-time link into a cookie. The code comes in the body: the link's fragment never reaches a server by itself.
      method: 'POST',
      url: '/api/v1/open',
      access: 'anyone',
      handle(request, body) {
        if (!isOwnPage(request)) return { refusal: { problem: needsOwnPage } };
        const code = typeof body === 'object' && body !== null ? (body as { code?: unknown }).code : undefined;
        if (typeof code !== 'string' || code.length > 100 || !links.redeem(code)) {
          return { refusal: signIn.failed(request) ?? { problem: linkUsed } };
        }
        const token = cookie(request);
        // A browser that is signed in already stays who it is; a second login would only be one more to revoke.
        if (token !== undefined && logins.find(token)) return { body: { signed_in: true } };
        const login = logins.create(browserName(request.headers['user-agent']));
        const lifetimeMs = login.expires_at - login.created_at;
        return {
          body: { signed_in: true },
          headers: { 'set-cookie': setCookie(cookieName(port()), login.token, lifetimeMs) },
        };
      },
    },
    {
      method: 'POST',
      url: '/api/v1/logout',
      access: 'signed_in',
      handle(_request, { actor }) {
        if (actor.kind !== 'login' || actor.id === undefined) return { refusal: { problem: needsOwnPage } };
        logins.revoke(actor.id);
        return { body: { signed_in: false }, headers: { 'set-cookie': setCookie(cookieName(port()), '', 0) } };
      },
    },
  ];
}

/** "Firefox on Linux": enough to tell signed-in browsers apart, without keeping the whole User-Agent. */
export function browserName(userAgent = ''): string {
  const browser = /Edg\//.test(userAgent)
    ? 'Edge'
    : /Firefox\//.test(userAgent)
      ? 'Firefox'
      : /Chrom(?:e|ium)\//.test(userAgent)
        ? 'Chrome'
        : /Safari\//.test(userAgent)
          ? 'Safari'
          : 'Browser';
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|CrOS|Linux)/.exec(userAgent)?.[1];
  return system === undefined ? browser : `${browser} on ${system === 'Mac OS X' ? 'macOS' : system}`;
}
