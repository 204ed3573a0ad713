import { ok, type Result } from '../base/result.ts';
import type { CommandOf, SessionCommand } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import type { EventOf } from '../protocol/events.ts';
import { say } from '../protocol/saying.ts';
import type { Actor } from '../protocol/values.ts';
import { decideAddRule, decideApproval, decideRemoveRule, decideWithdraw } from './decide-approval.ts';
import { decideKeepGoing } from './decide-limits.ts';
import { decideAbort, decideMessage, decideQueue } from './decide-message.ts';
import { decideRewind, decideSetDigest, decideSetProvider } from './decide-provider.ts';
import { type Decided, type Decision, type DecisionContext, refusal } from './decision.ts';
import { decideChangeGoal, decideGoalWords, decideSetGoal, pauseForStop } from './goal-decide.ts';
import { decideMove } from './move.ts';
import type { SessionState } from './state.ts';
import { decideTakeOver } from './take-over.ts';

export { decideNext, turnEvents, withdrawApprovals } from './decide-message.ts';
export type { Decided, Decision, DecisionContext } from './decision.ts';

/** Commands that put words before the agent, or put it elsewhere. */
const speaks: ReadonlySet<SessionCommand['type']> = new Set([
  'message',
  'queue_edit',
  'queue_send_now',
  'set_digest',
  'set_goal',
  'set_workspace_scope',
] as const);

const mayNotAct = refusal(
  'forbidden',
  say('session.mayNotAct'),
  'In this session the agent acts without asking, so to tell it what to do needs the scope approvals:write.',
  'Nothing was sent or changed.',
  'Use a key that has approvals:write, or ask the owner to set the session to Ask.',
);

const otherTurn = refusal(
  'no_active_turn',
  say('turn.other'),
  'The turn you wanted to stop has ended; another one runs now.',
  'The other one was not stopped.',
  'Stop it, if that is what you want.',
);

/** A person stops the turn: no goal starts another one. */
function decideStop(
  state: SessionState,
  command: CommandOf<'abort' | 'cancel'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  if (command.turn_id && state.turn && command.turn_id !== state.turn.turn_id) return otherTurn;
  const stopped = decideAbort(state, context);
  if (!stopped.ok) return stopped;
  const { events, result } = stopped.value;
  return ok({ events: [...events, ...pauseForStop(state, context.actor, context.goals.now)], result });
}

/**
 * What a command means for a session: the events it causes and the answer, or a refusal in words for a person. Pure: no clock, no I/O, no
 * randomness. The session exists (`seq` > 0).
 */
export function decide(
  state: SessionState,
  command: SessionCommand,
  context: DecisionContext,
): Result<Decision, Problem> {
  const free = state.mode === 'full' || state.mode === 'accept-edits';
  if (free && !context.mayApprove && speaks.has(command.type)) return mayNotAct;
  const by = context.actor;
  const turn_id = state.turn?.turn_id ?? null;
  const nothing = ok({ events: [], result: {} });
  const changed = (change: Omit<EventOf<'session_changed'>, 'type' | 'by'>) =>
    ok({ events: [{ turn_id, event: { type: 'session_changed' as const, ...change, by } }], result: {} });
  switch (command.type) {
    case 'message':
      return decideGoalWords(state, command, context) ?? decideMessage(state, command, context);
    case 'abort':
    case 'cancel':
      return decideStop(state, command, context);
    case 'set_workspace_scope':
      return decideMove(state, command, context);
    case 'approval_withdraw':
      return decideWithdraw(state, command, context);
    case 'add_session_rule':
      return decideAddRule(state, command, context);
    case 'approval_response':
      return decideApproval(state, command, context);
    case 'remove_session_rule':
      return decideRemoveRule(state, command, context);
    case 'queue_edit':
    case 'queue_remove':
    case 'queue_move':
    case 'queue_send_now':
      return decideQueue(state, command, context);
    case 'set_model':
      return state.model === command.model ? nothing : changed({ model: command.model });
    case 'set_effort':
      return state.effort === command.effort ? nothing : changed({ effort: command.effort });
    case 'set_mode':
      return state.mode === command.mode ? nothing : changed({ mode: command.mode });
    case 'set_provider':
      return decideSetProvider(state, command, context);
    case 'set_digest':
      return decideSetDigest(state, command, context);
    case 'rewind':
      return decideRewind(state, command, context);
    case 'keep_going':
      return decideKeepGoing(state, command, context);
    case 'take_over':
      return decideTakeOver(state, command, context);
    case 'set_goal':
      return decideSetGoal(state, command, context);
    case 'change_goal':
      return decideChangeGoal(state, command, context);
    case 'rename_session':
      return changed({ title: command.title });
    case 'archive_session':
      return state.archived === command.archived ? nothing : changed({ archived: command.archived });
  }
}

/** A new session. Its folder was looked at before. */
export function decideNewChat(command: CommandOf<'new_chat'>, cwd: string, actor: Actor): Decided[] {
  return [
    {
      turn_id: null,
      event: {
        type: 'session_created',
        cwd,
        provider: command.provider,
        model: command.model ?? null,
        effort: command.effort ?? undefined,
        mode: command.mode,
        title: command.title ?? '',
        by: actor,
      },
    },
  ];
}
