import type { LimitName } from './decide-limits.ts';
import type { TurnLimits } from './state.ts';

interface Limit {
  /** Milliseconds it allows, with what a person added. */
  readonly allowed: number;
  /** Milliseconds used up to `since`. */
  readonly used: number;
}

/** How much of its time limits a turn has used. Time in which the agent waits for a person does not pass here. */
export interface TurnTimer {
  readonly limits: TurnLimits;
  readonly idle: Limit | null;
  readonly total: Limit | null;
  /** Since when the clock runs, milliseconds since 1970; null: it stands still. */
  readonly since: number | null;
}

const begun = (ms: number | null): Limit | null => (ms === null ? null : { allowed: ms, used: 0 });

/** Null: there is no limit. */
export function startTimer(limits: TurnLimits, now: number): TurnTimer | null {
  if (limits.idle_ms === null && limits.total_ms === null) return null;
  return { limits, idle: begun(limits.idle_ms), total: begun(limits.total_ms), since: now };
}

const used = (limit: Limit | null, ms: number): Limit | null => limit && { ...limit, used: limit.used + ms };

function upTo(timer: TurnTimer, now: number): TurnTimer {
  if (timer.since === null) return timer;
  const ms = Math.max(0, now - timer.since);
  return { ...timer, idle: used(timer.idle, ms), total: used(timer.total, ms), since: now };
}

/** The agent gave a sign: its idle time begins anew. */
export function signed(timer: TurnTimer, now: number): TurnTimer {
  return { ...upTo(timer, now), idle: begun(timer.limits.idle_ms) };
}

/** The agent waits for a person, or does not any more. */
export function waiting(timer: TurnTimer, waits: boolean, now: number): TurnTimer {
  return { ...upTo(timer, now), since: waits ? null : now };
}

/** A person adds the limit once more. */
export function extended(timer: TurnTimer, limit: LimitName): TurnTimer {
  const ms = timer.limits[limit === 'idle' ? 'idle_ms' : 'total_ms'];
  const now = timer[limit];
  return ms === null || now === null ? timer : { ...timer, [limit]: { ...now, allowed: now.allowed + ms } };
}

/** Milliseconds left; null: no such limit. */
export function left(timer: TurnTimer, limit: LimitName, now: number): number | null {
  const one = timer[limit];
  if (one === null) return null;
  return one.allowed - one.used - (timer.since === null ? 0 : Math.max(0, now - timer.since));
}

/** Milliseconds before its end at which a limit is announced: a minute, of a short one the last fifth. */
export function warnsAt(timer: TurnTimer, limit: LimitName): number {
  const ms = timer.limits[limit === 'idle' ? 'idle_ms' : 'total_ms'] ?? 0;
  return Math.min(60_000, ms / 5);
}
