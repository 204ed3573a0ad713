import { err, ok, type Result } from '../base/result.ts';
import type { CommandOf } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import { type Saying, say } from '../protocol/saying.ts';
import type { Actor, Goal, GoalLimits } from '../protocol/values.ts';
import { turnEvents, withdrawApprovals } from './decide-message.ts';
import { app, type Decided, type Decision, type DecisionContext } from './decision.ts';
import type { GoalReason } from './goal.ts';
import { actorOf, afterTurn, endedWithApp, isOpen, newGoal, reachedLimit, withReport, withStatus } from './goal.ts';
import { parseGoalWords } from './goal-command.ts';
import { type GoalReport, goalPrompt } from './goal-text.ts';
import type { SessionState } from './state.ts';

/** What a decision about a goal may use beside the rest of its context. */
export interface GoalContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A fresh id. */
  readonly goal_id: string;
  /** What a new goal gets. */
  readonly limits: GoalLimits;
  /** Whether the session's provider can pursue one. */
  readonly possible: boolean;
  /** Its CLI has goals of its own, which follow ours. */
  readonly native: boolean;
}

/** Reports of progress that are taken until the next turn begins. */
const maxReports = 30;

/** Of an objective, as its schema has it. */
const objectiveChars = 4000;

const refusal = (say: Saying, message: string, impact: string, next: string): { ok: false; error: Problem } =>
  err({ code: 'goal_conflict', say, message, impact, next });

const changed = (state: SessionState, goal: Goal | null, by: Actor): Decided => ({
  turn_id: state.turn?.turn_id ?? null,
  event: { type: 'goal_state', goal, by },
});

/**
 * The next turn of an active goal, now that no turn runs and nothing waits: the goal with that turn counted, and the words that begin it; or
 * its end, when a limit is reached.
 */
function nextTurn(state: SessionState, goal: Goal, by: Actor, context: DecisionContext): Decided[] {
  const limit = reachedLimit(goal);
  if (limit !== null) return [changed(state, withStatus(goal, 'out_of_budget', limit, context.goals.now), app)];
  const counted = { ...goal, spent: { ...goal.spent, turns: goal.spent.turns + 1 } };
  return [
    changed(state, counted, by),
    ...turnEvents(state, goalPrompt(counted, context.goals.native), context, actorOf(goal)),
  ];
}

/** Starts on the goal at once where nothing runs; else it begins when the turn and what waits behind it are over. */
function begin(state: SessionState, goal: Goal, context: DecisionContext): Decided[] {
  return state.turn ? [changed(state, goal, context.actor)] : nextTurn(state, goal, context.actor, context);
}

const answer = (
  state: SessionState,
  goal: Goal,
  events: Decided[],
  context: DecisionContext,
): Result<Decision, Problem> => {
  const started = !state.turn && events.some(({ event }) => event.type === 'turn_started');
  return ok({ events, result: { goal_id: goal.goal_id, ...(started ? { turn_id: context.fresh.turn_id } : {}) } });
};

/** What `/goal …` in a message asks for; null: the message is not about a goal. */
export function decideGoalWords(
  state: SessionState,
  command: Pick<CommandOf<'message'>, 'text' | 'attachments'>,
  context: DecisionContext,
): Result<Decision, Problem> | null {
  const words = parseGoalWords(command.text);
  switch (words?.type) {
    case undefined:
      return null;
    case 'nothing': {
      const { goal } = state;
      const now = goal ? `The goal is ${goal.status}: ${goal.objective.slice(0, 300)}` : 'This session has no goal.';
      return refusal(
        goal ? say('goal.now', { status: goal.status, objective: goal.objective.slice(0, 300) }) : say('goal.none'),
        now,
        'Nothing was changed.',
        'Write /goal OBJECTIVE, or /goal pause, /goal resume, /goal clear.',
      );
    }
    case 'change_goal':
      return decideChangeGoal(state, words, context);
    case 'set_goal': {
      const none = 'No goal was set.';
      if (command.attachments?.length) {
        return refusal(
          say('goal.noAttachments'),
          'A goal takes no attachments.',
          none,
          'Send the files in a message of their own first.',
        );
      }
      const { length } = words.objective;
      if (length <= objectiveChars) return decideSetGoal(state, words, context);
      return refusal(
        say('goal.objectiveLong', { length, most: objectiveChars }),
        `The objective has ${length} characters; at most ${objectiveChars} fit.`,
        none,
        'Put the details into a file and name it in the objective.',
      );
    }
  }
}

export function decideSetGoal(
  state: SessionState,
  command: Pick<CommandOf<'set_goal'>, 'objective' | 'limits'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  const none = 'No goal was set.';
  if (state.archived)
    return refusal(
      say('goal.archived'),
      'This session is archived.',
      none,
      'Bring the session back, then set its goal.',
    );
  if (!context.goals.possible) {
    return refusal(
      say('goal.impossible'),
      'This agent cannot pursue a goal.',
      none,
      'Choose another agent for this session.',
    );
  }
  if (isOpen(state.goal)) {
    return refusal(
      say('goal.exists'),
      'This session already has a goal.',
      none,
      'Clear it first (/goal clear), then set the new one.',
    );
  }
  const { now, goal_id, limits } = context.goals;
  if (!mayLimit(limits, command.limits, context)) return mayNotWiden('set');
  const goal = newGoal({ goal_id, objective: command.objective, limits: { ...limits, ...command.limits }, now });
  return answer(state, goal, begin(state, goal, context), context);
}

export function decideChangeGoal(
  state: SessionState,
  command: Pick<CommandOf<'change_goal'>, 'action' | 'limits'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  const { goal } = state;
  if (!goal)
    return refusal(say('goal.none'), 'This session has no goal.', 'Nothing was changed.', 'Set one: /goal OBJECTIVE');
  const { now } = context.goals;
  const by = context.actor;
  const limited: Goal = { ...goal, limits: { ...goal.limits, ...command.limits } };
  switch (command.action) {
    case 'limits':
      if (!mayLimit(goal.limits, command.limits, context)) return mayNotWiden('limits');
      return answer(state, goal, [changed(state, limited, by)], context);
    case 'pause': {
      if (goal.status === 'paused') return answer(state, goal, [], context);
      if (goal.status !== 'active') return ended;
      return answer(
        state,
        goal,
        [changed(state, withStatus(goal, 'paused', doneBy('Paused', by), now), by), ...stop(state, by)],
        context,
      );
    }
    case 'resume':
      if (!mayLimit(goal.limits, command.limits, context)) return mayNotWiden('resume');
      return resume(state, limited, context);
    case 'clear': {
      // An open goal ends here, and its end stays in the log; one that has ended is taken out of view.
      if (!isOpen(goal)) return answer(state, goal, [changed(state, null, by)], context);
      const cancelled = changed(state, withStatus(goal, 'cancelled', doneBy('Cleared', by), now), by);
      const own = state.pursuit.turn?.own === true;
      return answer(state, goal, [cancelled, ...(own ? stop(state, by) : [])], context);
    }
  }
}

const maySetGoing = ({ mode }: SessionState, { mayApprove }: DecisionContext): boolean =>
  mayApprove || (mode !== 'full' && mode !== 'accept-edits');

/** What a refusal leaves as it was. */
const untouched = {
  set: 'No goal was set.',
  limits: 'The limits were not changed.',
  resume: 'The goal was not resumed.',
} as const;

/** One who may not answer approvals may let a goal go less far than `from`, not further. */
function mayLimit(from: GoalLimits, change: Partial<GoalLimits> | undefined, { mayApprove }: DecisionContext): boolean {
  if (mayApprove || !change) return true;
  return (['turns', 'minutes', 'cost_usd'] as const).every((one) => {
    const [was, to] = [from[one], change[one]];
    return to === undefined || was === null || (to !== null && to <= was);
  });
}

const mayNotWiden = (kept: keyof typeof untouched) =>
  err({
    code: 'forbidden' as const,
    say: say('goal.mayNotWiden', { kept }),
    message: 'To let a goal go further than its limits, or those of the settings, needs the scope approvals:write.',
    impact: untouched[kept],
    next: 'Leave the limits as they are or make them smaller, or use a key that has approvals:write.',
  });

const mayNotAct = () =>
  err({
    code: 'forbidden' as const,
    say: say('goal.mayNotAct'),
    message: 'In this session the agent acts without asking, so to set its goal going needs the scope approvals:write.',
    impact: untouched.resume,
    next: 'Use a key that has approvals:write, or ask the owner to set the session to Ask.',
  });

const ended = refusal(
  say('goal.ended'),
  'The goal has ended.',
  'Nothing was changed.',
  'Resume it, or clear it and set a new one.',
);

function resume(state: SessionState, goal: Goal, context: DecisionContext): Result<Decision, Problem> {
  const none = untouched.resume;
  if (!maySetGoing(state, context)) return mayNotAct();
  if (state.archived)
    return refusal(
      say('goal.archivedNotResumed'),
      'This session is archived.',
      none,
      'Bring the session back, then resume its goal.',
    );
  if (goal.status === 'active') return answer(state, goal, [], context);
  if (goal.status === 'complete' || goal.status === 'cancelled') {
    return refusal(say('goal.over'), 'The goal has ended.', none, 'Set a new one: /goal OBJECTIVE');
  }
  if (!context.goals.possible) {
    return refusal(
      say('goal.impossibleNotResumed'),
      'This agent cannot pursue a goal.',
      none,
      'Choose another agent for this session.',
    );
  }
  const limit = reachedLimit(goal);
  if (limit !== null) {
    return refusal(say('goal.limitReached', limit.limit), limit.text, none, 'Raise the limit, then resume it.');
  }
  const active = withStatus(goal, 'active', undefined, context.goals.now);
  return answer(state, active, begin(state, active, context), context);
}

/** Ends the running turn, for a person who stops the goal. */
function stop(state: SessionState, by: Actor): Decided[] {
  if (!state.turn || state.turn.abortRequested) return [];
  const { turn_id } = state.turn;
  return [{ turn_id, event: { type: 'abort_requested', by } }, ...withdrawApprovals(state)];
}

const nameOf = (by: Actor): string => by.name ?? (by.kind === 'owner' ? 'you' : by.kind.replace('_', ' '));
const doneBy = (what: 'Cleared' | 'Paused' | 'Stopped', by: Actor) => ({
  text: `${what} by ${nameOf(by)}.`,
  say: say('goal.doneBy', { what, kind: by.kind, name: by.name ?? '' }),
});

/** A person stops the turn: the goal does not start another one. Empty when no goal is active. */
export function pauseForStop(state: SessionState, by: Actor, now: number): Decided[] {
  if (state.goal?.status !== 'active') return [];
  return [changed(state, withStatus(state.goal, 'paused', doneBy('Stopped', by), now), by)];
}

/** The app ends, or has ended, under an active goal: nothing starts by itself when it is back. `state` is the one after its turn was settled. */
export function pauseForRestart(state: SessionState, now: number): Decided[] {
  const { goal } = state;
  if (!goal) return [];
  const counted = afterTurn(goal, state.pursuit, now);
  const paused = counted.status === 'active' ? withStatus(counted, 'paused', endedWithApp, now) : counted;
  return paused === goal ? [] : [changed(state, paused, app)];
}

/**
 * What a goal does once a turn has ended: it takes note of what the turn cost and said, and goes on with the next one when it may.
 * @param state - after the turn's end.
 * @param next - what the queue goes on with; when that is something, the goal waits.
 */
export function goalAfterTurn(state: SessionState, next: readonly Decided[], context: DecisionContext): Decided[] {
  const { goal, pursuit } = state;
  const { now } = context.goals;
  if (!goal || state.turn) return [];
  let judged = afterTurn(goal, pursuit, now);
  const goesOn = next.length === 0;
  if (judged.status === 'active' && goesOn) {
    if (state.archived)
      judged = withStatus(
        judged,
        'paused',
        { text: 'The session was archived.', say: say('goal.sessionArchived') },
        now,
      );
    else if (!context.goals.possible)
      judged = withStatus(
        judged,
        'paused',
        { text: 'This agent cannot pursue a goal.', say: say('goal.agentCannot') },
        now,
      );
    else if (pursuit.ended?.status === 'aborted' && !pursuit.ended.wanted)
      judged = withStatus(judged, 'paused', { text: 'The turn was stopped.', say: say('goal.turnStopped') }, now);
    else return nextTurn(state, judged, actorOf(judged), context);
  }
  return judged === goal ? [] : [changed(state, judged, app)];
}

/** The agent's report, taken into the goal; a refusal in words for the agent. */
export function decideReport(state: SessionState, report: GoalReport, now: number): Result<Decided[], string> {
  const { goal } = state;
  if (!goal) return err('This session has no goal.');
  if (!isOpen(goal)) return err(`The goal has ended (${goal.status}); nothing was recorded.`);
  // Its end is always heard.
  if (report.kind === 'progress' && state.pursuit.reports >= maxReports) {
    return err(
      `Not recorded: ${maxReports} reports were taken in this turn. Go on, and report once more in the next turn, or when the goal is reached or blocked.`,
    );
  }
  return ok([changed(state, withReport(goal, report, now), actorOf(goal))]);
}

/** A limit is reached in the middle of a turn of the goal: the goal ends, and the turn is stopped. */
export function decideLimitInTurn(state: SessionState, now: number, reason: GoalReason): Decided[] {
  const { goal } = state;
  if (goal?.status !== 'active' || state.pursuit.turn?.own !== true) return [];
  return [changed(state, withStatus(goal, 'out_of_budget', reason, now), app), ...stop(state, actorOf(goal))];
}
