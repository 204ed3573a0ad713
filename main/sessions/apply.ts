import type { DurableEvent } from '../protocol/events.ts';
import type { ProviderId } from '../protocol/ids.ts';
import type { SessionState, WaitingMessage } from './state.ts';

/** One line of at most `length` characters, for a title or a preview. */
export function oneLine(text: string, length: number): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}

/** Whose turn it is: the provider that runs, else the one that would. */
export const providerOf = (state: SessionState): ProviderId => state.turn?.provider ?? state.provider;

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}

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
  const base: SessionState = { ...state, seq: event.seq, updated_at: event.ts };
  switch (event.type) {
    case 'session_created':
      return {
        ...base,
        cwd: event.cwd,
        provider: event.provider,
        model: event.model,
        mode: event.mode,
        title: event.title,
        created_at: event.ts,
      };
    case 'session_changed':
      return {
        ...base,
        title: event.title ?? state.title,
        model: event.model === undefined ? state.model : event.model,
        mode: event.mode ?? state.mode,
        archived: event.archived ?? state.archived,
      };
    case 'message_queued':
      return { ...base, queue: [...state.queue, { queue_id: event.queue_id, text: event.text, by: event.by }] };
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
      return { ...base, title: state.title || oneLine(event.text, 80), preview: oneLine(event.text, 120) };
    case 'turn_started':
      return {
        ...base,
        turn: event.turn_id && {
          turn_id: event.turn_id,
          started_at: event.ts,
          provider: event.provider,
          abortRequested: false,
          sendNext: null,
        },
      };
    case 'text':
      return { ...base, preview: oneLine(event.text, 120) || state.preview };
    case 'tool_activity':
      return {
        ...base,
        openTools:
          event.phase === 'start'
            ? {
                ...state.openTools,
                [event.tool_call_id]: {
                  tool_call_id: event.tool_call_id,
                  tool: event.tool,
                  kind: event.kind,
                  title: event.title,
                  started_at: event.ts,
                },
              }
            : without(state.openTools, event.tool_call_id),
      };
    case 'approval_request':
      return {
        ...base,
        approvals: {
          ...state.approvals,
          [event.approval_id]: {
            approval_id: event.approval_id,
            tool_call_id: event.tool_call_id,
            kind: event.kind,
            rule: event.rule,
            digest: event.digest,
          },
        },
      };
    case 'approval_resolved':
      return {
        ...base,
        approvals: without(state.approvals, event.approval_id),
        answered: { ...state.answered, [event.approval_id]: true },
      };
    case 'rule_added':
      return event.scope === 'session'
        ? {
            ...base,
            rules: [...state.rules, { rule_id: event.rule_id, rule: event.rule, provider: providerOf(state) }],
          }
        : base;
    case 'abort_requested':
      return {
        ...base,
        turn: state.turn && { ...state.turn, abortRequested: true, sendNext: event.send_next ?? state.turn.sendNext },
      };
    case 'provider_session':
      return {
        ...base,
        providerSessions: { ...state.providerSessions, [event.provider]: event.provider_session_id },
      };
    case 'turn_end':
      return { ...base, turn: null, lastTurn: event.status };
    case 'reasoning':
    case 'file_edit':
    case 'plan':
    case 'notice':
    case 'usage':
      return base;
  }
}
