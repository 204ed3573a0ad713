import { describe, expect, it } from 'vitest';
import type { Goal } from '../protocol/values.ts';
import { newGoal, withReport, withStatus } from './goal.ts';
import { goalBlob } from './goal-blob.ts';

const goal = (objective = 'Ship it'): Goal =>
  newGoal({ goal_id: 'goal_00000000', objective, limits: { turns: 12, minutes: null, cost_usd: null }, now: 1 });

describe("a goal in the shape of nanobot's channel", () => {
  it('is active with objective, summary and recap', () => {
    const told = withReport(goal(), { kind: 'progress', text: 'First\nstep' }, 2);
    expect(goalBlob(told)).toEqual({
      active: true,
      status: 'active',
      objective: 'Ship it',
      ui_summary: 'First step',
      recap: 'First step',
    });
  });

  it('is only inactive when there is none, or it is complete or cancelled', () => {
    expect(goalBlob(null)).toEqual({ active: false });
    expect(goalBlob(withStatus(goal(), 'complete', 'done', 2))).toEqual({ active: false });
    expect(goalBlob(withStatus(goal(), 'cancelled', 'no', 2))).toEqual({ active: false });
  });

  it.each(['blocked', 'paused', 'out_of_budget'] as const)('waits for a person with its reason when %s', (status) => {
    expect(goalBlob(withStatus(goal(), status, 'why', 2))).toMatchObject({
      active: false,
      status: 'blocked',
      recap: 'why',
    });
  });

  it('keeps to the lengths its clients expect', () => {
    const blob = goalBlob(withStatus(goal('o'.repeat(4000)), 'blocked', 'r'.repeat(1000), 2));
    expect(blob).toMatchObject({ objective: `${'o'.repeat(600)}…`, recap: `${'r'.repeat(239)}…` });
    expect(blob.active === false && 'ui_summary' in blob && blob.ui_summary).toHaveLength(120);
  });
});
