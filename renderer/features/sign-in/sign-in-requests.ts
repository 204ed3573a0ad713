import { Problem } from '../../../main/protocol/errors.ts';
import { t } from '../../strings/index.ts';

/** The ways in, as `GET /auth/config` tells them. */
export interface WaysIn {
  readonly password_enabled: boolean;
  readonly oidc_enabled: boolean;
  readonly oidc_host: string | null;
  readonly setup_required: boolean;
}

/** Null: they cannot be asked for here, e.g. over a network in clear; a link still works where it did before. */
export async function askWaysIn(): Promise<WaysIn | null> {
  try {
    const answer = await fetch('/auth/config', { cache: 'no-store' });
    return answer.ok ? ((await answer.json()) as WaysIn) : null;
  } catch {
    return null;
  }
}

const unreachable = (): Problem => ({
  code: 'internal',
  message: t.signIn.unreachable,
  next: t.signIn.unreachableNext,
});

async function post(path: string, body: unknown): Promise<Problem | null> {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.ok ? null : (Problem.safeParse(await answer.json()).data ?? unreachable());
  } catch {
    return unreachable();
  }
}

/** Null: this browser is signed in, its cookie is set. */
export const signInByPassword = (password: string): Promise<Problem | null> => post('/auth/login', { password });
export const setUpPassword = (code: string, password: string): Promise<Problem | null> =>
  post('/api/v1/setup/account', { code, password });
