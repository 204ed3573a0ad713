import type { ApprovalId } from '../protocol/ids.ts';
import type { SessionSummary } from '../protocol/views.ts';
import { oneLine } from './one-line.ts';
import type { SessionState } from './state.ts';

/** The line of the session list for a session. */
export function summarize(state: SessionState): SessionSummary {
  const pending = Object.keys(state.approvals) as ApprovalId[];
  const ended = state.lastTurn === 'failed' || state.lastTurn === 'interrupted' ? state.lastTurn : 'idle';
  return {
    session_id: state.session_id,
    title: state.title,
    cwd: state.cwd,
    provider: state.provider,
    model: state.model,
    effort: state.effort,
    mode: state.mode,
    status: pending.length > 0 ? 'waiting' : state.turn ? 'running' : ended,
    turn_id: state.turn?.turn_id ?? null,
    ...(state.lastTurn && { last_turn: state.lastTurn }),
    pending_approvals: pending,
    queue: state.queue.map((one) => ({ queue_id: one.queue_id, text: oneLine(one.text, 300) })),
    archived: state.archived,
    goal: goalLine(state),
    ...(state.turn && { running_since: state.turn.started_at }),
    ...activityLine(state),
    ...askedLine(state),
    ...failureLine(state),
    ...(state.origin?.kind === 'fork' && { forked_from: state.origin.session_id }),
    seq: state.seq,
    created_at: state.created_at,
    updated_at: state.updated_at,
    preview: state.preview,
  };
}

function goalLine({ goal }: SessionState): SessionSummary['goal'] {
  if (!goal) return undefined;
  const { goal_id, objective, status, reason, reason_say } = goal;
  return { goal_id, objective: oneLine(objective, 300), status, reason, reason_say };
}

/** What the agent is at: of tools that run side by side, the one begun last. */
function activityLine({ turn, openTools }: SessionState): Pick<SessionSummary, 'activity'> {
  const last = turn && Object.values(openTools).at(-1);
  return last ? { activity: { kind: last.kind, title: oneLine(last.title, 120), since: last.started_at } } : {};
}

/** What a person is asked: of several requests the first, which is shown first too. */
function askedLine({ approvals }: SessionState): Pick<SessionSummary, 'asks'> {
  const first = Object.values(approvals)[0];
  return first ? { asks: { kind: first.kind, title: oneLine(first.asked.title, 120) } } : {};
}

/** Why the last turn failed. A filling of a sentence can be as long as what a CLI says; in a line of a list only its own words are cut. */
function failureLine({ lastTurn, lastProblem }: SessionState): Pick<SessionSummary, 'failure'> {
  if (lastTurn !== 'failed' || !lastProblem) return {};
  const { say, message } = lastProblem;
  return { failure: { ...(say && { say }), message: oneLine(message, 200) } };
}

/** Archived, and nothing goes on in it or waits: no turn, no question, nothing queued, and no goal but one that is over. */
export function isLaidAside({ archived, status, turn_id, pending_approvals, queue, goal }: SessionSummary): boolean {
  const isQuiet = status !== 'running' && status !== 'waiting' && turn_id === null;
  const nothingWaits = pending_approvals.length === 0 && queue.length === 0;
  return archived && isQuiet && nothingWaits && (!goal || goal.status === 'complete' || goal.status === 'cancelled');
}
