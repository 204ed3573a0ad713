import { type Saying, say } from '../protocol/saying.ts';
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
export const endedWithApp: Reason = {
  text: 'Quarterdeck ended while the goal was pursued. Everything up to then is kept; resume the goal to go on.',
  say: say('goal.endedWithApp'),
};

export const actorOf = (goal: Goal): Actor => ({ kind: 'goal', id: goal.goal_id, via: 'app' });

/** A goal at its beginning. */
export function newGoal(options: { goal_id: string; objective: string; limits: GoalLimits; now: number }): Goal {
  const { goal_id, objective, limits, now } = options;
  const spent = { turns: 0, ms: 0, cost_usd: 0, input_tokens: 0, output_tokens: 0 };
  return { goal_id, objective, status: 'active', limits, spent, progress: [], started_at: now };
}

/** Why a goal is as it is: an agent's own words, or ours. */
export type GoalReason = string | Reason;

export interface Reason {
  readonly text: string;
  readonly say?: Saying | undefined;
}

export function withStatus(goal: Goal, status: GoalStatus, reason: GoalReason | undefined, now: number): Goal {
  const { reason: _reason, reason_say: _say, ended_at: _ended, ...rest } = goal;
  const told: Reason | undefined = typeof reason === 'string' ? { text: reason } : reason;
  return {
    ...rest,
    status,
    ...(told === undefined ? {} : { reason: cut(told.text, lengths.reason) }),
    ...(told?.say === undefined ? {} : { reason_say: told.say }),
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

/** A limit that is reached, in words; `limit` fills them. */
export interface LimitReason extends Reason {
  readonly limit: { kind: 'turns' | 'minutes' | 'cost'; most: number | string; spent: string };
}

const limitReason = (text: string, limit: LimitReason['limit']): LimitReason => ({
  text,
  limit,
  say: say('goal.limit', limit),
});
const turnLimit = (turns: number): LimitReason =>
  limitReason(`All ${turns} turns of the limit were used.`, { kind: 'turns', most: turns, spent: '' });
export const timeLimit = (minutes: number): LimitReason =>
  limitReason(`The time limit of ${minutes} minutes was reached.`, { kind: 'minutes', most: minutes, spent: '' });
/** @param spent - dollars, as `limit`. */
export const costLimit = (limit: number, spent: number): LimitReason =>
  limitReason(`The limit of $${limit.toFixed(2)} was reached ($${spent.toFixed(2)} spent).`, {
    kind: 'cost',
    most: limit.toFixed(2),
    spent: spent.toFixed(2),
  });

/** Which limit is reached; null: none. */
export function reachedLimit({ limits, spent }: Goal): LimitReason | null {
  if (limits.turns !== null && spent.turns >= limits.turns) {
    return turnLimit(limits.turns);
  }
  if (limits.minutes !== null && spent.ms >= limits.minutes * 60_000) {
    return timeLimit(limits.minutes);
  }
  if (limits.cost_usd !== null && spent.cost_usd >= limits.cost_usd) {
    return costLimit(limits.cost_usd, spent.cost_usd);
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
    const words = ended.words.trim();
    const said = words === '' ? { reason_say: say(counted.status === 'complete' ? 'goal.reached' : 'goal.stuck') } : {};
    return { ...counted, reason: cut(words || unsaid, lengths.reason), ...said };
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
      return withStatus(
        goal,
        'paused',
        turn.problem ?? { text: 'The last turn failed.', say: say('goal.turnFailed') },
        now,
      );
    case 'interrupted':
      return withStatus(goal, 'paused', endedWithApp, now);
    case 'aborted':
      return goal;
    case 'completed': {
      if (!turn.own) return goal;
      const said = reportInWords(turn.words);
      if (said) return withReport(goal, said, now);
      if (idleTurns < maxIdleTurns) return goal;
      const reason = {
        text: `No progress: in ${maxIdleTurns} turns in a row the agent did nothing and reported nothing.`,
        say: say('goal.idle', { turns: maxIdleTurns }),
      };
      return withStatus(goal, 'blocked', reason, now);
    }
  }
}
