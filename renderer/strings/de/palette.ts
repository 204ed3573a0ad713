import type { paletteStrings as english } from '../en/palette.ts';
import type { Translation } from '../languages.ts';

export const paletteStrings = {
  palette: {
    title: 'Überallhin gehen',
    placeholder: 'Sitzung, Einstellung oder was zu tun ist',
    open: 'Suche und Befehle',
    group: {
      session: 'Diese Sitzung',
      sessions: 'Sitzungen',
      go: 'Gehe zu',
      settings: 'Einstellungen',
      look: 'Darstellung',
    },
    stop: 'Laufenden Zug anhalten',
    rename: 'Diese Sitzung umbenennen',
    panel: 'Änderungen, Plan und Verbrauch ein- oder ausblenden',
    panelTab: (tab: string) => `An der Seite zeigen: ${tab}`,
    diffUnified: 'Unterschiede: untereinander',
    diffSplit: 'Unterschiede: nebeneinander',
    archive: 'Diese Sitzung archivieren',
    unarchive: 'Diese Sitzung zurückholen',
    switchTo: (agent: string) => `Mit ${agent} weitermachen`,
    nextWaiting: 'Nächste wartende Sitzung',
    settings: (tab: string) => `Einstellungen: ${tab}`,
    theme: (theme: string) => `Farbschema: ${theme}`,
    search: (words: string) => `In allem Gesagten nach „${words}“ suchen`,
  },
  shortcuts: {
    name: {
      palette: 'Suche und Befehle',
      newSession: 'Neue Sitzung',
      newWindow: 'Neues Fenster',
      inbox: 'Eingang',
      settings: 'Einstellungen',
      previousSession: 'Sitzung darüber',
      nextSession: 'Sitzung darunter',
      nextWaiting: 'Nächste wartende Sitzung',
      focusComposer: 'Nachricht schreiben',
      focusConversation: 'Im Gespräch blättern',
      find: 'Im Gespräch suchen',
      toggleSidebar: 'Sitzungsliste ein- oder ausblenden',
      togglePanel: 'Änderungen, Plan und Verbrauch ein- oder ausblenden',
      stop: 'Laufenden Zug anhalten',
    },
  },
} satisfies Translation<typeof english>;
