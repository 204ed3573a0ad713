import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import type { SessionId } from '../protocol/ids.ts';
import type { Goal, GoalLimits } from '../protocol/values.ts';
import type { Client } from './client.ts';
import { plainLine } from './output.ts';
import { findSession } from './sessions.ts';

/** What `goal` is asked to do. `limits`: only those that were named; null: none. */
export type GoalCall =
  | { verb: 'goal'; id: string; action: 'show' | 'pause' | 'clear' }
  | { verb: 'goal'; id: string; action: 'resume' | 'limits'; limits: Partial<GoalLimits> }
  | { verb: 'goal'; id: string; action: 'set'; objective: string; limits: Partial<GoalLimits> };

const actions = ['set', 'pause', 'resume', 'limits', 'clear', 'show'] as const;

const ranges = {
  turns: { name: 'turns', least: 1, most: 1000, whole: true },
  minutes: { name: 'minutes', least: 1, most: 10_080, whole: false },
  cost: { name: 'cost_usd', least: 0.01, most: 10_000, whole: false },
} as const;

/** Reads the words and options behind `goal`. */
export function readGoalCall(
  values: Readonly<Record<string, unknown>>,
  [id, action = 'show', ...words]: string[],
): Result<GoalCall, string> {
  if (!id) return err('goal needs the ID of a session; `sessions` lists them.');
  const known = actions.find((one) => one === action);
  if (!known) return err(`goal ID is followed by ${actions.join(', ')}, not "${action}".`);
  const limits = readLimits(values);
  if (!limits.ok) return limits;
  const named = Object.keys(limits.value).length > 0;
  if (known === 'set') {
    const objective = words.join(' ').trim();
    return objective === ''
      ? err('goal ID set needs an objective.')
      : ok({ verb: 'goal', id, action: known, objective, limits: limits.value });
  }
  if (words.length > 0) return err(`"${words[0]}" is too much after goal ID ${known}.`);
  if (known === 'resume') return ok({ verb: 'goal', id, action: known, limits: limits.value });
  if (known === 'limits') {
    return named
      ? ok({ verb: 'goal', id, action: known, limits: limits.value })
      : err('goal ID limits needs --turns, --minutes or --cost.');
  }
  return named ? err(`goal ID ${known} takes no limits.`) : ok({ verb: 'goal', id, action: known });
}

function readLimits(values: Readonly<Record<string, unknown>>): Result<Partial<GoalLimits>, string> {
  const limits: Partial<GoalLimits> = {};
  for (const [option, { name, least, most, whole }] of Object.entries(ranges)) {
    const text = values[option];
    if (typeof text !== 'string') continue;
    const value = text === 'none' ? null : Number(text);
    if (value !== null && !(value >= least && value <= most && (!whole || Number.isInteger(value)))) {
      return err(`--${option} is a number from ${least} to ${most}, or "none".`);
    }
    limits[name] = value;
  }
  return ok(limits);
}

/** Carries it out. @returns the goal as it stands after it; null: the session has none. */
export async function changeGoal(
  client: Client,
  call: GoalCall,
  appRuns: boolean,
): Promise<Result<{ session_id: SessionId; goal: Goal | null }, Problem>> {
  const found = await findSession(client, call.id);
  if (!found.ok) return found;
  const { session_id } = found.value;
  if (call.action !== 'show') {
    const done = await order(client, session_id, call, appRuns);
    if (!done.ok) return done;
  }
  const goal = await readGoal(client, session_id);
  return goal.ok ? ok({ session_id, goal: goal.value }) : goal;
}

function order(
  client: Client,
  session_id: SessionId,
  call: GoalCall,
  appRuns: boolean,
): Promise<Result<unknown, Problem>> {
  // Without the app the goal would be paused again as soon as this command ends.
  if ((call.action === 'set' || call.action === 'resume') && !appRuns) {
    return Promise.resolve(
      err({
        code: 'goal_conflict',
        message: 'A goal is pursued by the app, and that does not run.',
        impact: 'Nothing was changed.',
        next: 'Start Quarterdeck, then run this again.',
      }),
    );
  }
  switch (call.action) {
    case 'set':
      return client.ask({ type: 'set_goal', session_id, objective: call.objective, limits: call.limits });
    case 'resume':
    case 'limits':
      return client.ask({ type: 'change_goal', session_id, action: call.action, limits: call.limits });
    case 'pause':
    case 'clear':
      return client.ask({ type: 'change_goal', session_id, action: call.action });
    case 'show':
      return Promise.resolve(ok(null));
  }
}

/** The goal as the log has it last. */
async function readGoal(client: Client, session_id: SessionId): Promise<Result<Goal | null, Problem>> {
  let goal: Goal | null = null;
  const before = client.onPush;
  const replayed = new Promise<void>((resolve) => {
    client.onPush = (frame) => {
      if (frame.type === 'events') for (const event of frame.events) if (event.type === 'goal_state') goal = event.goal;
      if (frame.type === 'attached') resolve();
    };
  });
  const attached = await client.ask({ type: 'attach', session_id, after_seq: 0 });
  if (!attached.ok) return attached;
  await Promise.race([replayed, client.closed]);
  client.onPush = before;
  return ok(goal);
}

const minutes = (ms: number): string => `${Math.round(ms / 6000) / 10} min`;

/** A goal for a person at a terminal. */
export function goalWords(goal: Goal | null): string {
  if (!goal) return 'This session has no goal. `goal ID set OBJECTIVE` gives it one.';
  const { status, objective, reason, spent, limits, progress } = goal;
  const of = (limit: string | number | null) => (limit === null ? '' : ` of ${limit}`);
  const cost =
    spent.cost_usd > 0 || limits.cost_usd !== null ? [`$${spent.cost_usd.toFixed(2)}${of(limits.cost_usd)}`] : [];
  const used = [`turns ${spent.turns}${of(limits.turns)}`, `${minutes(spent.ms)}${of(limits.minutes)}`, ...cost];
  const steps = progress.map(
    ({ text, evidence }) => `  - ${plainLine(text, 500)}${evidence ? ` (${plainLine(evidence, 200)})` : ''}`,
  );
  return [
    `${status.replaceAll('_', ' ')}: ${plainLine(objective, 1000)}`,
    ...(reason && status !== 'active' ? [`  ${plainLine(reason, 1000)}`] : []),
    `  ${used.join(', ')}`,
    ...steps,
  ].join('\n');
}
