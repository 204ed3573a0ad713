import type { ShortcutId } from '../../store/shortcuts.ts';

export const paletteStrings = {
  palette: {
    title: 'Go to anything',
    placeholder: 'Go to a session, a setting, or say what to do',
    open: 'Search and commands',
    group: {
      session: 'This session',
      sessions: 'Sessions',
      go: 'Go to',
      settings: 'Settings',
      look: 'Appearance',
    },
    stop: 'Stop the running turn',
    rename: 'Rename this session',
    panel: 'Show or hide changes, plan and usage',
    panelTab: (tab: string) => `Show at the side: ${tab}`,
    diffUnified: 'Differences: one below the other',
    diffSplit: 'Differences: side by side',
    archive: 'Archive this session',
    unarchive: 'Bring this session back',
    switchTo: (agent: string) => `Go on with ${agent}`,
    nextWaiting: 'Next session that waits for you',
    settings: (tab: string) => `Settings: ${tab}`,
    theme: (theme: string) => `Theme: ${theme}`,
    search: (words: string) => `Search everything that was said for “${words}”`,
  },
  shortcuts: {
    name: {
      palette: 'Search and commands',
      newSession: 'New session',
      settings: 'Settings',
      previousSession: 'Session above',
      nextSession: 'Session below',
      nextWaiting: 'Next session that waits for you',
      focusComposer: 'Write a message',
      focusConversation: 'Scroll the conversation',
      toggleSidebar: 'Show or hide the session list',
      togglePanel: 'Show or hide changes, plan and usage',
      stop: 'Stop the running turn',
    } satisfies Record<ShortcutId, string>,
  },
};
