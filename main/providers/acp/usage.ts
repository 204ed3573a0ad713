import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { amount, type Fields, fields } from './wire.ts';

export type Usage = Omit<Extract<ProviderEvent, { type: 'usage' }>, 'type'>;

/** What the agent told of its context and its cost, as of now. */
export interface Context {
  used: number;
  size: number;
  /** Of the session so far, USD. */
  cost: number | undefined;
}

/**
 * Tokens of a turn, from the answer to `session/prompt`: `usage` (ACP, unstable) or `_meta.quota.token_count` (Gemini CLI, and others for its
 * sake). @returns null when the agent tells nothing.
 */
export function usageOf(answer: Fields, context: Context | null, costBefore: number): Usage | null {
  const told = fields(answer.usage);
  const quota = fields(fields(fields(answer._meta).quota).token_count);
  const read = (...values: unknown[]) => {
    for (const value of values) {
      const found = amount(value);
      if (found !== undefined) return Math.trunc(found);
    }
    return undefined;
  };
  const input = read(told.inputTokens, quota.inputTokens, quota.input_tokens);
  const output = read(told.outputTokens, quota.outputTokens, quota.output_tokens);
  if (input === undefined && output === undefined && context === null) return null;
  const cached = read(told.cachedReadTokens, quota.cachedInputTokens, quota.cached_tokens);
  const cost = context?.cost === undefined ? undefined : Math.max(0, context.cost - costBefore);
  return {
    input_tokens: input ?? 0,
    output_tokens: output ?? 0,
    ...(cached === undefined ? {} : { cached_tokens: cached }),
    ...(context === null ? {} : { context_tokens: context.used }),
    ...(context === null || context.size === 0 ? {} : { context_window: context.size }),
    ...(cost === undefined ? {} : { cost_usd: cost }),
  };
}
