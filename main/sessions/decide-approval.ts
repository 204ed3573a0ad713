import { ok, type Result } from '../base/result.ts';
import type { CommandOf } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import { type Decided, type Decision, type DecisionContext, nothingChanged, ofTurn, refusal } from './decision.ts';
import type { PendingApproval, SessionState } from './state.ts';

const wrongOption = refusal(
  'invalid_frame',
  'The agent does not offer this answer, or it means something else.',
  'The request still waits for an answer.',
  'Choose one of the answers that are shown.',
);

/** Does the CLI offer this answer, and does it amount to what the command says? "Once" never stands for an answer that lasts, nor the reverse. */
function optionFits(pending: PendingApproval, { option_id, decision }: CommandOf<'approval_response'>): boolean {
  switch (pending.options.find((one) => one.option_id === option_id)?.kind) {
    case undefined:
      return false;
    case 'allow_once':
      return decision === 'allow_once';
    case 'allow_always':
      return decision === 'allow_session' || decision === 'allow_always';
    case 'reject_once':
    case 'reject_always':
      return decision === 'deny';
  }
}

export function decideApproval(
  state: SessionState,
  command: CommandOf<'approval_response'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  const pending = state.approvals[command.approval_id];
  if (!pending) {
    return state.answered[command.approval_id]
      ? refusal(
          'already_answered',
          'This request was answered before.',
          'The first answer stands.',
          'The transcript shows who answered.',
        )
      : refusal(
          'not_found',
          'There is no such request in this session.',
          nothingChanged,
          'Open the session again to see what waits.',
        );
  }
  const { approval_id } = pending;
  const { decision, option_id, message, answers } = command;
  if (option_id !== undefined && !optionFits(pending, command)) return wrongOption;
  // An answer of the CLI's own lasts where the CLI keeps it; ours leaves a rule here.
  const leavesRule = option_id === undefined && (decision === 'allow_session' || decision === 'allow_always');
  if (leavesRule && !pending.rule) {
    return refusal(
      'invalid_frame',
      'This request can only be allowed once.',
      'It still waits for an answer.',
      'Choose Allow once or Deny.',
    );
  }
  const by = context.actor;
  const { digest } = pending;
  const events: Decided[] = [
    ofTurn(state, { type: 'approval_resolved', approval_id, decision, option_id, message, answers, digest, by }),
  ];
  if (leavesRule && pending.rule) {
    const scope = decision === 'allow_always' ? 'folder' : 'session';
    const { rule_id } = context.fresh;
    events.push(ofTurn(state, { type: 'rule_added', rule_id, rule: pending.rule, scope, by }));
  }
  return ok({ events, result: { approval_id } });
}

/** Takes back an "Allow for this session". */
export function decideRemoveRule(
  state: SessionState,
  { rule_id }: CommandOf<'remove_session_rule'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  if (!state.rules.some((one) => one.rule_id === rule_id)) {
    return refusal(
      'not_found',
      'This session has no such rule, or it was taken back before.',
      nothingChanged,
      'Lasting rules of the folder stand in the settings.',
    );
  }
  return ok({ events: [ofTurn(state, { type: 'rule_removed', rule_id, by: context.actor })], result: { rule_id } });
}
