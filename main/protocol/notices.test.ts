import { describe, expect, it } from 'vitest';
import type { ApprovalId, QueueId, SessionId, TurnId } from './ids.ts';
import { defaultNotices, mayTell, type Notice, type Sight, watchForNotices } from './notices.ts';
import type { SessionSummary } from './views.ts';

const minute = 60_000;
const request = (name: string) => `apr_${name}` as ApprovalId;
const turn = 'turn_1' as TurnId;
const queued = [{ queue_id: 'q_1' as QueueId, text: 'next' }];

function session(change: Partial<SessionSummary> = {}): SessionSummary {
  return {
    session_id: 'ses_a' as SessionId,
    title: 'Fix the tests',
    cwd: '/work/atlas',
    provider: 'demo' as SessionSummary['provider'],
    model: null,
    mode: 'ask',
    status: 'idle',
    turn_id: null,
    pending_approvals: [],
    queue: [],
    archived: false,
    seq: 1,
    created_at: 0,
    updated_at: 0,
    preview: '',
    ...change,
  };
}
const running = (change: Partial<SessionSummary> = {}) =>
  session({ status: 'running', turn_id: turn, running_since: 0, ...change });
const asks = (...names: string[]) => running({ status: 'waiting', pending_approvals: names.map(request) });
const goal = (status: NonNullable<SessionSummary['goal']>['status']) =>
  ({ goal_id: 'goal_1', objective: 'All green', status }) as unknown as NonNullable<SessionSummary['goal']>;

/** Follows one session through these states, a minute each; what is told and withdrawn at each. */
function through(...states: SessionSummary[]) {
  const [first, ...rest] = states;
  const step = watchForNotices([first!]);
  return rest.map((state, at) => {
    const { tell, withdraw } = step(state, (at + 1) * minute);
    return [...tell.map((one) => one.key.replace(/:ses.*/, '')), ...withdraw.map((key) => `-${key}`)].join(' ');
  });
}

describe('a request', () => {
  it('is told once, and withdrawn when it was answered, wherever', () => {
    expect(through(running(), asks('1'), asks('1'), running())).toEqual(['waiting:apr_1', '', '-waiting:apr_1']);
  });

  it('that comes beside another one is told when that was answered', () => {
    expect(through(running(), asks('1', '2', '3'), asks('1', '3'), asks('3'))).toEqual([
      'waiting:apr_1',
      '',
      'waiting:apr_3 -waiting:apr_1',
    ]);
  });

  it('that waited before the start is not told; the page shows it', () => {
    expect(through(asks('1'), asks('1'), asks('1', '2'), asks('2'))).toEqual(['', '', 'waiting:apr_2']);
  });

  it('of a session that is put away is withdrawn', () => {
    expect(through(running(), asks('1'), { ...asks('1'), archived: true })).toEqual([
      'waiting:apr_1',
      '-waiting:apr_1',
    ]);
  });
});

describe('the end of a turn', () => {
  it('is told with how long was worked, and withdrawn when the next one begins', () => {
    const step = watchForNotices([session()]);
    step(running({ running_since: 10_000 }), 10_000);
    const { tell } = step(session({ last_turn: 'completed' }), 100_000);
    expect(tell).toMatchObject([{ kind: 'ended', worked_ms: 90_000 }]);
    expect(step(running(), 110_000).withdraw).toEqual([tell[0]?.key]);
  });

  it('that a person wanted, or that ended with the app, is not told', () => {
    expect(through(running(), session({ last_turn: 'aborted' }))).toEqual(['']);
    expect(through(running(), session({ status: 'interrupted', last_turn: 'interrupted' }))).toEqual(['']);
  });

  it('is not told while the session goes on by itself; then all of it counts', () => {
    const between = session({ last_turn: 'completed', queue: queued });
    const step = watchForNotices([session()]);
    step(running({ queue: queued }), 0);
    expect(step(between, 5 * minute).tell).toEqual([]);
    step(running({ running_since: 5 * minute, last_turn: 'completed' }), 5 * minute);
    expect(step(session({ last_turn: 'completed' }), 6 * minute).tell).toMatchObject([{ worked_ms: 6 * minute }]);
  });

  it('is told when it failed, also in the middle of a goal', () => {
    expect(through(running(), session({ status: 'failed', last_turn: 'failed' }))).toEqual(['failed']);
    const failed = session({ status: 'failed', last_turn: 'failed', goal: goal('active') });
    expect(through(running({ goal: goal('active') }), failed, { ...failed, goal: goal('paused') })).toEqual([
      'failed',
      '',
    ]);
  });
});

it('a goal is told when it was reached or is stuck, and not at each of its turns, nor when a person pauses it', () => {
  const between = session({ last_turn: 'completed', goal: goal('active') });
  const works = running({ goal: goal('active') });
  expect(through(works, between, works, { ...between, goal: goal('complete') })).toEqual(['', '', 'reached']);
  expect(through(works, between, { ...between, goal: goal('blocked') }, works)).toEqual([
    '',
    'stuck',
    expect.stringMatching(/^-stuck/),
  ]);
  expect(through(works, between, { ...between, goal: goal('paused') })).toEqual(['', '']);
});

describe('what is told', () => {
  const of = (kind: Notice['kind'], more: Partial<Notice> = {}): Notice => ({
    ...{ kind, key: kind, session: session(), worked_ms: 10 * minute },
    ...more,
  });
  const away: Sight = { focused: false, session_id: null, inbox: false };

  it('is what the person chose, and a turn only from its least length on', () => {
    for (const kind of ['waiting', 'stuck', 'ended', 'reached', 'failed'] as const) {
      expect(mayTell(of(kind), defaultNotices, away)).toBe(true);
      expect(mayTell(of(kind), { ...defaultNotices, waiting: false, ended: false, failed: false }, away)).toBe(false);
    }
    expect(mayTell(of('ended', { worked_ms: minute - 1 }), defaultNotices, away)).toBe(false);
    expect(mayTell(of('ended', { worked_ms: 0 }), { ...defaultNotices, ended_minutes: 0 }, away)).toBe(true);
  });

  it('is never what is before their eyes, and nothing in front when they want that', () => {
    const sight: Sight = { focused: true, session_id: 'ses_a' as SessionId, inbox: false };
    expect(mayTell(of('waiting'), defaultNotices, sight)).toBe(false);
    expect(mayTell(of('waiting'), defaultNotices, { ...sight, focused: false })).toBe(true);
    const elsewhere: Sight = { ...sight, session_id: null };
    expect(mayTell(of('waiting'), defaultNotices, elsewhere)).toBe(true);
    expect(mayTell(of('waiting'), { ...defaultNotices, only_behind: true }, elsewhere)).toBe(false);
    expect(mayTell(of('waiting'), defaultNotices, { ...elsewhere, inbox: true })).toBe(false);
    expect(mayTell(of('ended'), defaultNotices, { ...elsewhere, inbox: true })).toBe(true);
  });
});
