import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ApprovalRecord, SessionSummary } from '../../../main/protocol/views.ts';
import { type Approval, emptyView, type TranscriptView } from '../../store/transcript/view.ts';

/** The request as the cards of a conversation know it. */
export function approvalOf(record: ApprovalRecord): Approval {
  const {
    approval_id,
    tool_call_id,
    tool,
    kind,
    title,
    command,
    diff,
    diffs,
    options,
    input,
    reason,
    rule,
    questions,
  } = record;
  const { digest, turn_id, ts, answer } = record;
  const request = {
    ...{ type: 'approval_request', approval_id, tool_call_id, tool, kind, title, input, rule, digest },
    ...{ command, diff, diffs, options, reason, questions },
  } as Approval['request'];
  const resolved = answer && {
    ...{ type: 'approval_resolved', approval_id, digest, decision: answer.decision, by: answer.by },
    ...{ message: answer.message, option_id: answer.option_id, at: answer.ts },
  };
  return { request, turnId: turn_id, askedAt: ts, resolved: resolved as Approval['resolved'] };
}

/**
 * As much of its session as the card of a request looks at. The session itself is not followed for that: a hundred requests would be a hundred
 * transcripts.
 */
export function scopeOf(
  record: ApprovalRecord,
  mode: SessionSummary['mode'],
): { store: StoreApi<TranscriptView>; failure: StoreApi<null> } {
  const meta = {
    ...{ title: record.session_title, cwd: record.cwd, provider: record.provider, mode },
    ...{ model: null, effort: null, archived: false, createdAt: record.ts, origin: null, cli: null },
  };
  return {
    store: createStore<TranscriptView>(() => ({
      ...emptyView(record.session_id),
      phase: 'live',
      meta,
      // Whether an agent waits for the answer is what a card wants to know of the turn.
      runningTurn: record.waits ? record.turn_id : null,
    })),
    failure: createStore<null>(() => null),
  };
}
