import { appHost } from './app.ts';
import { appState } from './app-state.ts';
import { type HostEvent, hostEvent, KnownEvents } from './events.ts';
import { loud } from './loud.ts';
import { newPage } from './run-state.ts';
import type { NativeImage } from './tray.ts';
import { WebContents } from './web-contents.ts';

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface WebPreferences {
  preload?: string;
  contextIsolation?: boolean;
  sandbox?: boolean;
  nodeIntegration?: boolean;
  webviewTag?: boolean;
  navigateOnDragDrop?: boolean;
  backgroundThrottling?: boolean;
}
export interface BrowserWindowConstructorOptions extends Partial<Bounds> {
  minWidth?: number;
  minHeight?: number;
  show?: boolean;
  title?: string;
  backgroundColor?: string;
  webPreferences?: WebPreferences;
}
type WindowEvents = {
  'ready-to-show': [];
  close: [event: HostEvent];
  closed: [];
  focus: [];
  /** Never fired: nobody can take hold of a window here. */
  move: [];
  resize: [];
};

const open = new Set<HostWindow>();

/**
 * A window: a page of the headless Chromium. Place, size and focus are only remembered (there is no screen); the viewport is the driver's.
 */
class HostWindow extends KnownEvents<WindowEvents> {
  readonly #contents: WebContents;
  readonly webContents: WebContents;
  #bounds: Bounds;
  #visible: boolean;
  #maximized = false;
  #minimized = false;
  #focused = false;
  #destroyed = false;
  #backgroundColor: string;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', ['ready-to-show', 'close', 'closed', 'focus', 'move', 'resize']);
    if (!appState.ready) throw new Error('Cannot create BrowserWindow before app is ready');
    const { preload, ...preferences } = options.webPreferences ?? {};
    insist(preferences);
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.#visible = options.show ?? true;
    this.#backgroundColor = options.backgroundColor ?? '#ffffff';
    this.#contents = new WebContents(newPage, preload ?? null, () => this.#close());
    this.webContents = loud('webContents', this.#contents);
    open.add(this);
    appHost.fire('browser-window-created', hostEvent({}));
    appHost.fire('web-contents-created', hostEvent({}), this.webContents);
    this.#contents.once('did-finish-load', () => this.fire('ready-to-show'));
  }

  static getAllWindows(): HostWindow[] {
    return [...open];
  }
  static getFocusedWindow(): HostWindow | null {
    return [...open].find((window) => window.#focused) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.#contents.load(url);
  }

  show(): void {
    this.#visible = true;
    this.focus();
  }
  showInactive(): void {
    this.#visible = true;
  }
  focus(): void {
    if (this.#focused) return;
    for (const other of open) other.#focused = false;
    this.#focused = true;
    this.fire('focus');
    appHost.fire('browser-window-focus', hostEvent({}));
  }
  restore(): void {
    this.#minimized = false;
  }
  maximize(): void {
    this.#maximized = true;
  }
  /** Windows alone has it. */
  setOverlayIcon(_icon: NativeImage | null, _description: string): void {}
  minimize(): void {
    this.#minimized = true;
    this.#focused = false;
  }
  isFocused(): boolean {
    return this.#focused;
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  isMaximized(): boolean {
    return this.#maximized;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  getNormalBounds(): Bounds {
    return { ...this.#bounds };
  }
  setBackgroundColor(color: string): void {
    this.#backgroundColor = color;
  }

  /** Asks the window to close, as its close button does; false when the app refused. */
  close(): boolean {
    if (this.#destroyed) return true;
    const event = hostEvent({});
    this.fire('close', event);
    if (event.defaultPrevented) return false;
    this.#gone();
    return true;
  }

  /** The person closed the page: the app is asked, but there is nothing left to keep. */
  #close(): void {
    if (this.#destroyed) return;
    this.fire('close', hostEvent({}));
    this.#gone();
  }

  #gone(): void {
    this.#destroyed = true;
    open.delete(this);
    void this.#contents.close().catch(() => {});
    this.#contents.destroyed();
    this.fire('closed');
    if (open.size === 0) appHost.windowsAllClosed();
  }

  // What follows is for the host itself.

  /** Another app is in front. */
  blur(): void {
    this.#focused = false;
  }

  facts() {
    return {
      id: this.#contents.id,
      visible: this.#visible,
      focused: this.#focused,
      bounds: this.getNormalBounds(),
      url: this.#contents.getURL(),
      backgroundColor: this.#backgroundColor,
      minimized: this.#minimized,
      zoomFactor: this.#contents.zoomFactor,
    };
  }

  get contents(): WebContents {
    return this.#contents;
  }
}

/** The preferences that make a page safe; the host cannot honour others, so it refuses to pretend. */
function insist(preferences: WebPreferences): void {
  const { contextIsolation = true, sandbox = true, nodeIntegration = false, webviewTag = false } = preferences;
  if (!contextIsolation || !sandbox || nodeIntegration || webviewTag) {
    throw new Error('The Chromium host only has isolated, sandboxed pages without Node and without <webview>.');
  }
}

export const BrowserWindow: typeof HostWindow = new Proxy(HostWindow, {
  construct: (target, args: [BrowserWindowConstructorOptions?]) => loud('BrowserWindow', new target(...args)),
});
export type BrowserWindow = HostWindow;

/** For the host itself: every window that is open. */
export const openWindows = (): HostWindow[] => [...open];
appHost.closeWindows = () => openWindows().every((window) => window.close());
