import type { PlanLimit } from '../../../main/protocol/values.ts';

const weight = { ok: 0, warning: 1, reached: 2 };

/** The window of the plan that is worth a warning: the one that is used up, else the fullest that is nearly; null when all are well. */
export function urgentLimit(limits: readonly PlanLimit[]): PlanLimit | null {
  const worth = limits.filter((limit) => limit.state !== 'ok');
  worth.sort((a, b) => weight[b.state] - weight[a.state] || (b.used_percent ?? 0) - (a.used_percent ?? 0));
  return worth[0] ?? null;
}
