import { app, BrowserWindow, dialog, Menu, nativeTheme, screen } from 'electron';
import { appUrl } from './app-scheme.ts';
import { afterPageDeath } from './crash-policy.ts';
import { contextMenuTemplate } from './menu.ts';
import { windowBackground } from './theme.ts';
import { placeWindow, smallestWindow } from './window-bounds.ts';
import { readWindowState, writeWindowState } from './window-state-file.ts';
import type { NativeWords } from './words/native-words.ts';

export interface MainWindow {
  /** Brings the window to the front, or opens it when there is none. */
  show(): void;
  /** Whether these are the contents of our window. */
  owns(contentsId: number): boolean;
  current(): BrowserWindow | null;
}

export interface WindowParts {
  home: string;
  /** Absolute path of the built preload script. */
  preload: string;
  words(): NativeWords;
}

/**
 * The one window. It remembers its place in `home`, paints its background before its page does, and comes back when its page died.
 */
export function createMainWindow({ home, preload, words }: WindowParts): MainWindow {
  let window: BrowserWindow | null = null;

  nativeTheme.on('updated', () => window?.setBackgroundColor(windowBackground(nativeTheme.shouldUseDarkColors)));

  function open(): BrowserWindow {
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
    const { maximized, ...bounds } = placeWindow(
      readWindowState(home),
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
      opened.show();
    });
    opened.on('close', () => {
      writeWindowState(home, { ...opened.getNormalBounds(), maximized: opened.isMaximized() });
    });
    opened.on('closed', () => {
      if (window === opened) window = null;
    });
    opened.webContents.on('context-menu', (_event, at) => {
      const template = contextMenuTemplate(at, words());
      if (template.length > 0) Menu.buildFromTemplate(template).popup({ window: opened });
    });
    reviveDeadPage(opened, words);
    opened.loadURL(appUrl).catch((error: unknown) => console.error(`The page could not be loaded: ${String(error)}`));
    return opened;
  }

  return {
    show() {
      if (window === null) {
        window = open();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    owns: (contentsId) => window !== null && !window.isDestroyed() && window.webContents.id === contentsId,
    current: () => window,
  };
}

function reviveDeadPage(window: BrowserWindow, words: () => NativeWords): void {
  let deaths: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const verdict = afterPageDeath(deaths, Date.now());
    deaths = verdict.deaths;
    console.error(`The page of the window ended unexpectedly (${reason}).`);
    if (verdict.action === 'reload') {
      window.webContents.reload();
      void dialog.showMessageBox(window, {
        type: 'warning',
        message: words().pageDied.reloaded,
        detail: words().pageDied.reloadedMeans,
        buttons: [words().ok],
      });
      return;
    }
    void askAboutDyingPage(window, words().pageDied);
  });
}

async function askAboutDyingPage(window: BrowserWindow, words: NativeWords['pageDied']): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: words.keepsDying,
    detail: words.keepsDyingMeans,
    buttons: [words.loadAgain, words.quit],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) app.quit();
  else if (!window.isDestroyed()) window.webContents.reload();
}
