import { Suspense, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { SessionId } from '../../../main/protocol/ids.ts';
import type { Client } from '../../store/client.ts';
import { leavingStore } from '../../store/leaving.ts';
import { paletteStore } from '../../store/palette.ts';
import { replaceRoute, routeStore } from '../../store/route.ts';
import { meetSessions } from '../../store/seen.ts';
import { setSheet, sheetStore } from '../../store/sheet.ts';
import { sidebarShown } from '../../store/sidebar-shown.ts';
import { t } from '../../strings/index.ts';
import { ClientContext, useClient, useConnection, useSessions } from '../../ui/client-context.ts';
import { Resizer } from '../../ui/resizer.tsx';
import { useBackCloses } from '../../ui/use-back-closes.ts';
import { phoneQuery, useMedia } from '../../ui/use-media.ts';
import { useSwipe } from '../../ui/use-swipe.ts';
import { AccessEnded } from '../link/access-ended.tsx';
import { ByHand } from '../link/by-hand.tsx';
import { Sidebar } from '../sidebar/sidebar.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { FolderTarget } from './folder-target.tsx';
import { LiveRegion } from './live-region.tsx';
import { PaneBoundary } from './pane-boundary.tsx';
import {
  ConversationPane,
  FirstStart,
  fetchPanes,
  HistoryPage,
  ImportPage,
  InboxPage,
  LeaveDialog,
  NewSession,
  Palette,
  Settings,
  SignedOut,
} from './panes.tsx';
import { ProblemBanners } from './problem-banners.tsx';
import { UndoBar } from './undo-bar.tsx';
import { useFolderDrop } from './use-folder-drop.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useWindowTitle } from './use-window-title.ts';

/** From how far in a finger that goes across brings out the session list, CSS pixels. */
const edge = 28;

export function App({ client }: { client: Client }) {
  return (
    <ClientContext value={client}>
      <Shell />
    </ClientContext>
  );
}

function Shell() {
  const gate = useConnection(({ link }) =>
    link.status === 'signed_out' ? link.reason : link.status === 'by_hand' ? link.status : null,
  );
  const { open } = useStore(sheetStore);
  const { shown } = useStore(sidebarShown);
  const leaving = useStore(leavingStore, (view) => view.leaving !== null);
  const paletteOpen = useStore(paletteStore, (palette) => palette.open);
  const isPhone = useMedia(phoneQuery);
  useShortcuts(useClient());
  useWindowTitle();
  useMeetSessions();
  useSheetKeys(open);
  useBackCloses(isPhone && open, () => setSheet(false));
  const folders = useFolderDrop();
  const page = useRef(document.body);
  useSwipe(page, {
    // Out it comes from the edge; away it goes from anywhere.
    fromEdge: open ? undefined : edge,
    onSwipe: (way) => {
      const under = document.querySelector('dialog[open], [role="dialog"]') !== null;
      if (isPhone && gate === null && !under) setSheet(way === 'end');
    },
  });
  if (gate === 'by_hand') return <ByHand />;
  if (gate === 'no_access' || gate === 'link_used') {
    return (
      <Suspense fallback={<div className="boot" role="status" aria-label={t.common.loading} />}>
        <SignedOut />
      </Suspense>
    );
  }
  if (gate) return <AccessEnded reason={gate} />;
  return (
    <div
      className="app"
      data-sheet={open ? 'open' : 'closed'}
      data-sidebar={shown ? 'shown' : 'hidden'}
      {...folders.drop}
    >
      <ConnectionBanner />
      <div className="sidebar-place" id="sidebar" inert={isPhone ? !open : !shown}>
        <Sidebar>
          {!isPhone && <Resizer pane="sidebar" label={t.panel.resizeSidebar} controls="sidebar" edge="end" />}
        </Sidebar>
      </div>
      {isPhone && open && (
        <button
          type="button"
          className="sheet-shade"
          aria-label={t.sidebar.closeSheet}
          onClick={() => setSheet(false)}
        />
      )}
      <main className="main" inert={isPhone && open}>
        <ProblemBanners />
        <Panes />
      </main>
      {folders.over && <FolderTarget />}
      <UndoBar />
      <LiveRegion />
      <Suspense>{leaving && <LeaveDialog />}</Suspense>
      {paletteOpen && (
        <Suspense>
          <Palette />
        </Suspense>
      )}
    </div>
  );
}

/** What was there before this device first saw it is not new. */
function useMeetSessions(): void {
  const client = useClient();
  const loaded = useSessions((view) => view.loaded);
  useEffect(() => {
    if (loaded) meetSessions(client.sessions.getState().byId.values());
  }, [client, loaded]);
}

function Panes() {
  const name = useStore(routeStore, (route) => route.name);
  useEffect(() => fetchPanes(), []);
  return (
    // Another place is another attempt.
    <PaneBoundary key={name}>
      <Suspense fallback={<div className="boot" role="status" aria-label={t.common.loading} />}>
        <MainPane />
      </Suspense>
    </PaneBoundary>
  );
}

function MainPane() {
  const route = useStore(routeStore);
  const loaded = useSessions((view) => view.loaded);
  const newest = useSessions((view) => newestSession(view.byId));
  switch (route.name) {
    case 'session':
      return <ConversationPane key={route.sessionId} sessionId={route.sessionId} />;
    case 'new':
      return <NewSession />;
    case 'settings':
      return <Settings />;
    case 'history':
      return <HistoryPage />;
    case 'inbox':
      return <InboxPage />;
    case 'import':
      return <ImportPage key={`${route.importId}/${route.n ?? ''}`} importId={route.importId} n={route.n ?? null} />;
    case 'home':
      if (!loaded) return <div className="boot" role="status" aria-label={t.common.loading} />;
      return newest ? <GoTo sessionId={newest} /> : <FirstStart />;
  }
}

/** Replaces the address, so that going back does not lead here again. */
function GoTo({ sessionId }: { sessionId: SessionId }) {
  useEffect(() => replaceRoute({ name: 'session', sessionId }), [sessionId]);
  return null;
}

function newestSession(byId: ReturnType<Client['sessions']['getState']>['byId']) {
  const open = [...byId.values()].filter((session) => !session.archived);
  return open.sort((a, b) => b.updated_at - a.updated_at)[0]?.session_id ?? null;
}

/** Esc closes the sheet, and nothing under it. */
function useSheetKeys(open: boolean): void {
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      setSheet(false);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open]);
}
