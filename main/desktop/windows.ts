import { app, type BrowserWindow, nativeTheme } from 'electron';
import type { Clock } from '../base/clock.ts';
import { openWindow, type WindowParts } from './open-window.ts';
import { windowBackground } from './theme.ts';
import { nextTo } from './window-bounds.ts';
import { type KeptWindow, mostWindows, placeOf, readWindows, writeWindows } from './window-state-file.ts';

/** How long a window must stand still before its place is written, ms. */
const settleMs = 500;

/** The windows of the app. Each shows what it wants; what is asked from outside a page goes to the one used last. */
export interface Windows {
  /** Brings the window used last to the front; when there is none, opens what was open before. */
  show(): BrowserWindow;
  /** Opens one more. @param place - what it shows, such as `#/session/ID`. Null: there are as many as there may be. */
  open(place: string): BrowserWindow | null;
  /** Whether these are the contents of one of our windows. */
  owns(contentsId: number): boolean;
  /** The window of these contents. */
  of(contentsId: number): BrowserWindow | null;
  /** The one used last; null: there is none. */
  current(): BrowserWindow | null;
  /** The one used last at the end. */
  all(): readonly BrowserWindow[];
}

interface WindowsParts extends Pick<WindowParts, 'preload' | 'words'> {
  home: string;
  clock: Pick<Clock, 'after'>;
}

/**
 * Opens and remembers the windows in `home`: after a quit all of them come back, each with its bounds and what it showed. A window that a person
 * closes is forgotten, but for the last one.
 */
export function createWindows({ home, preload, words, clock }: WindowsParts): Windows {
  /** The one used last at the end. */
  let open: BrowserWindow[] = [];
  /** While the app quits, its windows close one after the other: what was written before counts. */
  let quitting = false;
  let cancelWrite: (() => void) | null = null;

  nativeTheme.on('updated', () => {
    for (const one of open) one.setBackgroundColor(windowBackground(nativeTheme.shouldUseDarkColors));
  });
  app.on('before-quit', () => {
    write();
    quitting = true;
  });

  function write(): void {
    cancelWrite?.();
    cancelWrite = null;
    if (!quitting && open.length > 0) writeWindows(home, open.map(kept));
  }
  function writeSoon(): void {
    cancelWrite?.();
    cancelWrite = clock.after(settleMs, write);
  }
  function used(window: BrowserWindow): void {
    open = [...open.filter((one) => one !== window), window];
    writeSoon();
  }

  function add(saved: KeptWindow | null, place: string, front: boolean): BrowserWindow {
    const opened = openWindow({ preload, words, saved, place, front });
    opened.on('focus', () => used(opened));
    opened.on('move', writeSoon);
    opened.on('resize', writeSoon);
    opened.webContents.on('did-navigate-in-page', writeSoon);
    // The last one is remembered as it closes; of several, the others are once it is gone.
    opened.on('close', () => {
      if (open.length === 1) write();
    });
    opened.on('closed', () => {
      open = open.filter((one) => one !== opened);
      if (open.length > 0) write();
    });
    used(opened);
    return opened;
  }

  function restore(): BrowserWindow {
    const windows = readWindows(home);
    const last = windows.pop() ?? null;
    for (const one of windows) add(one, one.place ?? '', false);
    return add(last, last?.place ?? '', true);
  }

  return {
    show() {
      // Whoever quits and is asked may stay.
      quitting = false;
      const window = open.at(-1);
      if (window === undefined) return restore();
      bringToFront(window);
      return window;
    },
    open(place) {
      if (open.length >= mostWindows) return null;
      const beside = open.at(-1);
      const saved = beside === undefined ? (readWindows(home).at(-1) ?? null) : nextTo(beside.getNormalBounds());
      return add(saved, place, true);
    },
    owns: (contentsId) => ofContents(contentsId) !== null,
    of: ofContents,
    current: () => open.at(-1) ?? null,
    all: () => open,
  };

  function ofContents(contentsId: number): BrowserWindow | null {
    return open.find((one) => !one.isDestroyed() && one.webContents.id === contentsId) ?? null;
  }
}

/** Brings a window before the person's eyes, wherever it was. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function kept(window: BrowserWindow): KeptWindow {
  return {
    ...window.getNormalBounds(),
    maximized: window.isMaximized(),
    place: placeOf(window.webContents.getURL()),
  };
}
