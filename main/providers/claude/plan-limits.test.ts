import { describe, expect, it } from 'vitest';
import { PlanLimit } from '../../protocol/values.ts';
import { PlanLimits } from './plan-limits.ts';

describe('what is used of a plan', () => {
  it('is put together from what the CLI says in passing, in percent and milliseconds', () => {
    const plan = new PlanLimits();
    const info = { status: 'allowed_warning', rateLimitType: 'five_hour', utilization: 0.91, resetsAt: 1_795_000_000 };
    expect(
      plan.event({ ...info, unifiedWindows: { seven_day: { utilization: 0.4, resetsAt: 1_796_000_000 } } }),
    ).toEqual([
      { id: 'seven_day', label: '7 days', state: 'ok', used_percent: 40, resets_at: 1_796_000_000_000 },
      { id: 'five_hour', label: '5 hours', state: 'warning', used_percent: 91, resets_at: 1_795_000_000_000 },
    ]);
    expect(plan.event({ status: 'rejected', rateLimitType: 'five_hour', resetsAt: 1_795_000_000 })?.[1]).toEqual({
      id: 'five_hour',
      label: '5 hours',
      state: 'reached',
      resets_at: 1_795_000_000_000,
    });
  });

  it('is told only when it changed', () => {
    const plan = new PlanLimits();
    const info = { status: 'allowed', rateLimitType: 'five_hour', utilization: 0.1, resetsAt: 1 };
    expect(plan.event(info)).toHaveLength(1);
    expect(plan.event(info)).toBeNull();
    expect(plan.event({ status: 'allowed' })).toBeNull();
  });

  it('is all there when the CLI was asked', () => {
    const windows = new PlanLimits().usage({
      rate_limits_available: true,
      rate_limits: {
        five_hour: { utilization: 12.34, resets_at: '2026-11-20T18:00:00Z' },
        seven_day: { utilization: 100, resets_at: null },
        seven_day_opus: null,
        extra_usage: { is_enabled: false, utilization: 3 },
        model_scoped: [{ display_name: 'Fable', utilization: 85, resets_at: null }],
      },
    });
    expect(windows).toEqual([
      { id: 'five_hour', label: '5 hours', state: 'ok', used_percent: 12.3, resets_at: Date.UTC(2026, 10, 20, 18) },
      { id: 'seven_day', label: '7 days', state: 'reached', used_percent: 100 },
      { id: 'model:Fable', label: '7 days, Fable', state: 'warning', used_percent: 85 },
    ]);
    for (const window of windows ?? []) expect(PlanLimit.safeParse(window).success).toBe(true);
  });

  it('is nothing for an account without a plan', () => {
    expect(new PlanLimits().usage({ rate_limits_available: false, rate_limits: null })).toBeNull();
  });
});
