import { describe, expect, it } from 'vitest';
import type { SessionSummary } from '../../main/protocol/views.ts';
import { groupSessions, recentFolders, shownOf, waitingSessions } from './group-sessions.ts';

const session = (over: Partial<SessionSummary>): SessionSummary =>
  ({ title: '', cwd: '/a', preview: '', status: 'idle', archived: false, updated_at: 0, ...over }) as SessionSummary;

describe('groupSessions', () => {
  const list = [
    session({ title: 'old', updated_at: 1 }),
    session({ title: 'waits', updated_at: 0, status: 'waiting' }),
    session({ title: 'other', cwd: '/b', updated_at: 9 }),
    session({ title: 'gone', archived: true }),
  ];

  it('puts the folder in which something waits first, then that with the newest session', () => {
    const groups = groupSessions([...list, session({ cwd: '/c', updated_at: 5 })], '', false);
    expect(groups.map((group) => group.cwd)).toEqual(['/a', '/b', '/c']);
    expect(groups[0]?.sessions.map((one) => one.title)).toEqual(['waits', 'old']);
  });

  it('leaves rows where they are while agents work in them', () => {
    const running = (title: string, running_since: number) => ({ title, running_since, status: 'running' as const });
    const order = (steps: readonly [number, number]) =>
      groupSessions(
        [
          session({ ...running('first', 100), updated_at: steps[0] }),
          session({ ...running('second', 200), updated_at: steps[1] }),
          session({ title: 'ended', updated_at: 150 }),
        ],
        '',
        false,
      )[0]?.sessions.map((one) => one.title);
    expect(order([300, 400])).toEqual(['second', 'first', 'ended']);
    expect(order([500, 400])).toEqual(order([300, 400]));
  });

  it('goes through what waits in the order of the list', () => {
    const more = [session({ title: 'waits longer', cwd: '/b', updated_at: -1, status: 'waiting' }), ...list];
    expect(waitingSessions(more).map((one) => one.title)).toEqual(['waits', 'waits longer']);
  });

  it('finds sessions in which every word occurs somewhere', () => {
    expect(groupSessions(list, 'OLD /a', false).flatMap((group) => group.sessions)).toHaveLength(1);
    expect(groupSessions(list, 'old /b', false)).toEqual([]);
  });

  it('keeps archived sessions apart', () => {
    expect(groupSessions(list, '', true).flatMap((group) => group.sessions.map((one) => one.title))).toEqual(['gone']);
  });

  it('names each recent folder once, last used first', () => {
    expect(recentFolders(list, 5)).toEqual(['/b', '/a']);
  });

  it('draws every session in which something goes on, however few are to be drawn', () => {
    const folder = groupSessions(
      Array.from({ length: 20 }, (_, at) =>
        session({ title: String(at), updated_at: -at, ...(at > 15 && { status: 'running', running_since: -at }) }),
      ),
      '',
      false,
    )[0]!;
    expect(shownOf(folder.sessions, 2, null).map((one) => one.title)).toEqual(['16', '17', '18', '19']);
  });

  it('draws a part of a long folder, and the open session wherever it stands', () => {
    const many = Array.from({ length: 1_000 }, (_, at) => session({ session_id: `ses_${at}` as never }));
    const ids = (open: string | null) => shownOf(many, 40, open as never).map((one) => one.session_id);
    expect(ids(null)).toHaveLength(40);
    expect(ids('ses_700')).toHaveLength(41);
    expect(ids('ses_700').at(-1)).toBe('ses_700');
    expect(ids('ses_7')).toHaveLength(40);
  });
});
