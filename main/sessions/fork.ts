import type { DurableEvent, SessionEvent } from '../protocol/events.ts';
import type { SessionId } from '../protocol/ids.ts';
import type { Actor, PermissionMode } from '../protocol/values.ts';
import { apply } from './apply.ts';
import { bucketOf } from './buckets.ts';
import { withdrawApprovals } from './decide-message.ts';
import { widens } from './decide-provider.ts';
import type { Decided } from './decision.ts';
import { remaining } from './digest.ts';
import { settleTurn } from './ingest.ts';
import { emptyState, type SessionState } from './state.ts';

/** What happened, as opposed to what was open, allowed or counted: only this goes into a fork. */
const carried: ReadonlySet<SessionEvent['type']> = new Set([
  'user_message',
  'turn_started',
  'text',
  'reasoning',
  'tool_activity',
  'file_edit',
  'plan',
  'approval_request',
  'approval_resolved',
  'abort_requested',
  'notice',
  'compacted',
  'turn_end',
] as const);

/**
 * The beginning of a new session with what happened in another one. What was open there (approvals, the queue, a turn that the cut goes
 * through), session rules, the goal and the counters stay behind.
 * @param source - the events that go into it, from the first one on.
 * @param how.mode - of the source now: a branch from an earlier place does not get back a freedom that was taken away since.
 * @param how.nativeFork - the CLI branches its own conversation; only at its end.
 */
export function forkEvents(
  source: readonly DurableEvent[],
  how: { session_id: SessionId; title?: string; mode: PermissionMode; by: Actor; now: number; nativeFork: boolean },
): readonly Decided[] {
  const first = source[0]!;
  const at = source.reduce(apply, emptyState(first.session_id));
  const fork = new Branch(how.session_id, how.now);
  fork.add({
    turn_id: null,
    event: {
      type: 'session_created',
      cwd: at.cwd,
      provider: at.provider,
      model: at.model,
      effort: at.effort ?? undefined,
      mode: widens(how.mode, at.mode) ? how.mode : at.mode,
      title: how.title ?? at.title,
      origin: { kind: 'fork', session_id: first.session_id, seq: at.seq },
      by: how.by,
    },
  });
  for (const event of remaining(source)) {
    if (carried.has(event.type)) fork.add(copyOf(event));
  }
  for (const event of settleTurn(fork.state, [], how.now, { status: 'interrupted' })) fork.add(event);
  for (const event of withdrawApprovals(fork.state)) fork.add(event);
  const { provider_session_id, branch } = bucketOf(at, at.provider);
  if (how.nativeFork && provider_session_id !== null && !branch) {
    const event: SessionEvent = {
      type: 'provider_session',
      provider: at.provider,
      provider_session_id,
      branch: true,
    };
    fork.add({ turn_id: null, event });
  }
  return fork.events;
}

class Branch {
  readonly events: Decided[] = [];
  state: SessionState;
  readonly #now: number;

  constructor(session_id: SessionId, now: number) {
    this.state = emptyState(session_id);
    this.#now = now;
  }

  add(decided: Decided): void {
    const { session_id, seq } = this.state;
    const place = { session_id, seq: seq + 1, ts: decided.ts ?? this.#now, turn_id: decided.turn_id };
    const durable = { ...decided.event, ...place } as DurableEvent;
    this.state = apply(this.state, durable);
    this.events.push(decided);
  }
}

function copyOf({ session_id: _session, seq: _seq, ts, turn_id, ...event }: DurableEvent): Decided {
  // What is kept for the agent of the other session is not kept for this one's.
  if (event.type === 'approval_resolved') {
    const { kept: _kept, stored: _stored, ...resolved } = event;
    return { turn_id, event: resolved, ts };
  }
  return { turn_id, event: event as SessionEvent, ts };
}

/** Can the CLI itself branch here? Only at the end of a conversation that knows everything of the session. */
export function endsWithItsConversation(state: SessionState, beforeSeq: number | null): boolean {
  if (beforeSeq !== null && beforeSeq <= state.seq) return false;
  const { provider_session_id, seen, unsure } = bucketOf(state, state.provider);
  const newest = state.messages.at(-1)?.seq ?? 0;
  return provider_session_id !== null && unsure === null && seen >= newest && state.digest === null;
}
