import { BrowserWindow, clipboard, Menu, nativeTheme, screen } from 'electron';
import { appUrl } from './app-scheme.ts';
import { type ClickedPlace, contextMenuTemplate } from './context-menu.ts';
import { reviveDeadPage } from './revive-page.ts';
import { windowBackground } from './theme.ts';
import { placeWindow, smallestWindow, type WindowState } from './window-bounds.ts';
import type { NativeWords } from './words/native-words.ts';

export interface WindowParts {
  /** Absolute path of the built preload script. */
  preload: string;
  words(): NativeWords;
  /** Where it was; null: where a first window stands. */
  saved: WindowState | null;
  /** What its page shows first, such as `#/new`; empty: what the page chooses. */
  place: string;
  /** Whether it takes the focus once it can be seen. */
  front: boolean;
}

/**
 * Opens one window: it paints its background before its page does, and its page comes back when it died.
 */
export function openWindow({ preload, words, saved, place, front }: WindowParts): BrowserWindow {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const { maximized, ...bounds } = placeWindow(
    saved,
    [primary, ...others].map((display) => display.workArea),
  );
  const opened = new BrowserWindow({
    ...bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Quarterdeck',
    backgroundColor: windowBackground(nativeTheme.shouldUseDarkColors),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Text that streams in while the person looks elsewhere is there when they look back.
      backgroundThrottling: false,
    },
  });
  opened.once('ready-to-show', () => {
    if (maximized) opened.maximize();
    if (front) opened.show();
    else opened.showInactive();
  });
  opened.webContents.on('context-menu', (_event, at) => {
    popContextMenu(opened, at, words());
  });
  reviveDeadPage(opened, words);
  opened
    .loadURL(appUrl + place)
    .catch((error: unknown) => console.error(`The page could not be loaded: ${String(error)}`));
  return opened;
}

/** Opens the menu of a place in a window, when there is anything to offer. */
function popContextMenu(window: BrowserWindow, at: ClickedPlace & { x: number; y: number }, words: NativeWords): void {
  const { webContents } = window;
  const template = contextMenuTemplate(
    at,
    {
      replaceWith: (word) => webContents.replaceMisspelling(word),
      addToDictionary: (word) => void webContents.session.addWordToSpellCheckerDictionary(word),
      copyText: (text) => clipboard.writeText(text),
      copyImage: () => webContents.copyImageAt(at.x, at.y),
    },
    words,
  );
  if (template.length > 0) Menu.buildFromTemplate(template).popup({ window });
}
