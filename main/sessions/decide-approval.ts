import { canonicalJson } from '../base/canonical-json.ts';
import { ok, type Result } from '../base/result.ts';
import type { CommandOf } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import type { SessionEvent } from '../protocol/events.ts';
import { say } from '../protocol/saying.ts';
import type { Actor } from '../protocol/values.ts';
import { providerOf } from './apply.ts';
import { turnEvents } from './decide-message.ts';
import { type Decided, type Decision, type DecisionContext, nothingChanged, ofTurn, refusal } from './decision.ts';
import { isAwaited, lapsed, lapsedByYes, withdrawn } from './kept-answers.ts';
import { checkedRule } from './rule-request.ts';
import type { PendingApproval, SessionState } from './state.ts';

const wrongOption = refusal(
  'invalid_frame',
  say('approval.wrongOption'),
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
  if (!pending) return noLongerAsked(state, command.approval_id);
  const { approval_id } = pending;
  const { decision, option_id, message, answers, rule_expires_at, go_on } = command;
  if (option_id !== undefined && !optionFits(pending, command)) return wrongOption;
  // An answer of the CLI's own lasts where the CLI keeps it; ours leaves a rule here.
  const leavesRule = option_id === undefined && (decision === 'allow_session' || decision === 'allow_always');
  if (leavesRule && !pending.rule) {
    return refusal(
      'invalid_frame',
      say('approval.onceOnly'),
      'This request can only be allowed once.',
      'It still waits for an answer.',
      'Choose Allow once or Deny.',
    );
  }
  const by = context.actor;
  if (leavesRule && rule_expires_at !== undefined && rule_expires_at <= context.now) return alreadyOver;
  const { digest } = pending;
  const kept = isAwaited(state, pending) ? undefined : true;
  const events: Decided[] = [
    ofTurn(state, { type: 'approval_resolved', approval_id, decision, option_id, message, answers, digest, by, kept }),
  ];
  if (leavesRule && pending.rule) {
    const scope = decision === 'allow_always' ? 'folder' : 'session';
    const { rule_id } = context.fresh;
    const { rule, provider } = pending;
    events.push(ofTurn(state, { type: 'rule_added', rule_id, rule, scope, provider, expires_at: rule_expires_at, by }));
  }
  if (!kept && decision !== 'deny') events.push(...lapsedByYes(state, pending));
  const result = { approval_id, kept: kept ?? false };
  if (!kept || !go_on || state.turn || state.archived) return ok({ events, result });
  return ok({
    events: [...events, ...turnEvents(state, goOnWords, context)],
    result: { ...result, turn_id: context.fresh.turn_id },
  });
}

/** What the agent is told when a person's answer has it go on. */
const goOnWords = 'You were interrupted while you waited for an answer. It has been given. Go on where you were.';

const alreadyOver = refusal(
  'invalid_frame',
  say('rule.alreadyOver'),
  'The rule would have ended before it began.',
  nothingChanged,
  'Choose a time that lies ahead, or none.',
);

function noLongerAsked(state: SessionState, approval_id: string): { ok: false; error: Problem } {
  const before = state.answered[approval_id];
  if (!before) {
    return refusal(
      'not_found',
      say('approval.none'),
      'There is no such request in this session.',
      nothingChanged,
      'Open the session again to see what waits.',
    );
  }
  const { decision, by, ts } = before;
  const refused =
    decision === 'withdrawn'
      ? refusal(
          'already_answered',
          say('approval.takenBack'),
          'This request was taken back before.',
          'Your answer was not used.',
          'When the agent asks again, answer that request.',
        )
      : refusal(
          'already_answered',
          say('approval.answered', { kind: by.kind, name: by.name ?? '', via: by.via, decision }),
          `This request was answered before, by ${whoIs(by)}: ${decisionWords[decision]}.`,
          'The first answer stands; yours was not used.',
          'The transcript shows the answer.',
        );
  return { ok: false, error: { ...refused.error, answered: { decision, by, at: ts } } };
}

const decisionWords = {
  allow_once: 'allowed once',
  allow_session: 'allowed for the session',
  allow_always: 'always allowed',
  deny: 'refused',
} as const;

const places: Record<Actor['via'], string> = {
  window: 'in the window',
  browser: 'in a browser',
  websocket: 'over the WebSocket',
  http: 'over HTTP',
  cli: 'on the command line',
  app: 'by itself',
  sealed: 'from a paired device',
  ductor: 'over the ductor door',
  unix: 'over the local socket',
};

function whoIs({ kind, name, via }: Actor): string {
  if (kind === 'rule') return 'a rule';
  if (kind === 'mode') return `the mode ${name ?? ''}`.trim();
  return `${name ? `"${name}"` : kind === 'owner' ? 'the owner' : `a client (${kind})`} ${places[via]}`;
}

/** Takes a request off the list for which no agent waits, or takes back an answer that was kept. */
export function decideWithdraw(
  state: SessionState,
  { approval_id }: CommandOf<'approval_withdraw'>,
  { actor }: DecisionContext,
): Result<Decision, Problem> {
  const result = { approval_id };
  const kept = Object.values(state.kept).find(({ request }) => request.approval_id === approval_id);
  if (kept) return ok({ events: [lapsed(state, kept, 'withdrawn', actor)], result });
  const pending = state.approvals[approval_id];
  if (!pending) return noLongerAsked(state, approval_id);
  if (isAwaited(state, pending)) {
    return refusal(
      'turn_running',
      say('approval.awaited'),
      'The agent waits for this answer.',
      'It still waits.',
      'Refuse the request instead.',
    );
  }
  return ok({ events: [withdrawn(state, pending, actor)], result });
}

/** Gives the session a rule that no request asked for. */
export function decideAddRule(
  state: SessionState,
  { rule, expires_at }: CommandOf<'add_session_rule'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  const checked = checkedRule(rule);
  if (!checked.ok) return checked;
  if (expires_at !== undefined && expires_at <= context.now) return alreadyOver;
  const provider = providerOf(state);
  const same = state.rules.find(
    (one) =>
      one.provider === provider &&
      one.expires_at === (expires_at ?? null) &&
      canonicalJson(one.rule) === canonicalJson(checked.value),
  );
  if (same) return ok({ events: [], result: { rule_id: same.rule_id } });
  if (state.rules.length >= maxRules) {
    return refusal(
      'conflict',
      say('rule.tooMany', { most: maxRules }),
      `This session has ${maxRules} rules already.`,
      nothingChanged,
      'Take one back that is not needed any more.',
    );
  }
  const { rule_id } = context.fresh;
  const added: SessionEvent = {
    type: 'rule_added',
    rule_id,
    rule: checked.value,
    scope: 'session',
    provider,
    expires_at,
    by: context.actor,
  };
  return ok({ events: [ofTurn(state, added)], result: { rule_id } });
}

/** Rules of one session. */
const maxRules = 500;

/** Takes back an "Allow for this session". */
export function decideRemoveRule(
  state: SessionState,
  { rule_id }: CommandOf<'remove_session_rule'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  if (!state.rules.some((one) => one.rule_id === rule_id)) {
    return refusal(
      'not_found',
      say('rule.noneInSession'),
      'This session has no such rule, or it was taken back before.',
      nothingChanged,
      'Lasting rules of the folder stand in the settings.',
    );
  }
  return ok({ events: [ofTurn(state, { type: 'rule_removed', rule_id, by: context.actor })], result: { rule_id } });
}
