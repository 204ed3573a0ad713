import type { Turn } from './view.ts';

/** Tokens of turns together; `cost` in US dollars, null where no agent told one. */
export interface UsageSum {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly cost: number | null;
}

/** What turns have used, those that were gone back over included: they were paid for. */
export function sumUsage(turns: Iterable<Turn>): UsageSum {
  let sum: UsageSum = { input: 0, cached: 0, output: 0, cost: null };
  for (const { usage } of turns) {
    if (!usage) continue;
    sum = {
      input: sum.input + usage.input_tokens,
      cached: sum.cached + (usage.cached_tokens ?? 0),
      output: sum.output + usage.output_tokens,
      cost: usage.cost_usd === undefined ? sum.cost : (sum.cost ?? 0) + usage.cost_usd,
    };
  }
  return sum;
}
