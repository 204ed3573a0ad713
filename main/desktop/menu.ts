import type { MenuItemConstructorOptions } from 'electron';
import { zoomSteps } from '../protocol/desktop.ts';
import type { PageCommand } from '../protocol/ipc.ts';
import type { NativeWords } from './words/native-words.ts';
import type { Zoom } from './zoom.ts';

export interface MenuActions {
  showDataFolder(): void;
  /** Opens the same interface in the browser; null when the gateway is off. */
  openInBrowser: (() => void) | null;
  newWindow(): void;
  zoom: Pick<Zoom, 'now' | 'set' | 'step'>;
  /** Asks for a folder and begins a session there. */
  openFolder(): void;
  /** Does in the page what its own keys and its palette do. */
  tell(command: PageCommand): void;
}

type Item = MenuItemConstructorOptions;
const line: Item = { type: 'separator' };

/**
 * The application menu in the reader's language. Standard roles bring their own effect, shortcuts and places in each system, and English labels, so
 * each has a label here; a command stands here only when it does something. Keys are shown and not taken: the page hears them first, wherever the
 * focus is.
 */
export function menuTemplate(platform: NodeJS.Platform, actions: MenuActions, { menu: words }: NativeWords): Item[] {
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
    ...(mac ? [appMenu(words)] : []),
    {
      role: 'fileMenu',
      label: words.file,
      submenu: [
        key(words.newSession, 'CommandOrControl+Alt+N', 'newSession'),
        {
          label: words.newWindow,
          accelerator: 'CommandOrControl+Shift+N',
          registerAccelerator: false,
          click: actions.newWindow,
        },
        { label: words.openFolder, click: actions.openFolder },
        line,
        ...(actions.openInBrowser === null ? [] : [{ label: words.openInBrowser, click: actions.openInBrowser }]),
        { label: words.showDataFolder, click: actions.showDataFolder },
        line,
        key(words.settings, 'CommandOrControl+,', 'settings'),
        line,
        mac ? { role: 'close', label: words.closeWindow } : { role: 'quit', label: words.quit },
      ],
    },
    { role: 'editMenu', label: words.edit, submenu: editItems(mac, words) },
    {
      role: 'viewMenu',
      label: words.view,
      submenu: [
        key(words.palette, 'CommandOrControl+K', 'palette'),
        key(words.sidebar, 'CommandOrControl+B', 'toggleSidebar'),
        key(words.sidePanel, 'CommandOrControl+J', 'togglePanel'),
        line,
        { role: 'reload', label: words.reload },
        { role: 'toggleDevTools', label: words.developerTools },
        line,
        ...zoomItems(actions.zoom, words),
        line,
        { role: 'togglefullscreen', label: words.fullScreen },
      ],
    },
    {
      label: words.session,
      submenu: [
        key(words.inbox, 'Alt+I', 'inbox'),
        key(words.nextWaiting, 'CommandOrControl+Shift+A', 'nextWaiting'),
        line,
        key(words.previousSession, 'Alt+Up', 'previousSession'),
        key(words.nextSession, 'Alt+Down', 'nextSession'),
        line,
        key(words.writeMessage, 'CommandOrControl+L', 'focusComposer'),
        key(words.find, 'CommandOrControl+F', 'find'),
        key(words.readConversation, 'CommandOrControl+Shift+L', 'focusConversation'),
      ],
    },
    {
      role: 'windowMenu',
      label: words.window,
      submenu: [
        { role: 'minimize', label: words.minimize },
        ...(mac
          ? ([{ role: 'zoom', label: words.zoom }, line, { role: 'front', label: words.bringAllToFront }] as Item[])
          : ([{ role: 'close', label: words.closeWindow }] as Item[])),
      ],
    },
    {
      role: 'help',
      label: words.help,
      submenu: [pane(words.shortcuts, 'shortcuts'), pane(words.diagnostics, 'diagnostics'), pane(words.about, 'about')],
    },
  ];
}

type MenuWords = NativeWords['menu'];

function appMenu(words: MenuWords): Item {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about', label: words.about },
      line,
      { role: 'services', label: words.services },
      line,
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      line,
      { role: 'quit', label: words.quit },
    ],
  };
}

/** Its own keys: they are the menu's, and no page hears them. The plus sign needs Shift on many keyboards. */
function zoomItems(zoom: MenuActions['zoom'], words: MenuWords): Item[] {
  const now = zoom.now();
  const percent = `${Math.round(now * 100)} %`;
  const larger = { label: words.zoomIn, enabled: now < Math.max(...zoomSteps), click: () => zoom.step(1) };
  return [
    {
      label: now === 1 ? words.actualSize : words.actualSizeFrom(percent),
      accelerator: 'CommandOrControl+0',
      enabled: now !== 1,
      click: () => zoom.set(1),
    },
    { ...larger, accelerator: 'CommandOrControl+Plus' },
    { ...larger, accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
    {
      label: words.zoomOut,
      accelerator: 'CommandOrControl+-',
      enabled: now > Math.min(...zoomSteps),
      click: () => zoom.step(-1),
    },
  ];
}

const editItems = (mac: boolean, words: MenuWords): Item[] => [
  { role: 'undo', label: words.undo },
  { role: 'redo', label: words.redo },
  line,
  ...clipboardItems(words),
  ...(mac ? [{ role: 'pasteAndMatchStyle', label: words.pasteAndMatchStyle } satisfies Item] : []),
  { role: 'delete', label: words.delete },
  line,
  { role: 'selectAll', label: words.selectAll },
];

export const clipboardItems = (words: MenuWords): Item[] => [
  { role: 'cut', label: words.cut },
  { role: 'copy', label: words.copy },
  { role: 'paste', label: words.paste },
];
