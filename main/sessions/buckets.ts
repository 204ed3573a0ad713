import type { EventOf } from '../protocol/events.ts';
import type { ActiveTurn, SessionState } from './state.ts';

/** What one provider has of a session: its own conversation, how much of the log that conversation knows of, and what it cost. */
export interface ProviderBucket {
  /** The CLI's own session; null: its next turn begins a new one. */
  readonly provider_session_id: string | null;
  /** The conversation is somebody else's: the next turn branches off from it. */
  readonly branch: boolean;
  /** Last event its conversation knows of; 0: none. */
  readonly seen: number;
  /**
   * `seq` from which on it may have forgotten when its process is gone: a CLI that was killed, or failed, may not have written down
   * its last turn. Null: it has.
   */
  readonly unsure: number | null;
  /** `seq` of the message that began its last turn here; 0: none. */
  readonly lastTurn: number;
  readonly turns: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** US dollars, where the CLI tells them. */
  readonly cost_usd: number;
}

export const emptyBucket: ProviderBucket = {
  provider_session_id: null,
  branch: false,
  seen: 0,
  unsure: null,
  lastTurn: 0,
  turns: 0,
  input_tokens: 0,
  output_tokens: 0,
  cost_usd: 0,
};

type Buckets = SessionState['buckets'];

export const bucketOf = (state: Pick<SessionState, 'buckets'>, provider: string): ProviderBucket =>
  state.buckets[provider] ?? emptyBucket;

const changed = (buckets: Buckets, provider: string, change: Partial<ProviderBucket>): Buckets => ({
  ...buckets,
  [provider]: { ...(buckets[provider] ?? emptyBucket), ...change },
});

/** The CLI named its conversation, or lost it: then it knows nothing any more. */
export function sessionNamed(buckets: Buckets, event: EventOf<'provider_session'>, seq: number): Buckets {
  if (event.provider_session_id === null) {
    return changed(buckets, event.provider, { provider_session_id: null, branch: false, seen: 0, unsure: null });
  }
  const { provider_session_id, branch = false } = event;
  // A conversation to branch off from comes with all that was before: it is named where the log begins.
  return changed(buckets, event.provider, { provider_session_id, branch, ...(branch ? { seen: seq } : {}) });
}

export function turnCounted(buckets: Buckets, provider: string, startSeq: number): Buckets {
  const { turns } = buckets[provider] ?? emptyBucket;
  return changed(buckets, provider, { turns: turns + 1, lastTurn: startSeq });
}

export function usageCounted(buckets: Buckets, provider: string, usage: EventOf<'usage'>): Buckets {
  const { input_tokens, output_tokens, cost_usd } = buckets[provider] ?? emptyBucket;
  return changed(buckets, provider, {
    input_tokens: input_tokens + usage.input_tokens,
    output_tokens: output_tokens + usage.output_tokens,
    cost_usd: cost_usd + (usage.cost_usd ?? 0),
  });
}

/** Did the turn fail before the agent said or did anything? Then nobody knows whether it heard what it was told. */
export const wasUnheard = (turn: ActiveTurn, status: EventOf<'turn_end'>['status']): boolean =>
  status === 'failed' && !turn.heard;

/** The earliest of what it was told in this turn: with the message, what it had not seen before. */
function mayForgetFrom({ unsure, seen }: ProviderBucket, turn: ActiveTurn): number {
  const told = turn.digest === null ? turn.startSeq : Math.min(turn.startSeq, seen + 1);
  return unsure === null ? told : Math.min(unsure, told);
}

/**
 * After a turn its provider knows the log up to here, unless it failed unheard: then what it was to be told has to be told again. A conversation
 * that was only to be gone on with has the message itself.
 */
export function turnSeen(buckets: Buckets, turn: ActiveTurn, end: EventOf<'turn_end'>, seq: number): Buckets {
  const bucket = buckets[turn.provider] ?? emptyBucket;
  const knows = !wasUnheard(turn, end.status) || (bucket.provider_session_id !== null && turn.digest === null);
  const unsure = end.status === 'failed' || end.status === 'interrupted' ? mayForgetFrom(bucket, turn) : null;
  return changed(buckets, turn.provider, { unsure, ...(knows ? { seen: seq } : {}) });
}

/** Last event that a provider's conversation surely knows of when it is gone on with. @param live - by the process that led it so far. */
export function surelySeen({ provider_session_id, seen, unsure }: ProviderBucket, live: boolean): number {
  if (live) return seen;
  if (provider_session_id === null) return 0;
  return unsure === null ? seen : Math.min(seen, unsure - 1);
}

/** A conversation in which something from `toSeq` on was said cannot be unsaid: it is given up. One that ended before goes on. */
export function rewoundBuckets(buckets: Buckets, toSeq: number): Buckets {
  return Object.fromEntries(
    Object.entries(buckets).map(([provider, bucket]) => [
      provider,
      bucket.lastTurn < toSeq && bucket.seen < toSeq
        ? bucket
        : { ...bucket, provider_session_id: null, branch: false, seen: 0, unsure: null },
    ]),
  );
}
