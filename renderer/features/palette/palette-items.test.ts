import { describe, expect, it } from 'vitest';
import type { ProviderInfo } from '../../../main/protocol/values.ts';
import type { SessionSummary } from '../../../main/protocol/views.ts';
import { settingsTabs } from '../../store/route.ts';
import { matchItems } from './match-items.ts';
import { paletteItems } from './palette-items.ts';

const session = (id: string, change: Partial<SessionSummary> = {}): SessionSummary =>
  ({
    session_id: `ses_0000000${id}`,
    title: `Session ${id}`,
    cwd: '/home/me/project',
    provider: 'claude',
    status: 'idle',
    turn_id: null,
    archived: false,
    updated_at: Number(id),
    ...change,
  }) as SessionSummary;
const providers = [
  { id: 'claude', name: 'Claude Code', state: 'ready' },
  { id: 'codex', name: 'Codex', state: 'ready' },
  { id: 'gemini', name: 'Gemini CLI', state: 'not_found' },
] as ProviderInfo[];
const sessions = [session('1'), session('2'), session('3', { status: 'waiting' }), session('4', { archived: true })];
const ids = (items: ReturnType<typeof paletteItems>) => items.map(({ id }) => id);

describe('the palette', () => {
  it('reaches every session, every page of the settings and every theme', () => {
    const world = { sessions, current: null, providers, scopes: ['admin'] };
    expect(ids(paletteItems(world))).not.toContain('settings-desktop');
    const all = ids(paletteItems({ ...world, windows: true }));
    expect(all).toEqual(expect.arrayContaining(sessions.map((one) => one.session_id)));
    expect(all).toEqual(expect.arrayContaining(settingsTabs.map((tab) => `settings-${tab}`)));
    expect(all).toEqual(expect.arrayContaining(['new', 'history', 'theme-dark', 'theme-light', 'theme-system']));
  });

  it('lists sessions that wait first, then the latest, archived ones last, and not the open one', () => {
    const listed = paletteItems({ sessions, current: sessions[1]!, providers, scopes: ['admin'] }).filter(
      (one) => one.group === 'sessions',
    );
    expect(ids(listed)).toEqual(['ses_00000003', 'ses_00000001', 'ses_00000004']);
  });

  it('offers for the open session what can be done to it now', () => {
    const of = (current: SessionSummary) =>
      ids(paletteItems({ sessions, current, providers, scopes: ['admin'] })).filter((id) =>
        /^(session|switch)-/.test(id),
      );
    expect(of(session('1'))).toEqual([
      'session-find',
      'session-rename',
      'session-fork',
      'switch-codex',
      'session-archive',
    ]);
    expect(of(session('1', { turn_id: 'turn_1' as never }))).toEqual([
      'session-stop',
      'session-find',
      'session-rename',
      'session-fork',
      'session-archive',
    ]);
    expect(of(session('1', { archived: true }))).toEqual([
      'session-find',
      'session-rename',
      'session-fork',
      'session-unarchive',
    ]);
  });

  it('offers to who may only read nothing that would be refused', () => {
    const current = session('1', { turn_id: 'turn_1' as never });
    const all = ids(paletteItems({ sessions, current, providers, scopes: ['sessions:read'] }));
    expect(all.filter((id) => /^(session|switch|new)-?/.test(id))).toEqual(['session-find']);
    expect(all).toContain('history');
  });

  it('offers to go to the next one that waits only while one does', () => {
    expect(ids(paletteItems({ sessions, current: null, providers, scopes: ['admin'] }))).toContain('next-waiting');
    expect(ids(paletteItems({ sessions: [session('1')], current: null, providers, scopes: ['admin'] }))).not.toContain(
      'next-waiting',
    );
  });
});

describe('windows', () => {
  it('are offered where this client has them, with the key of a new one', () => {
    const world = { sessions, current: sessions[0]!, providers, scopes: ['admin'] };
    const offered = paletteItems({ ...world, windows: true }).filter(({ does }) => does.type === 'window');
    expect(offered.map(({ id, shortcut }) => [id, shortcut])).toEqual([
      ['session-window', undefined],
      ['new-window', 'newWindow'],
    ]);
    expect(paletteItems(world).filter(({ does }) => does.type === 'window')).toEqual([]);
  });
});

describe('what is typed', () => {
  const items = paletteItems({ sessions, current: sessions[0]!, providers, scopes: ['admin'] });
  const rows = (typed: string) => matchItems(items, typed).map(({ item }) => item.id);

  it('finds by letters in their order, best first, and marks them', () => {
    expect(rows('sess 3')[0]).toBe('ses_00000003');
    expect([...matchItems(items, 'codex')[0]!.marked].length).toBe(5);
  });

  it('finds a session by its folder', () => {
    expect(rows('project')).toContain('ses_00000003');
  });

  it('can always be looked for in everything that was said', () => {
    expect(rows('zzzzqqqq')).toEqual(['search']);
    expect(rows('sess').at(-1)).toBe('search');
  });

  it('begins with what waits and the latest sessions while nothing is typed, so that Enter does nothing to the open one', () => {
    const many = Array.from({ length: 30 }, (_, at) => session(String(at + 10)));
    const current = session('9', { turn_id: 'turn_1' as never });
    const world = { sessions: [...many, session('3', { status: 'waiting' }), current], current, providers };
    const shown = matchItems(paletteItems({ ...world, scopes: ['admin'] }), '  ').map(({ item }) => item.id);
    const latest = [39, 38, 37, 36, 35, 34].map((at) => `ses_0000000${at}`);
    expect(shown.slice(0, 8)).toEqual(['ses_00000003', ...latest, 'session-stop']);
    expect(shown.filter((id) => id.startsWith('ses_'))).toHaveLength(7);
  });

  it('begins a session in a folder for who types its name', () => {
    expect(rows('new project')[0]).toBe('new-in /home/me/project');
    expect(rows('')).not.toContain('new-in /home/me/project');
  });
});
