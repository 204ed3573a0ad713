import type { IncomingMessage } from 'node:http';
import type { Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import type { AttemptLimiter } from '../security/attempt-limiter.ts';
import type { SignedInBrowser } from '../security/sign-in-keeper.ts';
import { tooManyAttempts } from '../security/sign-in-problems.ts';
import type { Refusal } from './http-answer.ts';
import { needsOwnPage, signInNotKept } from './problems.ts';
import { isFromOwnPage } from './request-link.ts';
import type { Caller } from './sign-in.ts';

const retryAfter = (waitMs: number) => ({ 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) });
/** How long somebody for whom there is no room is asked to wait. */
const busyMs = 5_000;

/**
 * Whether a page of ours asks. Without an Origin nobody's page does: browsers always name it for what is no GET. Sec-Fetch-Site says the same where
 * it is known, in words no page can choose.
 */
export function isAskedByOwnPage(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  return isFromOwnPage(request) && (site === undefined || site === 'same-origin');
}

export const refusedPage = { refusal: { problem: needsOwnPage } } as const;

/** A refusal that says when to come back, where that helps. */
export const refusalOf = (problem: Problem): { refusal: Refusal } => ({
  refusal: problem.code === 'overloaded' ? { problem, headers: retryAfter(busyMs) } : { problem },
});

type Attempted<T> = { ok: true; value: T } | { ok: false; answer: { refusal: Refusal } };

/** Tries something that can be guessed. Right answers are not counted, nor is what was never compared. */
export async function attempt<T>(
  limiter: AttemptLimiter,
  { address }: Pick<Caller, 'address'>,
  work: () => Promise<Result<T, Problem>>,
): Promise<Attempted<T>> {
  const begun = limiter.begin(address);
  if (!begun.ok) {
    const { waitMs } = begun;
    return { ok: false, answer: { refusal: { problem: tooManyAttempts(waitMs), headers: retryAfter(waitMs) } } };
  }
  try {
    const result = await keeping(work);
    if (result.ok) begun.right();
    else if (result.error.code !== 'unauthorized' && result.error.code !== 'not_found') begun.notCompared();
    return result.ok ? result : { ok: false, answer: refusalOf(result.error) };
  } catch (error) {
    begun.notCompared();
    throw error;
  }
}

/** A full disk is a problem in words, not a defect. */
export async function keeping<T>(work: () => Promise<Result<T, Problem>>): Promise<Result<T, Problem>> {
  try {
    return await work();
  } catch (error) {
    const problem = signInNotKept(error);
    if (problem === null) throw error;
    return { ok: false, error: problem };
  }
}

/** The cookie of a fresh login; the one this browser had before ends. */
export function startLogin(
  { cookie, token }: Pick<Caller, 'cookie' | 'token'>,
  login: SignedInBrowser,
  logins: { find(token: string): { id: string } | null; revoke(id: string): boolean },
): string[] {
  const before = token === undefined ? null : logins.find(token);
  if (before !== null) logins.revoke(before.id);
  return cookie.set(login.token, Math.floor((login.expires_at - login.created_at) / 1000));
}
