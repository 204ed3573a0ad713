import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { Login } from '../protocol/access.ts';
import { createAttemptLimiter, visitLimits } from '../security/attempt-limiter.ts';
import { oidcPatienceMs } from '../security/oidc.ts';
import { notUnderWay, tooManyVisits } from '../security/oidc-problems.ts';
import type { SetupCode } from '../security/setup-code.ts';
import type { SignInKeeper } from '../security/sign-in-keeper.ts';
import { attempt, isAskedByOwnPage, keeping, refusedPage, startLogin } from './auth-calls.ts';
import { problemPage, signedInPage } from './auth-pages.ts';
import { createAuthSessionRoutes } from './auth-session-routes.ts';
import { visitCookie } from './cookie.ts';
import type { HeaderValues } from './http-answer.ts';
import { type Route, route } from './route.ts';
import { createSetupRoutes } from './setup-routes.ts';
import type { SignIn } from './sign-in.ts';

export interface BrowserSignIn {
  keeper: SignInKeeper;
  logins: {
    find(token: string): Omit<Login, 'current'> | null;
    list(): Omit<Login, 'current'>[];
    revoke(id: string): boolean;
    revokeWhere(matches: (login: Omit<Login, 'current'>) => boolean): string[];
  };
  /** Null: this start has no first-run setup (the window is the owner's). */
  setup: SetupCode | null;
}

export interface AuthRouteDeps {
  browserSignIn: BrowserSignIn;
  signIn: SignIn;
  port: () => number;
  clock: Clock;
}

/** What a browser is told of its own login. */
export const Session = z.object({
  authenticated: z.boolean(),
  email: z.string().optional(),
  by: Login.shape.by.optional(),
  expires_at: z.number().int().optional(),
});

/** How a browser signs in and out. None of it sends a CORS header, and what changes something asks for our own page. */
export function createAuthRoutes(deps: AuthRouteDeps): readonly Route[] {
  const { browserSignIn, signIn, port, clock } = deps;
  // Nothing is asked of the deps before a request comes.
  const limiter = once(() => createAttemptLimiter(clock.now));
  const visits = once(() => createAttemptLimiter(clock.now, visitLimits));
  const visit = (secure: boolean) => visitCookie(port(), secure, oidcPatienceMs / 1000);

  return [
    route({
      method: 'GET',
      url: '/auth/config',
      access: 'anyone',
      tag: 'Sign-in',
      summary: 'The ways in which a browser can sign in here.',
      answer: () =>
        z.object({
          password_enabled: z.boolean(),
          oidc_enabled: z.boolean(),
          oidc_host: z.string().nullable(),
          setup_required: z.boolean(),
          preferred_login_method: z.literal('auto'),
        }),
      handle() {
        const { password, oidc } = browserSignIn.keeper.ways();
        return {
          body: {
            password_enabled: password,
            oidc_enabled: oidc !== null,
            oidc_host: oidc && new URL(oidc.issuer).host,
            setup_required: (browserSignIn.setup?.show() ?? null) !== null,
            preferred_login_method: 'auto',
          },
        };
      },
    }),
    route({
      method: 'POST',
      url: '/auth/login',
      access: 'anyone',
      tag: 'Sign-in',
      summary: 'Signs this browser in by password. Only for the page of this gateway.',
      body: z.object({ password: z.string().min(1).max(1000) }),
      answer: () => Session,
      async handle({ request, body: { password } }) {
        if (!isAskedByOwnPage(request)) return refusedPage;
        const caller = signIn.caller(request);
        const found = await attempt(limiter(), caller, () => browserSignIn.keeper.byPassword(password, caller.browser));
        if (!found.ok) return found.answer;
        const headers = { 'set-cookie': startLogin(caller, found.value, browserSignIn.logins) };
        return {
          body: { authenticated: true, email: 'admin', by: 'password', expires_at: found.value.expires_at },
          headers,
        };
      },
    }),
    route({
      method: 'POST',
      url: '/auth/logout',
      access: 'anyone',
      tag: 'Sign-in',
      summary: 'Ends the sign-in of this browser, on the server too. Only for the page of this gateway.',
      answer: () => z.object({ ok: z.literal(true) }),
      handle({ request }) {
        if (!isAskedByOwnPage(request)) return refusedPage;
        const { token, cookie } = signIn.caller(request);
        const login = token === undefined ? null : browserSignIn.logins.find(token);
        if (login !== null) browserSignIn.logins.revoke(login.id);
        return { body: { ok: true }, headers: { 'set-cookie': cookie.remove() } };
      },
    }),
    route({
      method: 'GET',
      url: '/auth/session',
      access: 'anyone',
      tag: 'Sign-in',
      summary: 'Whether this browser is signed in. A cookie that is void is taken back.',
      answer: () => Session,
      handle({ request }) {
        const { token, cookie } = signIn.caller(request);
        const login = token === undefined ? null : browserSignIn.logins.find(token);
        if (login === null) {
          const headers: HeaderValues = token === undefined ? {} : { 'set-cookie': cookie.remove() };
          return { body: { authenticated: false }, headers };
        }
        const { email, by, expires_at } = login;
        return { body: { authenticated: true, email: email ?? 'admin', by, expires_at } };
      },
    }),
    route({
      method: 'GET',
      url: '/auth/oidc/login',
      access: 'anyone',
      tag: 'Sign-in',
      summary: 'Sends the browser to the identity provider.',
      status: 302,
      answer: null,
      otherAnswers: { 'text/html': 'A page that says in words what is wrong.' },
      async handle({ request }) {
        const site = request.headers['sec-fetch-site'];
        // Another page could send somebody through a sign-in they did not ask for.
        if (site !== undefined && site !== 'same-origin' && site !== 'none') return problemPage(notUnderWay);
        const { secure, address } = signIn.caller(request);
        const begun = visits().begin(address);
        if (!begun.ok) return problemPage(tooManyVisits, { 'retry-after': String(Math.ceil(begun.waitMs / 1000)) });
        const origin = `${secure ? 'https' : 'http'}://${request.headers.host?.toLowerCase()}`;
        const visited = await browserSignIn.keeper.beginOidc(`${origin}/auth/callback`);
        if (!visited.ok) return problemPage(visited.error);
        const headers = { location: visited.value.url, 'set-cookie': visit(secure).set(visited.value.bind) };
        return { text: '', type: 'text/plain; charset=utf-8', status: 302, headers };
      },
    }),
    route({
      method: 'GET',
      url: '/auth/callback',
      access: 'anyone',
      tag: 'Sign-in',
      summary: 'Where the identity provider sends the browser back to. Each visit counts once.',
      answer: null,
      otherAnswers: { 'text/html': 'A page that goes on to the app, or says in words what is wrong.' },
      async handle({ request }) {
        const caller = signIn.caller(request);
        const bound = visit(caller.secure);
        const query = `?${request.url?.split('?', 2)[1] ?? ''}`;
        const { keeper, logins } = browserSignIn;
        const found = await keeping(() => keeper.byOidc(bound.read(request.headers.cookie), query, caller.browser));
        if (!found.ok) return problemPage(found.error, { 'set-cookie': bound.remove() });
        return signedInPage({ 'set-cookie': [bound.remove(), ...startLogin(caller, found.value, logins)] });
      },
    }),
    ...createAuthSessionRoutes(browserSignIn, signIn, limiter),
    ...createSetupRoutes(browserSignIn, signIn),
  ];
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
