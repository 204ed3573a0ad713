import type { Problem } from '../../protocol/errors.ts';
import { amount, type Fields, fields, list, string } from '../shared/fields.ts';
import {
  accountRefused,
  apiFailed,
  attachmentRefused,
  contextFull,
  modelUnknown,
  noCredit,
  notSignedIn,
  rateLimited,
  tooManySteps,
  turnFailed,
} from './problems.ts';
import type { Outcome, Usage } from './translated.ts';

/** What was said about a failure before its `result` came: a synthetic answer, a `rate_limit_event`. */
export interface FailureHints {
  /** `error` of the synthetic `assistant` line, e.g. "authentication_failed". */
  error?: string | undefined;
  words?: string | undefined;
  /** Seconds since 1970. */
  resetsAt?: number | undefined;
}

/** How a turn ended. `subtype` is not asked: it says "success" for an answer of the API that was an error. */
export function outcomeOf(result: Fields, hints: FailureHints): Outcome {
  const reason = string(result.terminal_reason) ?? '';
  const errors = list(result.errors).filter((error): error is string => typeof error === 'string');
  const resumeFailed = errors.some((error) => error.startsWith('No conversation found'));
  if (reason.startsWith('aborted')) return { status: 'aborted', resumeFailed };
  if (result.is_error !== true) return { status: 'completed', resumeFailed: false };
  return { status: 'failed', problem: problemOf(result, errors, hints), resumeFailed };
}

/** `error` of a synthetic answer: the account may not do this, whatever it is signed in with. */
const accountErrors = new Set([
  'oauth_org_not_allowed',
  'account_on_hold',
  'verification_required',
  'cloud_credential_error',
]);

function problemOf(result: Fields, errors: readonly string[], hints: FailureHints): Problem {
  const status = amount(result.api_error_status);
  const error = hints.error ?? '';
  const words = string(result.result) ?? hints.words ?? errors.join('\n');
  if (status === 401 || error === 'authentication_failed' || /not logged in|please run \/login/i.test(words)) {
    return notSignedIn(words);
  }
  if (accountErrors.has(error)) return accountRefused(words);
  if (result.terminal_reason === 'prompt_too_long' || /prompt is too long|context (?:window|limit)/i.test(words)) {
    return contextFull(words);
  }
  if (result.terminal_reason === 'image_error' || status === 413) return attachmentRefused(words);
  if (error === 'billing_error' || status === 402) return noCredit(words);
  const plan = result.api_error === 'usage_limit_reached';
  if (plan || status === 429 || error === 'rate_limit') return rateLimited(words, hints.resetsAt, plan);
  if (error === 'model_not_found' || status === 404) return modelUnknown(words);
  if (result.subtype === 'error_max_turns') return tooManySteps(words);
  if (status !== undefined || result.terminal_reason === 'api_error' || /^API Error/i.test(words)) {
    return apiFailed(status, words);
  }
  return turnFailed(words);
}

/** Cost is told for the whole life of the process; newer versions also tell it for this turn. */
export class UsageMeter {
  #costBefore = 0;

  /** @param contextTokens - size of the last request and its answer. */
  ofTurn(result: Fields, contextTokens: number | undefined): Usage | null {
    const usage = usageOf(result);
    const total = amount(result.total_cost_usd);
    const cost = costSince(result) ?? (total === undefined ? undefined : Math.max(0, total - this.#costBefore));
    if (total !== undefined) this.#costBefore = total;
    const [fresh, written, cached] = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'].map(
      (name) => Math.trunc(amount(usage[name]) ?? 0),
    ) as [number, number, number];
    const output = Math.trunc(amount(usage.output_tokens) ?? 0);
    const window = contextWindow(result);
    const counted: Usage = { input_tokens: fresh + written + cached, output_tokens: output };
    if (cached > 0) counted.cached_tokens = cached;
    if (contextTokens !== undefined && contextTokens > 0) counted.context_tokens = Math.trunc(contextTokens);
    if (window !== undefined) counted.context_window = window;
    if (cost !== undefined) counted.cost_usd = cost;
    return counted.input_tokens + output === 0 && !cost ? null : counted;
  }
}

/** Of this turn. A stopped turn says nothing there; newer versions then still have it by model. */
function usageOf(result: Fields): Fields {
  const usage = fields(result.usage);
  const models = Object.values(fields(result.model_usage_since_last_result)).map(fields);
  if (amount(usage.input_tokens) || amount(usage.output_tokens) || models.length === 0) return usage;
  const sum = (name: string) => models.reduce((total, model) => total + (amount(model[name]) ?? 0), 0);
  return {
    input_tokens: sum('inputTokens'),
    output_tokens: sum('outputTokens'),
    cache_read_input_tokens: sum('cacheReadInputTokens'),
    cache_creation_input_tokens: sum('cacheCreationInputTokens'),
  };
}

function costSince(result: Fields): number | undefined {
  const models = result.model_usage_since_last_result;
  if (typeof models !== 'object' || models === null) return undefined;
  return Object.values(models).reduce((sum: number, model) => sum + (amount(fields(model).costUSD) ?? 0), 0);
}

/** Of the model that was used most: side jobs run on smaller ones. */
function contextWindow(result: Fields): number | undefined {
  const turn = fields(result.model_usage_since_last_result);
  const models = Object.values(Object.keys(turn).length > 0 ? turn : fields(result.modelUsage)).map(fields);
  const main = models.sort((a, b) => tokensRead(b) - tokensRead(a))[0];
  const window = amount(main?.contextWindow);
  return window === undefined ? undefined : Math.trunc(window);
}

function tokensRead(model: Fields): number {
  return ['inputTokens', 'cacheReadInputTokens', 'cacheCreationInputTokens'].reduce(
    (sum, name) => sum + (amount(model[name]) ?? 0),
    0,
  );
}

/** Of two turns of the CLI that are one for us. */
export function addUsage(a: Usage | null, b: Usage | null): Usage | null {
  if (a === null || b === null) return a ?? b;
  const sum: Usage = {
    ...a,
    ...b,
    input_tokens: a.input_tokens + b.input_tokens,
    output_tokens: a.output_tokens + b.output_tokens,
  };
  if (a.cached_tokens !== undefined) sum.cached_tokens = a.cached_tokens + (b.cached_tokens ?? 0);
  if (a.cost_usd !== undefined) sum.cost_usd = a.cost_usd + (b.cost_usd ?? 0);
  return sum;
}
