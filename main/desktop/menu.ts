import type { MenuItemConstructorOptions } from 'electron';
import type { PageCommand } from '../protocol/ipc.ts';

export interface MenuActions {
  showDataFolder(): void;
  /** Opens the same interface in the browser; null when the gateway is off. */
  openInBrowser: (() => void) | null;
  /** Asks for a folder and begins a session there. */
  openFolder(): void;
  /** Does in the page what its own keys and its palette do. */
  tell(command: PageCommand): void;
}

type Item = MenuItemConstructorOptions;
const line: Item = { type: 'separator' };

/**
 * The application menu. Standard roles bring their own labels, shortcuts and places in each system; a command stands here only when it
 * does something. Keys are shown and not taken: the page hears them first, wherever the focus is.
 */
export function menuTemplate(platform: NodeJS.Platform, actions: MenuActions): Item[] {
  const mac = platform === 'darwin';
  const key = (label: string, accelerator: string, id: Extract<PageCommand, { type: 'shortcut' }>['id']): Item => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => actions.tell({ type: 'shortcut', id }),
  });
  const pane = (label: string, tab: Extract<PageCommand, { type: 'settings' }>['tab']): Item => ({
    label,
    click: () => actions.tell({ type: 'settings', tab }),
  });
  return [
    ...(mac ? [{ role: 'appMenu' } satisfies Item] : []),
    {
      role: 'fileMenu',
      submenu: [
        key('New Session', 'CommandOrControl+Alt+N', 'newSession'),
        { label: 'Open Folder…', click: actions.openFolder },
        line,
        ...(actions.openInBrowser === null ? [] : [{ label: 'Open in Browser', click: actions.openInBrowser }]),
        { label: 'Show Data Folder', click: actions.showDataFolder },
        line,
        key('Settings', 'CommandOrControl+,', 'settings'),
        line,
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      role: 'viewMenu',
      submenu: [
        key('Command Palette', 'CommandOrControl+K', 'palette'),
        key('Sidebar', 'CommandOrControl+B', 'toggleSidebar'),
        key('Side Panel', 'CommandOrControl+J', 'togglePanel'),
        line,
        { role: 'reload' },
        { role: 'toggleDevTools' },
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        line,
        { role: 'togglefullscreen' },
      ],
    },
    {
      label: 'Session',
      submenu: [
        key('Inbox', 'Alt+I', 'inbox'),
        key('Next That Waits', 'CommandOrControl+Shift+A', 'nextWaiting'),
        line,
        key('Previous Session', 'Alt+Up', 'previousSession'),
        key('Next Session', 'Alt+Down', 'nextSession'),
        line,
        key('Write a Message', 'CommandOrControl+L', 'focusComposer'),
        key('Read the Conversation', 'CommandOrControl+Shift+L', 'focusConversation'),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        pane('Keyboard Shortcuts', 'shortcuts'),
        pane('Diagnostics', 'diagnostics'),
        pane('About Quarterdeck', 'about'),
      ],
    },
  ];
}

/** What a right click offers: what the place under the pointer can do. */
export function contextMenuTemplate(at: { isEditable: boolean; selectionText: string }): MenuItemConstructorOptions[] {
  if (at.isEditable) {
    return [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ];
  }
  return at.selectionText.trim() === '' ? [] : [{ role: 'copy' }];
}
