import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { amount, type Fields, fields } from '../shared/fields.ts';

type Usage = Extract<ProviderEvent, { type: 'usage' }>;

interface Counts {
  input: number;
  cached: number;
  output: number;
}

/**
 * What a turn used, from `thread/tokenUsage/updated`: totals of the whole thread, and the last request. A resumed thread's totals go on where
 * they were, so a turn is the difference between its end and what the totals were before its first request.
 */
export class UsageMeter {
  #before: Counts | null = null;
  #total: Counts | null = null;
  #context: number | undefined;
  #window: number | undefined;

  update(tokenUsage: Fields): void {
    const [total, last] = [counts(fields(tokenUsage.total)), counts(fields(tokenUsage.last))];
    this.#before ??= {
      input: Math.max(0, total.input - last.input),
      cached: Math.max(0, total.cached - last.cached),
      output: Math.max(0, total.output - last.output),
    };
    this.#total = total;
    this.#context = whole(fields(tokenUsage.last).totalTokens) || this.#context;
    this.#window = whole(tokenUsage.modelContextWindow) || this.#window;
  }

  /** Tokens in the conversation, as far as they were told. */
  get context(): number | undefined {
    return this.#context;
  }

  /** The turn is over; the next one is counted from here. Null when it used nothing. */
  take(): Usage | null {
    const [before, total] = [this.#before, this.#total];
    this.#before = null;
    this.#total = null;
    if (before === null || total === null) return null;
    const usage: Usage = {
      type: 'usage',
      input_tokens: Math.max(0, total.input - before.input),
      output_tokens: Math.max(0, total.output - before.output),
    };
    const cached = total.cached - before.cached;
    if (cached > 0) usage.cached_tokens = cached;
    if (this.#context !== undefined) usage.context_tokens = this.#context;
    if (this.#window !== undefined) usage.context_window = this.#window;
    return usage.input_tokens + usage.output_tokens === 0 ? null : usage;
  }
}

/** `inputTokens` has the cached ones in it, `outputTokens` those of reasoning. */
function counts(usage: Fields): Counts {
  return {
    input: whole(usage.inputTokens) ?? 0,
    cached: whole(usage.cachedInputTokens) ?? 0,
    output: whole(usage.outputTokens) ?? 0,
  };
}

function whole(value: unknown): number | undefined {
  const number = amount(value);
  return number === undefined ? undefined : Math.trunc(number);
}
