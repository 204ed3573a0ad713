import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { useStore } from 'zustand';
import type { Bridge } from './bridge.ts';
import { App } from './features/app/app.tsx';
import { fetchConversation } from './features/app/panes.tsx';
import { doPageCommand } from './store/app-commands.ts';
import { applyLook } from './store/appearance.ts';
import { Client } from './store/client.ts';
import { draftSyncOf } from './store/draft-sync.ts';
import { leaveDrafts } from './store/drafts.ts';
import { followChoices } from './store/follow-choices.ts';
import { atFrames, letKeysGoFirst } from './store/frame-scheduler.ts';
import { startLanguage } from './store/language.ts';
import { layers } from './store/layers.ts';
import { outliveGateway } from './store/outlive-gateway.ts';
import { startPageNotices } from './store/page-notices.ts';
import { applyPaneWidths } from './store/pane-width.ts';
import { followAddress } from './store/route.ts';
import { deliverOutbox } from './store/send-message.ts';
import { registerShellWorker } from './store/shell-worker.ts';
import { tellWhatIsShown } from './store/shown-place.ts';
import { applyTheme } from './store/theme.ts';
import { localeStore, spokenLanguage } from './strings/index.ts';
import './styles/index.css';
import { keepFocus } from './ui/keep-focus.ts';
import { keepPageOnDrop } from './ui/keep-page.ts';
import { keepAboveKeyboard } from './ui/keyboard-room.ts';

/** Puts the app on the page. */
export function mountApp(bridge: Bridge): Client {
  // One that cannot be fetched is asked for again, and its failure told, where it is to be shown.
  const conversation = fetchConversation().catch(() => {});
  applyTheme();
  applyLook();
  applyPaneWidths();
  followChoices();
  letKeysGoFirst();
  const client = new Client({ bridge, schedule: atFrames });
  // Before the hello, which lets what waits come.
  bridge.onCommand?.(doPageCommand);
  client.start();
  followAddress();
  window.addEventListener('popstate', layers.moved);
  keepAboveKeyboard();
  keepFocus();
  keepPageOnDrop();
  deliverOutbox(client);
  const drafts = draftSyncOf(client);
  window.addEventListener('pagehide', () => {
    drafts.flush();
    leaveDrafts();
  });
  if (bridge.kind === 'browser') {
    outliveGateway(client);
    // It keeps what has been fetched.
    void conversation.then(registerShellWorker);
    startPageNotices(client);
  }
  // The menus, the dialogs and the notifications around the page speak as it does.
  const tellLanguage = () => bridge.note?.({ type: 'language', language: spokenLanguage() });
  localeStore.subscribe(tellLanguage);
  tellWhatIsShown(bridge);
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element with the id "root"');
  void startLanguage().then(() => {
    tellLanguage();
    createRoot(root).render(
      <StrictMode>
        <InLanguage client={client} />
      </StrictMode>,
    );
  });
  return client;
}

/** Another language draws everything anew: no text is followed by itself. What is typed, opened and scrolled to is in stores and survives. */
function InLanguage({ client }: { client: Client }) {
  const locale = useStore(localeStore, (view) => view.locale);
  return <App key={locale} client={client} />;
}
