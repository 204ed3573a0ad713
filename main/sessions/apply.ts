import { canonicalJson } from '../base/canonical-json.ts';
import type { DurableEvent } from '../protocol/events.ts';
import type { ProviderId } from '../protocol/ids.ts';
import { approvalRequested, approvalResolved, without } from './apply-approval.ts';
import { heard, providerNamed, rewound, turnEnded, turnStarted, userMessage, withAttachments } from './apply-turn.ts';
import { usageCounted } from './buckets.ts';
import { followGoal } from './goal-pursuit.ts';
import { otherWriterCode, takenOverCode } from './notice-codes.ts';
import { oneLine } from './one-line.ts';
import type { ActiveTurn, SessionState, WaitingMessage } from './state.ts';

/** Whose turn it is: the provider that runs, else the one that would. */
export const providerOf = (state: SessionState): ProviderId => state.turn?.provider ?? state.provider;

/** What the agent is told once more in a turn that is begun afresh; a person's own words are in it when they are its end. */
const toldInTurn = (turn: ActiveTurn, text: string | null): ActiveTurn => ({
  ...turn,
  digest: text,
  digestEdited: turn.digestEdited && (text ?? '').endsWith(turn.digest ?? ''),
});

/** Moves one waiting message before another, or to the end. */
function moved(queue: readonly WaitingMessage[], queueId: string, before: string | null): WaitingMessage[] {
  const message = queue.find((one) => one.queue_id === queueId);
  if (!message) return [...queue];
  const rest = queue.filter((one) => one !== message);
  const at = before === null ? -1 : rest.findIndex((one) => one.queue_id === before);
  return at < 0 ? [...rest, message] : [...rest.slice(0, at), message, ...rest.slice(at)];
}

/**
 * What a session is after one more event. Pure. Events must come in order.
 * @throws {RangeError} when `seq` is not the next one: a defect of the caller, never of a peer.
 */
export function apply(state: SessionState, event: DurableEvent): SessionState {
  if (event.seq !== state.seq + 1) throw new RangeError(`event ${event.seq} after ${state.seq} of ${state.session_id}`);
  const base: SessionState = {
    ...state,
    seq: event.seq,
    updated_at: Math.max(state.updated_at, event.ts),
    pursuit: followGoal(state.pursuit, event),
  };
  switch (event.type) {
    case 'session_created':
      return {
        ...base,
        cwd: event.cwd,
        provider: event.provider,
        model: event.model,
        effort: event.effort ?? null,
        mode: event.mode,
        title: event.title,
        origin: event.origin ?? null,
        created_at: event.ts,
      };
    case 'session_changed':
      return {
        ...base,
        title: event.title ?? state.title,
        cwd: event.cwd ?? state.cwd,
        provider: event.provider ?? state.provider,
        effort: event.effort === undefined ? state.effort : event.effort,
        model: event.model === undefined ? state.model : event.model,
        mode: event.mode ?? state.mode,
        archived: event.archived ?? state.archived,
      };
    case 'message_queued':
      return {
        ...base,
        queue: [
          ...state.queue,
          { queue_id: event.queue_id, text: event.text, attachments: event.attachments ?? [], by: event.by },
        ],
        attachments: withAttachments(state, event.attachments),
      };
    case 'queue_edited':
      return {
        ...base,
        queue: state.queue.map((one) =>
          one.queue_id === event.queue_id ? { ...one, text: event.text, by: event.by } : one,
        ),
      };
    case 'queue_moved':
      return { ...base, queue: moved(state.queue, event.queue_id, event.before) };
    case 'queue_removed':
      return { ...base, queue: state.queue.filter((one) => one.queue_id !== event.queue_id) };
    case 'user_message':
      return userMessage(state, base, event);
    case 'turn_started':
      return turnStarted(state, base, event);
    case 'text':
      return { ...base, preview: oneLine(event.text, 120) || state.preview, turn: heard(state.turn) };
    case 'tool_activity':
      return {
        ...base,
        turn: heard(state.turn),
        openTools:
          event.phase === 'start'
            ? {
                ...state.openTools,
                [event.tool_call_id]: {
                  tool_call_id: event.tool_call_id,
                  tool: event.tool,
                  kind: event.kind,
                  title: event.title,
                  input: event.input,
                  started_at: event.ts,
                },
              }
            : without(state.openTools, event.tool_call_id),
      };
    case 'approval_request':
      return approvalRequested(base, event, providerOf(state));
    case 'approval_resolved':
      return approvalResolved(state, base, event);
    case 'approval_lapsed':
      return { ...base, kept: without(state.kept, event.digest) };
    case 'rule_added': {
      const { rule_id, rule, provider = providerOf(state), expires_at = null } = event;
      return event.scope === 'session'
        ? { ...base, rules: [...state.rules, { rule_id, rule, provider, expires_at }] }
        : base;
    }
    case 'abort_requested':
      return {
        ...base,
        turn: state.turn && { ...state.turn, abortRequested: true, sendNext: event.send_next ?? state.turn.sendNext },
      };
    case 'rule_removed':
      return { ...base, rules: state.rules.filter((one) => one.rule_id !== event.rule_id) };
    case 'provider_session':
      return providerNamed(state, base, event);
    case 'usage':
      return {
        ...base,
        turn: heard(state.turn),
        buckets: usageCounted(state.buckets, providerOf(state), event),
      };
    case 'digest': {
      // In a turn it was told at once; else it waits for the next one.
      const told = event.turn_id !== null && state.turn?.turn_id === event.turn_id;
      return told
        ? { ...base, turn: state.turn && toldInTurn(state.turn, event.text) }
        : { ...base, digest: { text: event.text, edited: event.by.kind !== 'app' } };
    }
    case 'rewound':
      return rewound(state, base, event.to_seq);
    case 'limit_warning':
    case 'limit_extended': {
      const ends_at = event.type === 'limit_warning' ? event.ends_at : null;
      return {
        ...base,
        turn: state.turn && { ...state.turn, warned: { ...state.turn.warned, [event.limit]: ends_at } },
      };
    }
    case 'plan_limits':
      return { ...base, planLimits: { ...state.planLimits, [event.provider]: canonicalJson(event.limits) } };
    case 'goal_state':
      return { ...base, goal: event.goal };
    case 'turn_end':
      return turnEnded(state, base, event);
    case 'reasoning':
    case 'plan':
    case 'compacted':
      return { ...base, turn: heard(state.turn) };
    case 'notice':
      if (event.code === otherWriterCode) return { ...base, otherWriter: true };
      return event.code === takenOverCode ? { ...base, otherWriter: false } : base;
    case 'file_edit':
      return base;
  }
}
