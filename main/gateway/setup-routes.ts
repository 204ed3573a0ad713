import { z } from 'zod';
import { CreatedKey } from '../protocol/access.ts';
import { Scope } from '../protocol/scope.ts';
import { setupDone, wrongSetupCode } from '../security/sign-in-problems.ts';
import { isAskedByOwnPage, keeping, refusalOf, refusedPage, startLogin } from './auth-calls.ts';
import type { BrowserSignIn } from './auth-routes.ts';
import type { Refusal } from './http-answer.ts';
import { type Route, route } from './route.ts';
import type { SignIn } from './sign-in.ts';

const code = z.string().min(1).max(100);

/** First-run setup: a key for a script, or a password for a browser, whichever comes first. Each needs the code from the owner's terminal. */
export function createSetupRoutes(browserSignIn: BrowserSignIn, signIn: SignIn): readonly Route[] {
  /** Null: the code may be used. A setup that was done is told as that, whatever the code. */
  const refused = (given: string, request: Parameters<SignIn['failed']>[0]): { refusal: Refusal } | null => {
    const { setup, keeper } = browserSignIn;
    if (setup === null || !keeper.setupIsOpen()) return refusalOf(setupDone);
    if (setup.isGood(given)) return null;
    return { refusal: signIn.failed(request) ?? { problem: wrongSetupCode } };
  };
  return [
    route({
      method: 'GET',
      url: '/api/v1/setup',
      access: 'anyone',
      tag: 'Sign-in',
      summary: 'Whether the first-run setup is still to be done, and what it needs.',
      answer: () =>
        z.object({
          setup_required: z.boolean(),
          account_setup_available: z.boolean(),
          needs: z.array(z.literal('setup_code')),
        }),
      handle() {
        const open = (browserSignIn.setup?.show() ?? null) !== null;
        return { body: { setup_required: open, account_setup_available: open, needs: open ? ['setup_code'] : [] } };
      },
    }),
    route({
      method: 'POST',
      url: '/api/v1/setup',
      access: 'anyone',
      tag: 'Sign-in',
      summary: 'First-run setup with a key, once: of two at once one gets it, the other is told 409.',
      body: z.object({
        code,
        name: z.string().trim().min(1).max(200).default('admin'),
        scopes: z.array(Scope).min(1).max(Scope.options.length).default(['admin']),
      }),
      answer: () => CreatedKey,
      status: 201,
      async handle({ request, body }) {
        const no = refused(body.code, request);
        if (no) return no;
        const made = await keeping(async () => browserSignIn.keeper.setUpKey(body.name, body.scopes));
        if (!made.ok) return refusalOf(made.error);
        browserSignIn.setup?.done();
        return { body: made.value };
      },
    }),
    route({
      method: 'POST',
      url: '/api/v1/setup/account',
      access: 'anyone',
      tag: 'Sign-in',
      summary: 'First-run setup with a password; signs this browser in. Only for the page of this gateway.',
      body: z.object({ code, password: z.string().min(8).max(1000) }),
      answer: () => z.object({ authenticated: z.literal(true), email: z.string() }),
      async handle({ request, body }) {
        if (!isAskedByOwnPage(request)) return refusedPage;
        const no = refused(body.code, request);
        if (no) return no;
        const caller = signIn.caller(request);
        const made = await keeping(() => browserSignIn.keeper.setUpPassword(body.password, caller.browser));
        if (!made.ok) return refusalOf(made.error);
        browserSignIn.setup?.done();
        const headers = { 'set-cookie': startLogin(caller, made.value, browserSignIn.logins) };
        return { body: { authenticated: true, email: 'admin' }, headers };
      },
    }),
  ];
}
