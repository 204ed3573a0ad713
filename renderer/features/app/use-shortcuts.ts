import { useEffect } from 'react';
import { takeMenuKeys } from '../../store/app-commands.ts';
import type { Client } from '../../store/client.ts';
import { openFind } from '../../store/find.ts';
import { goToNeighbour, goToWaiting } from '../../store/next-session.ts';
import { openWindow } from '../../store/open-window.ts';
import { paletteStore, setPalette } from '../../store/palette.ts';
import { go, routeStore } from '../../store/route.ts';
import { isChord, type ShortcutId, shortcuts, windowShortcuts } from '../../store/shortcuts.ts';
import { sheetIsOpen, togglePanel } from '../../store/side-panel.ts';
import { showSidebar, sidebarShown } from '../../store/sidebar-shown.ts';

/** Esc is the conversation's own: it also has to know what lies on top. */
type Global = Exclude<ShortcutId, 'stop'>;

const inSession = (): boolean => routeStore.getState().name === 'session';
const focus = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();

/** The keys that count wherever the focus is. While a dialog is open only the palette's own key does anything. */
export function useShortcuts(client: Client): void {
  useEffect(() => {
    const does: Readonly<Record<Global, () => void>> = {
      palette: () => setPalette(!paletteStore.getState().open),
      newSession: () => go({ name: 'new' }),
      newWindow: () => void openWindow(client, null),
      inbox: () => go({ name: 'inbox' }),
      settings: () => go({ name: 'settings', tab: 'providers' }),
      previousSession: () => goToNeighbour(client, -1),
      nextSession: () => goToNeighbour(client, 1),
      nextWaiting: () => goToWaiting(client),
      focusComposer: () => focus('.composer-input'),
      focusConversation: () => focus('.transcript-scroller'),
      find: () => {
        const route = routeStore.getState();
        if (route.name === 'session') openFind(route.sessionId);
      },
      toggleSidebar: () => showSidebar(!sidebarShown.getState().shown),
      togglePanel: () => inSession() && togglePanel(),
    };
    const has = (id: Global): boolean =>
      (client.bridge.kind === 'window' || !windowShortcuts.has(id)) && (id !== 'find' || inSession());
    const onKey = (event: KeyboardEvent): void => {
      // Where keys are chosen they do nothing else.
      const taken = event.target instanceof Element && event.target.closest('[data-takes-keys]') !== null;
      if (event.defaultPrevented || event.isComposing || taken) return;
      // The palette was asked for and is still on its way: Esc takes that back, and stops nothing under it.
      if (event.key === 'Escape' && paletteStore.getState().open && !document.querySelector('dialog[open]')) {
        event.preventDefault();
        setPalette(false);
        return;
      }
      const id = (Object.keys(does) as Global[]).find((one) => has(one) && isChord(event, shortcuts[one]));
      // The panel may be a dialog itself, as a sheet; its own key takes it away again.
      const own = id === 'palette' || (id === 'togglePanel' && sheetIsOpen());
      if (!id || (!own && document.querySelector('dialog[open]'))) return;
      event.preventDefault();
      if (!event.repeat || id === 'previousSession' || id === 'nextSession') does[id]();
    };
    const leaveMenu = takeMenuKeys((id) => {
      if (id === 'palette' || !document.querySelector('dialog[open]')) does[id]();
    });
    // Before the keys of what is under it.
    window.addEventListener('keydown', onKey, true);
    return () => {
      leaveMenu();
      window.removeEventListener('keydown', onKey, true);
    };
  }, [client]);
}
