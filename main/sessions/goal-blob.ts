import type { Goal } from '../protocol/values.ts';

/** A goal as clients of nanobot's channel read it (`goal_state`). */
export type GoalBlob =
  | { active: false }
  | { active: boolean; status: 'active' | 'blocked'; objective: string; ui_summary: string; recap: string };

const lengths = { objective: 600, ui_summary: 120, recap: 240 };

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length)}…`);
const line = (text: string, length: number): string => {
  const one = text.trim().replace(/\s+/g, ' ');
  return one.length <= length ? one : `${one.slice(0, length - 1)}…`;
};

/**
 * A goal in nanobot's shape. It knows only `active`, `blocked` and nothing: what waits for a person here (paused, out of budget) is `blocked`
 * there, with the reason as its recap; a goal that is complete or cancelled is none.
 */
export function goalBlob(goal: Goal | null): GoalBlob {
  if (goal === null || goal.status === 'complete' || goal.status === 'cancelled') return { active: false };
  const active = goal.status === 'active';
  const last = goal.progress.at(-1)?.text;
  return {
    active,
    status: active ? 'active' : 'blocked',
    objective: cut(goal.objective, lengths.objective),
    ui_summary: line(last ?? goal.objective, lengths.ui_summary),
    recap: line((active ? last : goal.reason) ?? '', lengths.recap),
  };
}
