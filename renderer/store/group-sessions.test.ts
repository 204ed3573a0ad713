import { describe, expect, it } from 'vitest';
import type { SessionSummary } from '../../main/protocol/views.ts';
import { groupSessions, recentFolders, shownOf } from './group-sessions.ts';

const session = (over: Partial<SessionSummary>): SessionSummary =>
  ({ title: '', cwd: '/a', preview: '', status: 'idle', archived: false, updated_at: 0, ...over }) as SessionSummary;

describe('groupSessions', () => {
  const list = [
    session({ title: 'old', updated_at: 1 }),
    session({ title: 'waits', updated_at: 0, status: 'waiting' }),
    session({ title: 'other', cwd: '/b', updated_at: 9 }),
    session({ title: 'gone', archived: true }),
  ];

  it('puts the folder with the newest session first and what waits first in its folder', () => {
    const groups = groupSessions(list, '', false);
    expect(groups.map((group) => group.cwd)).toEqual(['/b', '/a']);
    expect(groups[1]?.sessions.map((one) => one.title)).toEqual(['waits', 'old']);
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

  it('draws a part of a long folder, and the open session wherever it stands', () => {
    const many = Array.from({ length: 1_000 }, (_, at) => session({ session_id: `ses_${at}` as never }));
    const ids = (open: string | null) => shownOf(many, 40, open as never).map((one) => one.session_id);
    expect(ids(null)).toHaveLength(40);
    expect(ids('ses_700')).toHaveLength(41);
    expect(ids('ses_700').at(-1)).toBe('ses_700');
    expect(ids('ses_7')).toHaveLength(40);
  });
});
