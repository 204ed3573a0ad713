import type { Problem } from '../../protocol/errors.ts';
import { amount, type Fields, fields, string } from '../shared/fields.ts';
import {
  apiFailed,
  contextFull,
  cutShort,
  modelUnknown,
  notSignedIn,
  rateLimited,
  sandboxFailed,
  turnFailed,
} from './problems.ts';

/** `codexErrorInfo`: a word, or an object with one word for a key and an HTTP status inside. */
export function errorInfo(error: Fields): { name: string; status: number | undefined } {
  const info = error.codexErrorInfo;
  if (typeof info === 'string') return { name: info, status: undefined };
  const [name = '', inside] = Object.entries(fields(info))[0] ?? [];
  return { name, status: amount(fields(inside).httpStatusCode) };
}

/** True when the credential was refused; Codex would try again for a while. */
export function isSignInRefused(error: Fields): boolean {
  const { name, status } = errorInfo(error);
  return status === 401 || name === 'unauthorized';
}

/** Versions before 0.160 say some things in words only. */
const tooLong = /context_length_exceeded|exceeds the context window/;

function statusIn(words: string): number | undefined {
  const status = /unexpected status (\d{3})\b/.exec(words)?.[1];
  return status === undefined ? undefined : Number(status);
}

/**
 * What a failed turn means. @param error - `turn.error`: `{ message, codexErrorInfo, additionalDetails }`.
 * @param resetsAt - when the plan's limit resets, if that was told; seconds since 1970.
 */
export function turnProblem(error: Fields, resetsAt: number | undefined): Problem {
  const words = [string(error.message), string(error.additionalDetails)].filter(Boolean).join('\n');
  const { name, status = statusIn(words) } = errorInfo(error);
  if (isSignInRefused(error) || /^Missing environment variable/.test(words)) return notSignedIn(words);
  if (name === 'usageLimitExceeded' || name === 'sessionBudgetExceeded') return rateLimited(words, resetsAt, true);
  if (status === 429 || name === 'rateLimitExceeded') return rateLimited(words, undefined, false);
  if (name === 'contextWindowExceeded' || tooLong.test(words)) return contextFull(words);
  if (name === 'modelNotFound' || status === 404) return modelUnknown(words);
  if (name === 'sandboxError') return sandboxFailed(words);
  if (/Incomplete response returned/.test(words)) return cutShort(words);
  if (name === 'internalServerError' || name === 'serverOverloaded') return apiFailed(status ?? 500, words);
  if (status !== undefined) return apiFailed(status, words);
  const lost =
    name.startsWith('httpConnection') || name.startsWith('responseStream') || /^stream disconnected/.test(words);
  return lost ? apiFailed(undefined, words) : turnFailed(words);
}
