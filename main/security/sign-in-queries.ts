import type { Result } from '../base/result.ts';
import { refuseQuery } from '../orchestrator/connection.ts';
import type { Principal, QueryHandlers } from '../orchestrator/ports.ts';
import type { Login } from '../protocol/access.ts';
import type { Problem } from '../protocol/errors.ts';
import type { LoginStore } from '../storage/login-store.ts';
import type { SignInKeeper } from './sign-in-keeper.ts';
import { noSuchLogin } from './sign-in-problems.ts';

type SignInQueries = Pick<
  QueryHandlers,
  'logins_list' | 'logins_revoke' | 'sign_in_ways' | 'password_set' | 'oidc_set' | 'oidc_test' | 'sign_in_set'
>;

const answer = <T>(result: Result<T, Problem>) => (result.ok ? result.value : refuseQuery(result.error));

/** Signed-in browsers as this principal sees them. */
export const loginsFor = (logins: Pick<LoginStore, 'list'>, { actor }: Pick<Principal, 'actor'>): Login[] =>
  logins.list().map((login) => ({ ...login, current: actor.kind === 'login' && actor.id === login.id }));

/** Answers to the questions about signing in. */
export function createSignInQueries(keeper: SignInKeeper, logins: LoginStore): SignInQueries {
  return {
    logins_list: (_query, principal) => ({ logins: loginsFor(logins, principal) }),
    logins_revoke: ({ id }) => (logins.revoke(id) ? {} : refuseQuery(noSuchLogin)),
    sign_in_ways: () => keeper.ways(),
    password_set: async ({ password, current }, principal) =>
      answer(await keeper.setPassword(password, current, principal)),
    oidc_set: ({ oidc, client_secret }) => answer(keeper.setOidc(oidc, client_secret)),
    oidc_test: async ({ issuer }) => answer(await keeper.testOidc(issuer)),
    sign_in_set: (rules) => keeper.setRules(rules),
  };
}
