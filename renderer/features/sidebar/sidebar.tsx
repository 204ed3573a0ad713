import { Command, PanelLeftClose, Plus, Search, Settings, TextSearch, X } from 'lucide-react';
import { memo, type ReactNode, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { groupSessions } from '../../store/group-sessions.ts';
import { setPalette } from '../../store/palette.ts';
import { go, routeStore } from '../../store/route.ts';
import { setSheet } from '../../store/sheet.ts';
import { withKeys } from '../../store/shortcuts.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { useSessions } from '../../ui/client-context.ts';
import { Logo } from '../../ui/logo.tsx';
import { historySearch } from '../imports/history-search.ts';
import { SessionGroups } from './session-groups.tsx';
import { SidebarNav } from './sidebar-nav.tsx';
import { WaitingStrip } from './waiting-strip.tsx';

/** @param props.children - belongs to the list's landmark too, e.g. what changes its width. */
export function Sidebar({ children }: { children?: ReactNode }) {
  const byId = useSessions((view) => view.byId);
  const loaded = useSessions((view) => view.loaded);
  const route = useStore(routeStore);
  const [search, setSearch] = useState('');
  const [showArchived, setShowArchived] = useState(false);
  const groups = useMemo(() => groupSessions(byId.values(), search, false), [byId, search]);
  const archived = useMemo(() => groupSessions(byId.values(), search, true), [byId, search]);
  const archivedCount = archived.reduce((sum, group) => sum + group.sessions.length, 0);
  const openNew = (): void => {
    go({ name: 'new' });
    setSheet(false);
  };
  return (
    <nav className="sidebar" aria-label={t.sidebar.title}>
      <div className="sidebar-head">
        <Logo size={20} />
        <span className="sidebar-brand">{t.app.name}</span>
        <IconButton
          label={t.palette.open}
          title={withKeys(t.palette.open, 'palette')}
          aria-keyshortcuts="Control+K Meta+K"
          data-testid={testIds.openPalette}
          onClick={() => setPalette(true)}
        >
          <Command size={17} aria-hidden />
        </IconButton>
        <IconButton
          label={t.sidebar.settings}
          title={withKeys(t.sidebar.settings, 'settings')}
          data-testid={testIds.openSettings}
          aria-current={route.name === 'settings' ? 'page' : undefined}
          onClick={() => {
            go({ name: 'settings', tab: 'providers' });
            setSheet(false);
          }}
        >
          <Settings size={17} aria-hidden />
        </IconButton>
        <IconButton label={t.sidebar.closeSheet} className="phone-only" onClick={() => setSheet(false)}>
          <PanelLeftClose size={18} aria-hidden />
        </IconButton>
      </div>
      <div className="sidebar-tools">
        <Button
          className="sidebar-new"
          icon={<Plus size={16} aria-hidden />}
          title={withKeys(t.sidebar.newSession, 'newSession')}
          data-testid={testIds.newSession}
          aria-current={route.name === 'new' ? 'page' : undefined}
          onClick={openNew}
        >
          {t.sidebar.newSession}
        </Button>
        <SidebarNav />
        <SearchField value={search} onChange={setSearch} />
      </div>
      <WaitingStrip />
      <div className="session-list" data-testid={testIds.sessionList}>
        <SessionGroups groups={groups} searched={search.trim() !== ''} />
        {search.trim() !== '' && <SearchAll text={search.trim()} />}
        {loaded && groups.length === 0 && (
          <p className="sidebar-note">{search ? t.sidebar.noMatch(search) : t.sidebar.empty}</p>
        )}
        {archivedCount > 0 && (
          <button
            type="button"
            className="archived-toggle"
            aria-expanded={showArchived}
            data-testid={testIds.archivedToggle}
            onClick={() => setShowArchived(!showArchived)}
          >
            {t.sidebar.archived(archivedCount)}
          </button>
        )}
        {showArchived && <SessionGroups groups={archived} searched={search.trim() !== ''} />}
      </div>
      {children}
    </nav>
  );
}

/** The list knows titles, folders and last words; everything that was said is looked through where all of it can be. */
function SearchAll({ text }: { text: string }) {
  return (
    <button
      type="button"
      className="search-all"
      data-testid={testIds.searchAll}
      onClick={() => {
        historySearch.text = text;
        go({ name: 'history' });
        setSheet(false);
      }}
    >
      <TextSearch size={15} aria-hidden />
      <span>{t.sidebar.searchAll(text)}</span>
    </button>
  );
}

const SearchField = memo(function SearchField({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <div className="search-field">
      <Search size={15} aria-hidden />
      <input
        type="search"
        aria-label={t.sidebar.search}
        placeholder={t.sidebar.search}
        value={value}
        data-testid={testIds.sessionSearch}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation();
            onChange('');
          }
        }}
      />
      {value !== '' && (
        <IconButton label={t.sidebar.clearSearch} className="icon-button-small" onClick={() => onChange('')}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
});
