import { join } from 'node:path';
import { appState } from './app-state.ts';
import { record } from './control.ts';
import { type HostEvent, hostEvent, KnownEvents } from './events.ts';
import { loud } from './loud.ts';
import { stopChromium } from './run-state.ts';
import { askFirstInstance, listenForInstances } from './single-instance.ts';
import type { WebContents } from './web-contents.ts';

type AppEvents = {
  /** Never fired: these three are macOS's. */
  activate: [event: HostEvent];
  'open-file': [event: HostEvent, path: string];
  'open-url': [event: HostEvent, url: string];
  /** After a window was made; it is not handed over, nobody here asks for it. */
  'browser-window-created': [event: HostEvent];
  'browser-window-focus': [event: HostEvent];
  'before-quit': [event: HostEvent];
  'will-quit': [event: HostEvent];
  quit: [event: HostEvent, exitCode: number];
  'second-instance': [event: HostEvent, argv: string[], workingDirectory: string];
  'web-contents-created': [event: HostEvent, contents: WebContents];
  'window-all-closed': [];
};
const known: (keyof AppEvents)[] = [
  'activate',
  'open-file',
  'open-url',
  'browser-window-created',
  'browser-window-focus',
  'before-quit',
  'will-quit',
  'quit',
  'second-instance',
  'web-contents-created',
  'window-all-closed',
];

class App extends KnownEvents<AppEvents> {
  readonly isPackaged = false;
  readonly #paths = new Map<string, string>();
  readonly #ready = Promise.withResolvers<void>();
  #quitting = false;
  #exiting = false;
  /** Set by the windows: closes all; false when one refused. */
  closeWindows: () => boolean = () => true;

  constructor() {
    super('app', known);
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  isReady(): boolean {
    return appState.ready;
  }
  getVersion(): string {
    return appState.version;
  }
  getName(): string {
    return appState.name;
  }
  getAppPath(): string {
    return appState.appPath;
  }
  getPath(name: 'userData'): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`The Chromium host has no path "${name}" but those the app sets.`);
    return path;
  }
  setPath(name: 'userData', path: string): void {
    if (appState.ready) throw new Error(`The Chromium host is running already: "${name}" is set too late.`);
    this.#paths.set(name, path);
  }

  /** As a browser tells them: from the environment of a start. */
  getPreferredSystemLanguages(): string[] {
    return (process.env.LANGUAGE ?? 'en').split(':').map((tag) => tag.replace('_', '-'));
  }

  /** Windows alone has it. */
  setAppUserModelId(_id: string): void {}
  /** Of macOS, where every app can be hidden. */
  hide(): void {
    record({ api: 'app.hide', args: [] });
  }

  // A Linux has no login items; the app writes a file instead.
  getLoginItemSettings(_options?: { path: string; args: string[] }): {
    openAtLogin: boolean;
    wasOpenedAtLogin: boolean;
    executableWillLaunchAtLogin: boolean;
    status: string;
  } {
    return { openAtLogin: false, wasOpenedAtLogin: false, executableWillLaunchAtLogin: false, status: 'not-found' };
  }
  setLoginItemSettings(settings: { openAtLogin: boolean; path?: string; args?: string[] }): void {
    record({ api: 'app.setLoginItemSettings', args: [settings] });
  }

  isDefaultProtocolClient(_scheme: string, _path?: string, _args?: string[]): boolean {
    return false;
  }
  setAsDefaultProtocolClient(scheme: string, path?: string, args?: string[]): boolean {
    record({ api: 'app.setAsDefaultProtocolClient', args: [scheme, path, args] });
    return true;
  }
  getApplicationNameForProtocol(_url: string): string {
    return '';
  }

  setBadgeCount(count: number): boolean {
    record({ api: 'app.setBadgeCount', args: [count] });
    return true;
  }

  requestSingleInstanceLock(): boolean {
    const socket = join(this.getPath('userData'), 'instance.sock');
    if (askFirstInstance(socket, { argv: process.argv, cwd: process.cwd() })) return false;
    listenForInstances(socket, ({ argv, cwd }) => this.fire('second-instance', hostEvent({}), argv, cwd));
    return true;
  }

  /** Only noted: a second program of a test would be nobody's. */
  relaunch(options: { execPath: string; args: string[] }): void {
    record({ api: 'app.relaunch', args: [options] });
  }

  quit(): void {
    if (this.#quitting || this.#exiting) return;
    const before = hostEvent({});
    this.fire('before-quit', before);
    if (before.defaultPrevented) return;
    this.#quitting = true;
    const closed = this.closeWindows();
    this.#quitting = false;
    if (closed) this.#willQuit();
  }

  exit(code = 0): void {
    if (this.#exiting) return;
    this.#exiting = true;
    this.fire('quit', hostEvent({}), code);
    void stopChromium().finally(() => process.exit(code));
  }

  #willQuit(): void {
    const will = hostEvent({});
    this.fire('will-quit', will);
    if (!will.defaultPrevented) this.exit(0);
  }

  // What follows is for the host itself.

  get exiting(): boolean {
    return this.#exiting;
  }

  becomeReady(): void {
    appState.ready = true;
    this.#ready.resolve();
  }

  windowsAllClosed(): void {
    if (this.#quitting || this.#exiting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.fire('window-all-closed');
  }
}

export const appHost = new App();
export const app = loud('app', appHost);
