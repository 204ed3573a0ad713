import { ok, type Result } from '../base/result.ts';
import type { CommandOf } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import type { SessionEvent } from '../protocol/events.ts';
import { say } from '../protocol/saying.ts';
import {
  app,
  type Decided,
  type Decision,
  type DecisionContext,
  nothingChanged,
  refusal,
  turnRunning,
} from './decision.ts';
import { forgetKept } from './kept-answers.ts';
import type { SessionState } from './state.ts';

/**
 * Moves the session to another folder, which was looked at before (`cwd` is its real path). A CLI's conversation belongs to the folder it was begun
 * in: some do not find it elsewhere, others go on working where they were. So every agent begins a new one there, and is told what happened. What
 * was allowed for this session was allowed in the folder before, so it ends.
 */
export function decideMove(
  state: SessionState,
  { cwd }: CommandOf<'set_workspace_scope'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  if (state.turn) return turnRunning(say('move.whileRunning'), 'The session cannot be moved while a turn runs.');
  if (state.archived) {
    return refusal(
      'archived',
      say('move.archived'),
      'This session is archived.',
      nothingChanged,
      'Bring the session back, then move it.',
    );
  }
  if (cwd === state.cwd) return ok({ events: [], result: { cwd } });
  const by = context.actor;
  const event = (one: SessionEvent): Decided => ({ turn_id: null, event: one });
  const events = [event({ type: 'session_changed', cwd, by }), ...forgetKept(state, 'moved_on')];
  for (const { rule_id } of state.rules) events.push(event({ type: 'rule_removed', rule_id, by: app }));
  for (const [provider, bucket] of Object.entries(state.buckets)) {
    if (bucket.provider_session_id === null) continue;
    events.push(event({ type: 'provider_session', provider, provider_session_id: null }));
  }
  // Words of a person's own stand.
  const text = state.digest?.edited ? state.digest.text : context.digest(0);
  if (text !== (state.digest?.text ?? null)) events.push(event({ type: 'digest', text, by: app }));
  return ok({ events, result: { cwd } });
}
