import type { DurableEvent, EventOf } from '../protocol/events.ts';
import type { ProviderId } from '../protocol/ids.ts';
import { isPersonsYes } from './apply-turn.ts';
import type { PendingApproval, SessionState } from './state.ts';

/** What requests and their answers do to a session. `state` is the one before the event, `base` the same with the event's place taken in. */

export function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}

export function approvalRequested(
  base: SessionState,
  event: DurableEvent & EventOf<'approval_request'>,
  provider: ProviderId,
): SessionState {
  const { approval_id, tool_call_id, kind, rule, options = [], digest, turn_id } = event;
  const pending: PendingApproval = {
    approval_id,
    tool_call_id,
    kind,
    rule,
    options,
    digest,
    turn_id,
    provider,
    asked: event,
  };
  return { ...base, approvals: { ...base.approvals, [approval_id]: pending } };
}

export function approvalResolved(
  state: SessionState,
  base: SessionState,
  event: DurableEvent & EventOf<'approval_resolved'>,
): SessionState {
  const { approval_id, decision, by, ts, digest } = event;
  const request = state.approvals[approval_id];
  // A plan that was approved when no agent waited counts once the agent has brought it again.
  const approvesPlan = isPersonsYes(event) && request?.kind === 'plan' && event.kept !== true;
  let { kept } = state;
  if (event.stored) kept = without(kept, digest);
  else if (event.kept && request) kept = { ...kept, [digest]: { request, answer: event, ts } };
  return {
    ...base,
    turn: state.turn && {
      ...state.turn,
      planApproved: state.turn.planApproved || approvesPlan,
      stored: event.stored && request ? [...state.turn.stored, request.tool_call_id] : state.turn.stored,
    },
    approvals: without(state.approvals, approval_id),
    answered: { ...state.answered, [approval_id]: { decision, by, ts } },
    kept,
  };
}
