import type { Actor, Goal, GoalLimits, GoalStatus } from '../protocol/values.ts';
import type { EndedGoalTurn, GoalPursuit } from './goal-pursuit.ts';
import { type GoalReport, reportInWords } from './goal-text.ts';

/** Reports that are kept. */
const keptProgress = 50;
/** Characters of all reports together: the whole goal stands in the log with every change of it. */
const keptChars = 40_000;
/** To what an old report is cut when they are too many. */
const oldChars = 200;
/** Turns in a row without any deed or report after which the agent is not let go on: it would only burn the budget. */
export const maxIdleTurns = 2;

const lengths = { reason: 2000, text: 2000, evidence: 4000 };

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

/** Open: not at an end. */
export const isOpen = (goal: Goal | null): boolean => goal?.status === 'active' || goal?.status === 'paused';

/** Why the goal was left waiting when the app was not there. */
export const endedWithApp =
  'Quarterdeck ended while the goal was pursued. Everything up to then is kept; resume the goal to go on.';

export const actorOf = (goal: Goal): Actor => ({ kind: 'goal', id: goal.goal_id, via: 'app' });

/** A goal at its beginning. */
export function newGoal(options: { goal_id: string; objective: string; limits: GoalLimits; now: number }): Goal {
  const { goal_id, objective, limits, now } = options;
  const spent = { turns: 0, ms: 0, cost_usd: 0, input_tokens: 0, output_tokens: 0 };
  return { goal_id, objective, status: 'active', limits, spent, progress: [], started_at: now };
}

export function withStatus(goal: Goal, status: GoalStatus, reason: string | undefined, now: number): Goal {
  const { reason: _reason, ended_at: _ended, ...rest } = goal;
  return {
    ...rest,
    status,
    ...(reason === undefined ? {} : { reason: cut(reason, lengths.reason) }),
    ...(status === 'active' || status === 'paused' ? {} : { ended_at: now }),
  };
}

/** What the agent reports, taken into an open goal. A paused one keeps what is said of it, but only an active one can reach its end. */
export function withReport(goal: Goal, report: GoalReport, now: number): Goal {
  if (!isOpen(goal)) return goal;
  switch (report.kind) {
    case 'progress':
      return {
        ...withStep(goal, report.text, report.evidence, now),
        ...(report.fraction === undefined ? {} : { fraction: report.fraction }),
      };
    case 'complete': {
      const { summary, evidence } = report;
      const told = summary === undefined ? goal : withStep(goal, summary, evidence, now);
      return { ...withStatus(told, 'complete', summary, now), fraction: 1 };
    }
    case 'blocked':
      return withStatus(goal, 'blocked', report.reason, now);
  }
}

function withStep(goal: Goal, text: string, evidence: string | undefined, now: number): Goal {
  const step = {
    ts: now,
    text: cut(text, lengths.text),
    ...(evidence ? { evidence: cut(evidence, lengths.evidence) } : {}),
  };
  return { ...goal, progress: bounded([...goal.progress, step].slice(-keptProgress)) };
}

/** Within `keptChars`: the oldest evidence is cut first, then the oldest words, the newest step never. All as it was reported stays in the log. */
function bounded(progress: Goal['progress']): Goal['progress'] {
  const kept = [...progress];
  let over = kept.reduce((sum, { text, evidence }) => sum + text.length + (evidence?.length ?? 0), -keptChars);
  for (const field of ['evidence', 'text'] as const) {
    for (const [at, step] of kept.slice(0, -1).entries()) {
      if (over <= 0) return kept;
      const whole = step[field];
      if (whole === undefined || whole.length <= oldChars) continue;
      kept[at] = { ...step, [field]: cut(whole, oldChars) };
      over -= whole.length - oldChars;
    }
  }
  return kept;
}

/** Which limit is reached, in words; null: none. */
export function reachedLimit({ limits, spent }: Goal): string | null {
  if (limits.turns !== null && spent.turns >= limits.turns) {
    return `All ${limits.turns} turns of the limit were used.`;
  }
  if (limits.minutes !== null && spent.ms >= limits.minutes * 60_000) {
    return `The time limit of ${limits.minutes} minutes was reached.`;
  }
  if (limits.cost_usd !== null && spent.cost_usd >= limits.cost_usd) {
    return `The limit of $${limits.cost_usd.toFixed(2)} was reached ($${spent.cost_usd.toFixed(2)} spent).`;
  }
  return null;
}

/** Milliseconds a turn of this goal may still take; null: no limit. */
export function timeLeft({ limits, spent }: Goal): number | null {
  return limits.minutes === null ? null : Math.max(0, limits.minutes * 60_000 - spent.ms);
}

/** The goal after the session's last turn: what it cost, and whether it can go on. The same object when nothing changed. */
export function afterTurn(goal: Goal, pursuit: GoalPursuit, now: number): Goal {
  const { ended } = pursuit;
  if (!ended) return goal;
  const counted = ended.own ? withCost(goal, ended) : goal;
  if (counted.status === 'active') return judged(counted, ended, pursuit.idleTurns, now);
  // What its CLI's own goal does not say, the agent's last words do.
  if (counted.reason === undefined && (counted.status === 'complete' || counted.status === 'blocked')) {
    const unsaid = counted.status === 'complete' ? 'The agent says that it is reached.' : 'The agent cannot go on.';
    return { ...counted, reason: cut(ended.words.trim() || unsaid, lengths.reason) };
  }
  return counted;
}

function withCost(goal: Goal, turn: EndedGoalTurn): Goal {
  const { spent } = goal;
  return {
    ...goal,
    spent: {
      turns: spent.turns,
      ms: spent.ms + Math.round(turn.ms),
      cost_usd: spent.cost_usd + turn.cost_usd,
      input_tokens: spent.input_tokens + turn.input_tokens,
      output_tokens: spent.output_tokens + turn.output_tokens,
    },
  };
}

function judged(goal: Goal, turn: EndedGoalTurn, idleTurns: number, now: number): Goal {
  switch (turn.status) {
    case 'failed':
      return withStatus(goal, 'paused', turn.problem ?? 'The last turn failed.', now);
    case 'interrupted':
      return withStatus(goal, 'paused', endedWithApp, now);
    case 'aborted':
      return goal;
    case 'completed': {
      if (!turn.own) return goal;
      const said = reportInWords(turn.words);
      if (said) return withReport(goal, said, now);
      if (idleTurns < maxIdleTurns) return goal;
      const reason = `No progress: in ${maxIdleTurns} turns in a row the agent did nothing and reported nothing.`;
      return withStatus(goal, 'blocked', reason, now);
    }
  }
}
