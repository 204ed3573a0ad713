import { type ExportFormat, exportFormats } from '../../../main/export/events.ts';
import type { SessionId } from '../../../main/protocol/ids.ts';
import type { Scope } from '../../../main/protocol/scope.ts';
import type { ProviderInfo } from '../../../main/protocol/values.ts';
import type { SessionSummary } from '../../../main/protocol/views.ts';
import type { DiffLayout } from '../../store/diff-layout.ts';
import { compareSessions, recentFolders } from '../../store/group-sessions.ts';
import { holds } from '../../store/holds.ts';
import { type Route, settingsTabs, windowTabs } from '../../store/route.ts';
import type { ShortcutId } from '../../store/shortcuts.ts';
import { type PanelTab, panelTabs } from '../../store/side-panel.ts';
import { type Theme, themes } from '../../store/theme.ts';
import { baseName } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';

/** One thing the palette can do. */
export interface PaletteItem {
  readonly id: string;
  readonly group: 'session' | 'sessions' | 'go' | 'settings' | 'look';
  readonly label: string;
  /** Said beside it, and searched too: a folder, a state. */
  readonly note?: string;
  readonly status?: SessionSummary['status'];
  readonly shortcut?: ShortcutId;
  /** One of so many that it is shown to who types for it. */
  readonly typedFor?: boolean;
  readonly does: PaletteAction;
}

export type PaletteAction =
  | { readonly type: 'go'; readonly route: Route }
  | { readonly type: 'theme'; readonly theme: Theme }
  | { readonly type: 'diff'; readonly layout: DiffLayout }
  | { readonly type: 'panel' /** Null: shows or hides it. */; readonly tab: PanelTab | null }
  | { readonly type: 'stop' | 'rename' | 'fork' | 'archive' | 'unarchive' | 'next_waiting' | 'find' }
  | { readonly type: 'new'; readonly cwd: string }
  | { readonly type: 'window' /** Null: one for a new session. */; readonly sessionId: SessionId | null }
  | { readonly type: 'switch'; readonly provider: string }
  | { readonly type: 'export'; readonly format: ExportFormat }
  /** Looks for the words that were typed in everything that was ever said. */
  | { readonly type: 'search' };

export interface PaletteWorld {
  readonly sessions: readonly SessionSummary[];
  /** The session that is open; null: none is. */
  readonly current: SessionSummary | null;
  readonly providers: readonly ProviderInfo[];
  /** Rights of this client. What it may not do is not offered. */
  readonly scopes: readonly string[];
  /** Whether this client can open windows of the app. */
  readonly windows?: boolean;
}

/** Sessions that are shown to who has not typed anything yet, besides those that wait. */
const latestSessions = 6;
/** Folders in which a session can be begun at once. */
const offeredFolders = 12;

/**
 * Everything the palette reaches from here: the sessions that wait and the latest ones, so that its first row is where one most likely goes; then what
 * can be done to the open session, and the rest.
 */
export function paletteItems({
  sessions,
  current,
  providers,
  scopes,
  windows = false,
}: PaletteWorld): readonly PaletteItem[] {
  const all = [
    ...ofSessions(sessions, current),
    ...ofCurrent(current, providers, windows),
    ...places(sessions, windows),
    ...looks(),
  ];
  return all.filter(({ does }) => needsOf(does).every((scope) => holds(scopes, scope)));
}

function needsOf(action: PaletteAction): readonly Scope[] {
  switch (action.type) {
    case 'stop':
      return ['chat'];
    case 'fork':
      return ['chat', 'sessions:read'];
    case 'rename':
    case 'archive':
    case 'unarchive':
    case 'switch':
      return ['sessions:write'];
    case 'new':
      return ['chat'];
    case 'go':
      return action.route.name === 'new' ? ['chat'] : [];
    default:
      return [];
  }
}

function ofCurrent(
  current: SessionSummary | null,
  providers: readonly ProviderInfo[],
  windows: boolean,
): PaletteItem[] {
  if (current === null) return [];
  const item = (
    type: 'find' | 'stop' | 'rename' | 'fork' | 'archive' | 'unarchive',
    label: string,
    shortcut?: ShortcutId,
  ) => ({ id: `session-${type}`, group: 'session', label, shortcut, does: { type } }) satisfies PaletteItem;
  const others = providers.filter((one) => one.state === 'ready' && one.id !== current.provider);
  return [
    ...(current.turn_id === null ? [] : [item('stop', t.palette.stop, 'stop')]),
    item('find', t.find.label, 'find'),
    item('rename', t.palette.rename),
    item('fork', t.history.forkAll),
    ...(windows
      ? [
          {
            id: 'session-window',
            group: 'session',
            label: t.desktop.openThis,
            does: { type: 'window', sessionId: current.session_id },
          } satisfies PaletteItem,
        ]
      : []),
    ...(current.turn_id === null && !current.archived ? others : []).map(
      (one): PaletteItem => ({
        id: `switch-${one.id}`,
        group: 'session',
        label: t.palette.switchTo(one.name),
        does: { type: 'switch', provider: one.id },
      }),
    ),
    {
      id: 'panel',
      group: 'session',
      label: t.palette.panel,
      shortcut: 'togglePanel',
      does: { type: 'panel', tab: null },
    },
    ...panelTabs.map(
      (tab): PaletteItem => ({
        id: `panel-${tab}`,
        group: 'session',
        label: t.palette.panelTab(t.panel.tabs[tab]),
        does: { type: 'panel', tab },
      }),
    ),
    ...exportFormats.map(
      (format): PaletteItem => ({
        id: `export-${format}`,
        group: 'session',
        label: t.exporting.as[format],
        does: { type: 'export', format },
      }),
    ),
    current.archived ? item('unarchive', t.palette.unarchive) : item('archive', t.palette.archive),
  ];
}

function ofSessions(sessions: readonly SessionSummary[], current: SessionSummary | null): PaletteItem[] {
  const waiting = sessions.filter((one) => one.status === 'waiting' && !one.archived).length;
  return sessions
    .filter((one) => one.session_id !== current?.session_id)
    .sort((a, b) => Number(a.archived) - Number(b.archived) || compareSessions(a, b))
    .map((one, at) => ({
      id: one.session_id,
      group: 'sessions',
      label: one.title || t.sidebar.untitled,
      note: baseName(one.cwd),
      status: one.status,
      typedFor: one.archived || at >= waiting + latestSessions,
      does: { type: 'go', route: { name: 'session', sessionId: one.session_id } },
    }));
}

function places(sessions: readonly SessionSummary[], windows: boolean): PaletteItem[] {
  const waits = sessions.some((one) => one.status === 'waiting' && !one.archived);
  return [
    ...(waits
      ? [
          {
            id: 'next-waiting',
            group: 'go',
            label: t.palette.nextWaiting,
            shortcut: 'nextWaiting',
            does: { type: 'next_waiting' },
          } satisfies PaletteItem,
        ]
      : []),
    { id: 'new', group: 'go', label: t.sidebar.newSession, shortcut: 'newSession', does: to({ name: 'new' }) },
    ...recentFolders(
      sessions.filter((one) => !one.archived),
      offeredFolders,
    ).map(
      (cwd): PaletteItem => ({
        id: `new-in ${cwd}`,
        group: 'go',
        label: t.sidebar.newInFolder(baseName(cwd)),
        typedFor: true,
        does: { type: 'new', cwd },
      }),
    ),
    ...(windows
      ? [
          {
            id: 'new-window',
            group: 'go',
            label: t.desktop.newWindow,
            shortcut: 'newWindow',
            does: { type: 'window', sessionId: null },
          } satisfies PaletteItem,
        ]
      : []),
    { id: 'inbox', group: 'go', label: t.inbox.title, shortcut: 'inbox', does: to({ name: 'inbox' }) },
    { id: 'history', group: 'go', label: t.imports.title, does: to({ name: 'history' }) },
    ...settingsTabs
      .filter((tab) => windows || !windowTabs.has(tab))
      .map(
        (tab): PaletteItem => ({
          id: `settings-${tab}`,
          group: 'settings',
          label: t.palette.settings(t.settings.tabs[tab]),
          ...(tab === 'providers' ? { shortcut: 'settings' as const } : {}),
          does: to({ name: 'settings', tab }),
        }),
      ),
  ];
}

function looks(): PaletteItem[] {
  return [
    ...themes.map(
      (theme): PaletteItem => ({
        id: `theme-${theme}`,
        group: 'look',
        label: t.palette.theme(t.settings.appearance[theme]),
        does: { type: 'theme', theme },
      }),
    ),
    { id: 'diff-unified', group: 'look', label: t.palette.diffUnified, does: { type: 'diff', layout: 'unified' } },
    { id: 'diff-split', group: 'look', label: t.palette.diffSplit, does: { type: 'diff', layout: 'split' } },
  ];
}

const to = (route: Route): PaletteAction => ({ type: 'go', route });
