import { canonicalJson } from '../base/canonical-json.ts';
import type { EventOf } from '../protocol/events.ts';
import type { Actor, ToolKind } from '../protocol/values.ts';
import { providerOf } from './apply.ts';
import { app, type Decided, ofTurn } from './decision.ts';
import type { KeptAnswer, PendingApproval, SessionState } from './state.ts';

/**
 * Answers that were given when no agent waited any more. What they are good for is decided here, in one sentence: between a person's answer and its
 * use the same agent must have done nothing that could change what the answer was about, and must show the same again, byte for byte.
 */

type Lapse = EventOf<'approval_lapsed'>['reason'];

/** What these kinds of calls do changes nothing that an answer could be about. */
const harmless: ReadonlySet<ToolKind> = new Set(['read', 'search', 'think', 'plan', 'question']);

/** The agent waits for this answer now. Else its turn has ended under it, and the answer would be kept. */
export const isAwaited = (state: SessionState, { turn_id }: Pick<PendingApproval, 'turn_id'>): boolean =>
  state.turn !== null && state.turn.turn_id === turn_id;

/** Requests for which no agent waits any more. */
export const leftRequests = (state: SessionState): PendingApproval[] =>
  Object.values(state.approvals).filter((pending) => !isAwaited(state, pending));

export const withdrawn = (state: SessionState, { approval_id, digest }: PendingApproval, by: Actor = app): Decided =>
  ofTurn(state, { type: 'approval_resolved', approval_id, decision: 'withdrawn', digest, by });

export const lapsed = (state: SessionState, { request }: KeptAnswer, reason: Lapse, by: Actor = app): Decided =>
  ofTurn(state, { type: 'approval_lapsed', approval_id: request.approval_id, reason, digest: request.digest, by });

/** No kept answer counts any more, and nobody needs to answer what no agent waits for. */
export function forgetKept(state: SessionState, reason: Lapse): Decided[] {
  return [
    ...leftRequests(state).map((pending) => withdrawn(state, pending)),
    ...Object.values(state.kept).map((one) => lapsed(state, one, reason)),
  ];
}

/** Tool and input by which a call is known again, as far as the log keeps them. */
const callOf = (call: { tool: string; input?: unknown }): string => canonicalJson([call.tool, call.input ?? null]);

const knownBy = (state: SessionState): Set<string> =>
  new Set(
    [...Object.values(state.kept).map(({ request }) => request), ...leftRequests(state)].map(({ asked }) =>
      callOf(asked),
    ),
  );

/**
 * A call of the agent has ended that may have changed something and was not itself one of those that were answered: it could have prepared the
 * ground for a yes that was meant for other circumstances.
 */
export function lapsedByCall(state: SessionState, tool_call_id: string, status: string): Decided[] {
  const call = state.openTools[tool_call_id];
  if (!call || status === 'denied' || harmless.has(call.kind) || state.turn?.stored.includes(tool_call_id)) return [];
  return Object.values(state.kept).map((one) => lapsed(state, one, 'other_action'));
}

/** Does another call run meanwhile that may change something? One that was answered with this one does not count. */
function isAlone(state: SessionState, tool_call_id: string): boolean {
  const known = knownBy(state);
  return Object.values(state.openTools).every(
    (call) =>
      call.tool_call_id === tool_call_id ||
      harmless.has(call.kind) ||
      state.turn?.stored.includes(call.tool_call_id) ||
      known.has(callOf(call)),
  );
}

/** Everything beside the input that a person decides by. */
const shownOf = (request: EventOf<'approval_request'>): string => {
  const { title, command, reason, rule, diff, diffs, options, questions } = request;
  return canonicalJson({ title, command, reason, rule, diff, diffs: diffs ?? [], options: options ?? [], questions });
};

/** Why a kept answer does not speak for this request; null: it does. */
function doubt(
  state: SessionState,
  { request: { provider, kind, asked } }: KeptAnswer,
  request: EventOf<'approval_request'>,
  cut: boolean,
): Lapse | null {
  if (provider !== providerOf(state)) return 'moved_on';
  if (cut || kind !== request.kind || shownOf(asked) !== shownOf(request)) return 'changed';
  // Planning changes nothing, so a yes that would does not speak for it.
  if (state.mode === 'plan' && !harmless.has(request.kind)) return 'moved_on';
  return isAlone(state, request.tool_call_id) ? null : 'other_action';
}

/**
 * A request of the agent that goes on after it was interrupted.
 * @param request - as it is about to be written. @param cut - it does not show all of what it is about.
 * @param otherwise - the request, and its answer where a rule or a mode gives one.
 * @returns what is written: the request and the answer that was kept for it, where one speaks for it.
 */
export function withKept(
  state: SessionState,
  request: EventOf<'approval_request'>,
  cut: boolean,
  otherwise: readonly Decided[],
): Decided[] {
  // The agent asks again: nobody needs to answer what it asked before.
  const before = leftRequests(state)
    .filter((one) => one.digest === request.digest && one.provider === providerOf(state))
    .map((one) => withdrawn(state, one));
  const found = state.kept[request.digest];
  const why = found ? doubt(state, found, request, cut) : null;
  if (found && why === null) {
    return [...before, ofTurn(state, request), ofTurn(state, givenAgain(request, found))];
  }
  const events = found && why ? [...before, lapsed(state, found, why)] : before;
  // One that was asked before the answers were given is not news; one that is allowed at once is an action.
  const isNews = before.length === 0 || otherwise.length > 1;
  if (harmless.has(request.kind) || !isNews) return [...events, ...otherwise];
  const others = Object.values(state.kept).filter((one) => one !== found);
  return [...events, ...others.map((one) => lapsed(state, one, 'other_action')), ...otherwise];
}

/** A person says yes to a call while answers to others are kept: what it does, those were not given for. */
export const lapsedByYes = (state: SessionState, { kind }: PendingApproval): Decided[] =>
  harmless.has(kind) ? [] : Object.values(state.kept).map((one) => lapsed(state, one, 'other_action'));

/** The kept answer, as the agent gets it now. A lasting yes has left its rule already. */
function givenAgain(request: EventOf<'approval_request'>, { answer, ts }: KeptAnswer): EventOf<'approval_resolved'> {
  const { decision, option_id, message, answers, by, approval_id } = answer;
  const once = option_id === undefined && decision !== 'deny' && decision !== 'withdrawn';
  return {
    type: 'approval_resolved',
    approval_id: request.approval_id,
    decision: once ? 'allow_once' : decision,
    option_id,
    message,
    answers,
    digest: request.digest,
    by,
    stored: { approval_id, ts },
  };
}
