import type { IncomingMessage } from 'node:http';
import { missingScopes } from '../security/authorize.ts';
import type { Refusal } from './http-answer.ts';
import { linkNotPrivate, tooManyRequests } from './problems.ts';
import type { RequestLimit } from './request-limit.ts';
import { linkOfRequest } from './request-link.ts';
import { type Route, scopesOf } from './route.ts';
import type { SignedIn, SignIn } from './sign-in.ts';

/** What stands between a request and its route. */
export interface RouteGuards {
  /** Null: it may go in; who it is, is kept for the handler. */
  enter(route: Route, request: IncomingMessage): Refusal | null;
  /** Who came in; null on a route for anyone. */
  who(request: IncomingMessage): SignedIn | null;
}

/** The questions of every route, in one place and one order: over what link, who, with which scopes. Asked before a body is read. */
export function createRouteGuards(signIn: SignIn, limit: RequestLimit): RouteGuards {
  const known = new WeakMap<IncomingMessage, SignedIn>();
  return {
    who: (request) => known.get(request) ?? null,
    enter(route, request) {
      if ((route.link ?? 'private') !== 'any' && !linkOfRequest(request).private) return { problem: linkNotPrivate };
      if (route.access === 'anyone') return null;
      const changes = route.method !== 'GET' && !route.readOnly;
      const checked = signIn.check(request, 'http', changes);
      if (!checked.ok) return checked.refusal;
      const waitMs = limit.take(checked.signedIn.principal.actor);
      if (waitMs > 0) {
        return { problem: tooManyRequests(waitMs), headers: { 'retry-after': String(Math.ceil(waitMs / 1_000)) } };
      }
      const missing = missingScopes(checked.signedIn.principal, scopesOf(route), `${route.method} ${route.url}`);
      if (missing) return { problem: missing };
      known.set(request, checked.signedIn);
      return null;
    },
  };
}
