import { z } from 'zod';
import { wholeMachine } from '../orchestrator/frame-reach.ts';
import type { Principal } from '../orchestrator/ports.ts';
import { isNarrowed } from '../orchestrator/restrictions.ts';
import { Scope } from '../protocol/queries.ts';
import { Actor } from '../protocol/values.ts';
import { ServerStatus } from '../protocol/views.ts';
import type { OneTimeLinks } from '../security/one-time-links.ts';
import { nonceShape, proofOf } from '../security/prove.ts';
import { type AuthRouteDeps, createAuthRoutes } from './auth-routes.ts';
import { linkUsed, needsOwnPage, noNonce, signInNotKept } from './problems.ts';
import { isFromOwnPage } from './request-link.ts';
import { type Answer, type Route, route } from './route.ts';
import type { SignIn } from './sign-in.ts';

export interface LoginIssuer {
  /** Signs a browser in. `token` goes into its cookie. */
  create(login: { name: string; address: string }): { id: string; token: string };
  find(token: string): { id: string } | null;
  revoke(id: string): boolean;
}

export interface RouteDeps extends Pick<AuthRouteDeps, 'browserSignIn' | 'clock'> {
  version: string;
  status: () => Partial<ServerStatus>;
  links: OneTimeLinks;
  logins: LoginIssuer;
  signIn: SignIn;
  port: () => number;
  /** Base address, once it listens. */
  url: () => string;
  ownerToken: string;
}

const member = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;

const whoAmI = ({ actor, scopes }: Principal): Answer => ({ body: { actor, scopes: [...scopes] } });

export function createRoutes(deps: RouteDeps): readonly Route[] {
  const { status, links, logins, signIn, url, ownerToken } = deps;

  return [
    route({
      method: 'GET',
      url: '/api/v1/health',
      access: 'anyone',
      link: 'any',
      tag: 'Server',
      summary: 'Says that the gateway answers, and nothing else about it.',
      answer: () => z.object({ status: z.literal('ok'), ws_enabled: z.literal(true) }),
      handle: () => ({ body: { status: 'ok', ws_enabled: true } }),
    }),
    route({
      method: 'GET',
      url: '/api/v1/me',
      access: 'signed_in',
      tag: 'Server',
      summary: 'Who the credential is, and what it may do.',
      answer: () => z.object({ actor: Actor, scopes: z.array(Scope) }),
      handle: ({ principal }) => whoAmI(principal),
    }),
    route({
      method: 'GET',
      url: '/api/v1/status',
      access: 'server:read',
      tag: 'Server',
      summary: 'What runs here: version, address, sessions, turns, connections.',
      answer: () => ServerStatus,
      handle: ({ principal }) =>
        isNarrowed(principal) ? { refusal: { problem: wholeMachine('status') } } : { body: status() },
    }),
    route({
      // Asked by the command line before it shows its token. The answer tells nothing about the token, so it is not counted, only nonsense is.
      method: 'POST',
      url: '/api/v1/prove',
      access: 'anyone',
      tag: 'Sign-in',
      summary: "Proves that this is the app of the user whose token file it is: HMAC-SHA256 of a client's nonce.",
      body: z.object({ nonce: z.string().regex(nonceShape) }),
      ownBodyCheck: true,
      answer: () => z.object({ proof: z.string() }),
      handle({ request, body }) {
        const nonce = member(body, 'nonce');
        if (typeof nonce !== 'string' || !nonceShape.test(nonce)) {
          return { refusal: signIn.failed(request) ?? { problem: noNonce } };
        }
        return { body: { proof: proofOf(ownerToken, nonce, url()) } };
      },
    }),
    route({
      // Turns the code of a one-time link into a cookie. The code comes in the body: the link's fragment never reaches a server by itself.
      method: 'POST',
      url: '/api/v1/open',
      access: 'anyone',
      tag: 'Sign-in',
      summary: 'Redeems the code of a one-time link for a cookie, once. Only for the page of this gateway.',
      body: z.object({ code: z.string().max(100) }),
      ownBodyCheck: true,
      answer: () => z.object({ signed_in: z.literal(true) }),
      handle({ request, body }) {
        if (!isFromOwnPage(request)) return { refusal: { problem: needsOwnPage } };
        const code = member(body, 'code');
        if (typeof code !== 'string' || code.length > 100 || !links.isGood(code)) {
          return { refusal: signIn.failed(request) ?? { problem: linkUsed } };
        }
        const { browser, token, cookie } = signIn.caller(request);
        // A browser that is signed in already stays who it is; a second login would only be one more to revoke.
        if (token !== undefined && logins.find(token)) {
          links.redeem(code);
          return { body: { signed_in: true } };
        }
        let login: ReturnType<LoginIssuer['create']>;
        try {
          login = logins.create(browser);
        } catch (error) {
          // The link is not used up: it is good once there is room again.
          const problem = signInNotKept(error);
          if (problem === null) throw error;
          return { refusal: { problem } };
        }
        // Nothing runs between the look and this: a code is never used twice.
        links.redeem(code);
        return { body: { signed_in: true }, headers: { 'set-cookie': cookie.set(login.token, null) } };
      },
    }),
    route({
      method: 'POST',
      url: '/api/v1/logout',
      access: 'signed_in',
      tag: 'Sign-in',
      summary: 'Ends the sign-in of this browser, on the server too.',
      answer: () => z.object({ signed_in: z.literal(false) }),
      handle({ request, principal: { actor } }) {
        if (actor.kind !== 'login' || actor.id === undefined) return { refusal: { problem: needsOwnPage } };
        logins.revoke(actor.id);
        return { body: { signed_in: false }, headers: { 'set-cookie': signIn.caller(request).cookie.remove() } };
      },
    }),
    ...createAuthRoutes(deps),
  ];
}
