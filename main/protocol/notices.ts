import type { ApprovalId, SessionId } from './ids.ts';
import type { NoticeSettings } from './notice-settings.ts';
import type { SessionSummary } from './views.ts';

/**
 * When a person is told of something outside of the page: the same for the system's notifications of the app and those of a browser. Pure: no clock,
 * nothing is shown here.
 */

export const defaultNotices: NoticeSettings = {
  waiting: true,
  ended: true,
  ended_minutes: 1,
  failed: true,
  sound: true,
  only_behind: false,
};

/** The least length of a turn that is offered, minutes; 0: every turn. */
export const endedMinutes = [0, 1, 5, 15, 60] as const;

export interface NoticeState {
  readonly settings: NoticeSettings;
  /** The system shows notifications of this app. */
  readonly supported: boolean;
  /** Requests can be answered in them. */
  readonly actions: boolean;
}

export interface Notice {
  /** `waiting`: a request waits. `stuck`, `reached`: a goal. */
  readonly kind: 'waiting' | 'ended' | 'failed' | 'stuck' | 'reached';
  /** Two notices of one key are the same. */
  readonly key: string;
  readonly session: SessionSummary;
  /** Of `waiting`. */
  readonly approval_id?: ApprovalId;
  /** Of what ended: how long was worked without a pause, milliseconds. */
  readonly worked_ms?: number;
}

export interface NoticeStep {
  readonly tell: readonly Notice[];
  /** Keys of notices that hold no more: answered elsewhere, gone on, put away. */
  readonly withdraw: readonly string[];
}

/** What a person has before their eyes. */
export interface Sight {
  /** A window or page of the app is in front. */
  readonly focused: boolean;
  readonly session_id: SessionId | null;
  /** The list of everything that waits. */
  readonly inbox: boolean;
}

interface Followed {
  readonly inTurn: boolean;
  /** Since when it works without a pause, milliseconds since 1970; null: it does not. */
  readonly since: number | null;
  readonly goal: string | undefined;
  /** Requests of it that wait and were told, or were there before. */
  readonly told: ReadonlySet<ApprovalId>;
  /** What holds now. */
  readonly notice: Notice | null;
}

const isOfRequest = (notice: Pick<Notice, 'kind'>): boolean => notice.kind === 'waiting' || notice.kind === 'stuck';

/** Whether a notice shall be shown now. */
export function mayTell(notice: Notice, settings: NoticeSettings, sight: Sight): boolean {
  if (sight.focused && (settings.only_behind || sees(sight, notice))) return false;
  if (isOfRequest(notice)) return settings.waiting;
  if (notice.kind === 'failed') return settings.failed;
  return settings.ended && (notice.kind === 'reached' || (notice.worked_ms ?? 0) >= settings.ended_minutes * 60_000);
}

/** Whether what a notice says is before the eyes of the person. */
export const sees = (sight: Sight, notice: Pick<Notice, 'kind' | 'session'>): boolean =>
  sight.focused && (sight.session_id === notice.session.session_id || (sight.inbox && isOfRequest(notice)));

/**
 * Follows the list of sessions. Each request is told once; of several in one session the first, and the next when that was answered. A turn that a
 * person stopped is not told, nor one after which the session goes on by itself: for its queue, or for its goal.
 * @param sessions - as they are now. What waits among them already is not told.
 */
export function watchForNotices(
  sessions: Iterable<SessionSummary>,
): (session: SessionSummary, now: number) => NoticeStep {
  const followed = new Map<SessionId, Followed>();
  for (const session of sessions) {
    const known = { ...nothing, told: new Set(session.pending_approvals) };
    followed.set(session.session_id, { ...after(known, session, null), since: beganAt(session) });
  }
  return (session, now) => {
    const before = followed.get(session.session_id) ?? nothing;
    const notice = noticeOf(session, before, now);
    const next = after(before, session, notice, now);
    followed.set(session.session_id, next);
    const withdrawn = before.notice !== null && before.notice.key !== next.notice?.key;
    return { tell: notice === null ? [] : [notice], withdraw: withdrawn ? [before.notice.key] : [] };
  };
}

const nothing: Followed = { inTurn: false, since: null, goal: undefined, told: new Set(), notice: null };

function after(before: Followed, session: SessionSummary, notice: Notice | null, now = 0): Followed {
  const works = session.turn_id !== null || goesOn(session);
  return {
    inTurn: session.turn_id !== null,
    since: works ? (before.since ?? beganAt(session) ?? now) : null,
    goal: session.goal?.status,
    told: new Set(session.pending_approvals.filter((id) => before.told.has(id) || id === notice?.approval_id)),
    notice: notice ?? (before.notice !== null && stillHolds(before.notice, session) ? before.notice : null),
  };
}

function noticeOf(session: SessionSummary, before: Followed, now: number): Notice | null {
  if (session.archived) return null;
  const of = (kind: Notice['kind'], more: Partial<Notice> = {}): Notice => ({
    ...{ kind, key: `${kind}:${session.session_id}:${session.seq}`, session },
    ...more,
  });
  const goal = session.goal?.status;
  if (before.goal === 'active' && goal === 'complete') return of('reached');
  if (before.goal === 'active' && (goal === 'blocked' || goal === 'out_of_budget')) return of('stuck');
  const approval_id = session.pending_approvals[0];
  if (approval_id !== undefined && !before.told.has(approval_id)) {
    return of('waiting', { key: `waiting:${approval_id}`, approval_id });
  }
  if (!before.inTurn || session.turn_id !== null) return null;
  if (session.last_turn === 'failed') return of('failed');
  const ended = session.last_turn === 'completed' && !goesOn(session);
  return ended ? of('ended', { worked_ms: now - (before.since ?? now) }) : null;
}

function stillHolds({ kind, approval_id }: Notice, session: SessionSummary): boolean {
  if (session.archived) return false;
  if (approval_id !== undefined) return session.pending_approvals.includes(approval_id);
  if (kind === 'stuck') return session.goal?.status === 'blocked' || session.goal?.status === 'out_of_budget';
  return session.turn_id === null;
}

/** Another turn begins by itself. */
const goesOn = ({ goal, queue, last_turn }: SessionSummary): boolean =>
  goal?.status === 'active' || (queue.length > 0 && last_turn === 'completed');

const beganAt = ({ running_since }: SessionSummary): number | null => running_since ?? null;
