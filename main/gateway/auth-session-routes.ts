import { z } from 'zod';
import { Login, SignInWays } from '../protocol/access.ts';
import type { AttemptLimiter } from '../security/attempt-limiter.ts';
import { attempt, refusalOf } from './auth-calls.ts';
import type { BrowserSignIn } from './auth-routes.ts';
import type { HeaderValues } from './http-answer.ts';
import { type Route, route } from './route.ts';
import type { SignIn } from './sign-in.ts';

/** A login as other gateways' clients know it: `user_agent` and `ip` say `name` and `address` again. */
const SessionRow = Login.extend({ user_agent: z.string(), ip: z.string().nullable() });

/** The owner's view of signed-in browsers, and of how they sign in. */
export function createAuthSessionRoutes(
  browserSignIn: BrowserSignIn,
  signIn: SignIn,
  limiter: () => AttemptLimiter,
): readonly Route[] {
  return [
    route({
      method: 'GET',
      url: '/api/v1/auth/sessions',
      access: 'admin',
      tag: 'Sign-in',
      summary: 'Signed-in browsers, the latest seen first.',
      answer: () => z.object({ sessions: z.array(SessionRow), current_session_id: z.string() }),
      handle({ principal: { actor } }) {
        const own = actor.kind === 'login' ? actor.id : undefined;
        const sessions = browserSignIn.logins
          .list()
          .map((login) => ({ ...login, current: login.id === own, user_agent: login.name, ip: login.address }));
        return { body: { sessions, current_session_id: own ?? '' } };
      },
    }),
    route({
      method: 'DELETE',
      url: '/api/v1/auth/sessions/:id',
      access: 'admin',
      tag: 'Sign-in',
      summary: 'Signs one browser out and closes its connections. Twice is as good as once.',
      params: z.object({ id: z.string().min(1).max(64) }),
      answer: null,
      status: 204,
      handle({ params }) {
        browserSignIn.logins.revoke(params.id);
        return { status: 204 };
      },
    }),
    route({
      method: 'DELETE',
      url: '/api/v1/auth/sessions',
      access: 'admin',
      tag: 'Sign-in',
      summary: 'Signs every browser out, the one that asks as well.',
      answer: () => z.object({ revoked: z.number().int() }),
      handle({ request, principal: { actor } }) {
        const revoked = browserSignIn.logins.revokeWhere(() => true).length;
        const headers: HeaderValues =
          actor.kind === 'login' ? { 'set-cookie': signIn.caller(request).cookie.remove() } : {};
        return { body: { revoked }, headers };
      },
    }),
    route({
      method: 'GET',
      url: '/api/v1/auth/status',
      access: 'admin',
      tag: 'Sign-in',
      summary: 'How browsers can sign in, and how many are.',
      answer: () =>
        SignInWays.extend({
          password_enabled: z.boolean(),
          oidc_enabled: z.boolean(),
          sessions_trackable: z.literal(true),
          active_session_count: z.number().int(),
        }),
      handle() {
        const ways = browserSignIn.keeper.ways();
        return {
          body: {
            ...ways,
            password_enabled: ways.password,
            oidc_enabled: ways.oidc !== null,
            sessions_trackable: true,
            active_session_count: browserSignIn.logins.list().length,
          },
        };
      },
    }),
    route({
      method: 'POST',
      url: '/api/v1/auth/password',
      access: 'admin',
      tag: 'Sign-in',
      summary: 'Sets or changes the password, and signs every other browser out.',
      body: z.object({ current_password: z.string().max(1000).optional(), new_password: z.string().max(1000) }),
      answer: () => SignInWays,
      async handle({ request, principal, body }) {
        const set = () => browserSignIn.keeper.setPassword(body.new_password, body.current_password, principal);
        const done = await attempt(limiter(), signIn.caller(request), set);
        return done.ok ? { body: done.value } : done.answer;
      },
    }),
    route({
      method: 'GET',
      url: '/api/v1/auth/oidc/test',
      access: 'admin',
      tag: 'Sign-in',
      summary: 'Asks an identity provider who it is: the one that is set, or the one that is named.',
      query: z.object({ issuer: z.url().max(500).optional() }),
      answer: () => z.object({ issuer: z.string(), authorization_endpoint: z.string() }),
      async handle({ query }) {
        const tested = await browserSignIn.keeper.testOidc(query.issuer);
        return tested.ok ? { body: tested.value } : refusalOf(tested.error);
      },
    }),
  ];
}
