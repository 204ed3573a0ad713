import type { DurableEvent, EventOf } from '../protocol/events.ts';
import type { Attachment } from '../protocol/values.ts';
import { rewoundBuckets, sessionNamed, turnCounted, turnSeen, wasUnheard } from './buckets.ts';
import { oneLine } from './one-line.ts';
import type { ActiveTurn, SessionState } from './state.ts';

/**
 * What events that make and shape a turn do to a session. `state` is the one before the event, `base` the same with the event's place taken in.
 */

const noLimits = { idle_ms: null, total_ms: null };

export function withAttachments(state: SessionState, added: readonly Attachment[] = []): SessionState['attachments'] {
  if (added.length === 0) return state.attachments;
  return { ...state.attachments, ...Object.fromEntries(added.map((one) => [one.attachment_id, one])) };
}

/** The agent has said or done something in the running turn. */
export const heard = (turn: ActiveTurn | null): ActiveTurn | null =>
  turn && !turn.heard ? { ...turn, heard: true } : turn;

export function isPersonsYes({ decision, by }: EventOf<'approval_resolved'>): boolean {
  return decision.startsWith('allow') && by.kind !== 'rule' && by.kind !== 'mode' && by.kind !== 'app';
}

/** A message to the agent; what a turn is begun with stands right before its `turn_started`. */
export function userMessage(
  state: SessionState,
  base: SessionState,
  event: DurableEvent & EventOf<'user_message'>,
): SessionState {
  // A goal begins its turns with its objective and rules around it; the objective is what a person knows it by.
  const said = event.by.kind === 'goal' ? (state.goal?.objective ?? event.text) : event.text;
  const preview = oneLine(said, 120);
  return {
    ...base,
    title: state.title || oneLine(said, 80),
    preview,
    messages: [...state.messages, { seq: event.seq, preview }],
    attachments: withAttachments(state, event.attachments),
    lastMessage: state.turn ? null : { seq: event.seq, text: event.text, attachments: event.attachments ?? [] },
  };
}

export function turnStarted(
  state: SessionState,
  base: SessionState,
  event: DurableEvent & EventOf<'turn_started'>,
): SessionState {
  if (event.turn_id === null) return base;
  const { seq: startSeq, text, attachments } = state.lastMessage ?? { seq: event.seq, text: '', attachments: [] };
  return {
    ...base,
    lastMessage: null,
    otherWriter: false,
    // A digest that was made but not told (a slash command went first) goes on waiting.
    digest: event.digest === undefined && state.digest?.text ? state.digest : null,
    buckets: turnCounted(state.buckets, event.provider, startSeq),
    turn: {
      turn_id: event.turn_id,
      started_at: event.ts,
      provider: event.provider,
      abortRequested: false,
      sendNext: null,
      startSeq,
      text,
      attachments,
      digest: event.digest ?? null,
      digestEdited: state.digest?.edited ?? false,
      heard: false,
      planApproved: false,
      resumeLost: false,
      stored: [],
      limits: event.limits ?? noLimits,
      warned: { idle: null, total: null },
    },
  };
}

export function turnEnded(
  state: SessionState,
  base: SessionState,
  event: DurableEvent & EventOf<'turn_end'>,
): SessionState {
  const { turn } = state;
  return {
    ...base,
    turn: null,
    lastTurn: event.status,
    lastProblem: event.problem ?? null,
    buckets: turn ? turnSeen(state.buckets, turn, event, event.seq) : state.buckets,
    // Nobody heard it: what a person wrote into it is not lost. What the app made is made again.
    digest:
      turn && turn.digest !== null && turn.digestEdited && wasUnheard(turn, event.status) && !state.digest
        ? { text: turn.digest, edited: true }
        : state.digest,
  };
}

export function providerNamed(
  state: SessionState,
  base: SessionState,
  event: DurableEvent & EventOf<'provider_session'>,
): SessionState {
  const lost = event.provider_session_id === null;
  return {
    ...base,
    buckets: sessionNamed(state.buckets, event, event.seq),
    turn: lost ? state.turn && { ...state.turn, resumeLost: true } : heard(state.turn),
  };
}

export function rewound(state: SessionState, base: SessionState, toSeq: number): SessionState {
  const messages = state.messages.filter((one) => one.seq < toSeq);
  return {
    ...base,
    messages,
    preview: messages.at(-1)?.preview ?? '',
    buckets: rewoundBuckets(state.buckets, toSeq),
    digest: null,
    lastTurn: null,
    lastProblem: null,
    openTools: {},
  };
}
