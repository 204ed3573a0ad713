import type { BrowserWindow } from './browser-window.ts';
import { record, takeAnswer } from './control.ts';
import { type HostEvent, KnownEvents } from './events.ts';
import { loud } from './loud.ts';
import { grantPermissions } from './run-state.ts';
import { spelling } from './spelling.ts';
import type { WebContents } from './web-contents.ts';

/** What would be seen or opened outside the window is told to the driver instead. */
export const shell = loud('shell', {
  async openExternal(url: string): Promise<void> {
    record({ api: 'shell.openExternal', args: [url] });
  },
  async openPath(path: string): Promise<string> {
    record({ api: 'shell.openPath', args: [path] });
    return '';
  },
});

export interface OpenDialogOptions {
  title?: string;
  buttonLabel?: string;
  properties?: ('openDirectory' | 'createDirectory' | 'openFile')[];
}
interface MessageBoxOptions {
  type?: 'error' | 'warning' | 'info';
  title?: string;
  message: string;
  detail?: string;
  buttons?: string[];
  defaultId?: number;
  cancelId?: number;
}

type WithParent<T> = [options: T] | [parent: BrowserWindow, options: T];

export const dialog = loud('dialog', {
  async showOpenDialog(...args: WithParent<OpenDialogOptions>): Promise<{ canceled: boolean; filePaths: string[] }> {
    record({ api: 'dialog.showOpenDialog', args: [args.at(-1)] });
    return takeAnswer('dialog.showOpenDialog', { canceled: true, filePaths: [] });
  },
  async showMessageBox(...args: WithParent<MessageBoxOptions>): Promise<{ response: number }> {
    const options = args.at(-1) as MessageBoxOptions;
    record({ api: 'dialog.showMessageBox', args: [options] });
    return takeAnswer('dialog.showMessageBox', { response: options.cancelId ?? 0 });
  },
});

/** Never fired: there is no screen. */
class PowerMonitor extends KnownEvents<{ 'lock-screen': []; 'unlock-screen': [] }> {
  constructor() {
    super('powerMonitor', ['lock-screen', 'unlock-screen']);
  }
}
export const powerMonitor = loud('powerMonitor', new PowerMonitor());

let lastBlocker = 0;
export const powerSaveBlocker = loud('powerSaveBlocker', {
  start(type: 'prevent-app-suspension'): number {
    lastBlocker += 1;
    record({ api: 'powerSaveBlocker.start', args: [type] });
    return lastBlocker;
  },
  stop(id: number): boolean {
    record({ api: 'powerSaveBlocker.stop', args: [id] });
    return true;
  },
});

class NativeTheme extends KnownEvents<{ updated: [] }> {
  shouldUseDarkColors = false;
  constructor() {
    super('nativeTheme', ['updated']);
  }
}
export const nativeThemeHost = new NativeTheme();
export const nativeTheme = loud('nativeTheme', nativeThemeHost);

interface Display {
  id: number;
  workArea: { x: number; y: number; width: number; height: number };
}
const onlyDisplay: Display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
export const screen = loud('screen', {
  getPrimaryDisplay: (): Display => onlyDisplay,
  getAllDisplays: (): Display[] => [onlyDisplay],
});

/** Electron's names of permissions, and Chromium's for the same. */
const permissions = {
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  geolocation: 'geolocation',
  media: 'camera',
  midi: 'midi',
  notifications: 'notifications',
} as const;
type Permission = keyof typeof permissions;

export const clipboard = loud('clipboard', {
  writeText(text: string): void {
    record({ api: 'clipboard.writeText', args: [text] });
  },
});

type SessionEvents = {
  /** Never fired: the host fetches nothing. */
  'spellcheck-dictionary-download-failure': [event: HostEvent, languageCode: string];
  'spellcheck-dictionary-download-success': [event: HostEvent, languageCode: string];
};

export interface Session extends KnownEvents<SessionEvents> {
  readonly availableSpellCheckerLanguages: string[];
  setSpellCheckerEnabled(on: boolean): void;
  setSpellCheckerLanguages(languages: string[]): void;
  addWordToSpellCheckerDictionary(word: string): boolean;
  setPermissionRequestHandler(
    handler: (contents: WebContents, permission: string, answer: (granted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: (contents: WebContents | null, permission: string) => boolean): void;
  setDevicePermissionHandler(handler: (details: object) => boolean): void;
}

/**
 * Headless Chromium refuses what was not granted and asks nobody. So the app's check handler is asked beforehand, for a page of the app's own,
 * about every permission there is, and what it allows is granted.
 */
let checkHandler: ((contents: WebContents | null, permission: string) => boolean) | null = null;
const sessionEvents = new KnownEvents<SessionEvents>('session', [
  'spellcheck-dictionary-download-failure',
  'spellcheck-dictionary-download-success',
]);
const defaultSession: Session = Object.assign(sessionEvents, spelling, {
  setPermissionRequestHandler() {},
  setPermissionCheckHandler(handler: typeof checkHandler) {
    checkHandler = handler;
  },
  setDevicePermissionHandler() {},
});
export const session = loud('session', { defaultSession: loud('session', defaultSession) });

/** For the host itself: asks the app's handler, once there is a page. */
export async function applyPermissions(contents: WebContents): Promise<void> {
  const names = Object.keys(permissions) as Permission[];
  await grantPermissions(
    names.filter((name) => checkHandler?.(contents, name) ?? true).map((name) => permissions[name]),
  );
}
