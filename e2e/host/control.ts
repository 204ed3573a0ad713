/**
 * What the host and the test process say to each other over Node's IPC channel. The app itself never sees it.
 */
export type FromHost =
  /** Chromium runs; a driver can connect to it over CDP. */
  | { type: 'ready'; cdp: string }
  /** The app asked the system for something a person would see. */
  | { type: 'call'; call: SystemCall }
  | { type: 'state'; id: number; state: HostState };

export type ToHost =
  /** What the next dialog of this kind answers; without one it is left without a choice. */
  | { type: 'answer'; api: DialogApi; value: unknown }
  | { type: 'state'; id: number }
  /** Chooses a menu item by the labels or roles on the way to it. */
  | { type: 'menu'; path: string[] }
  /** The person goes to this window. */
  | { type: 'focus'; contentsId: number }
  /** The person goes to another app. */
  | { type: 'blur' }
  /** Presses on the notification that was shown last; `action` null: beside its buttons. */
  | { type: 'notification'; action: number | null }
  /** Clicks on the tray icon; `label`: chooses from its menu. */
  | { type: 'tray'; label: string | null }
  /** Presses keys that count in the whole system; nothing happens when nobody has them. */
  | { type: 'press'; accelerator: string }
  /** Another program has these keys. */
  | { type: 'take_keys'; accelerator: string }
  /** What a dictionary says of words, while one is used. */
  | { type: 'dictionary'; words: Record<string, string[]> }
  /** Chooses from the menu that a right click has opened, by its label or role. */
  | { type: 'popup'; name: string }
  /** These are dropped next: a page of the host cannot be asked where a file is. */
  | { type: 'dropping'; paths: string[] }
  | { type: 'quit' };

export type DialogApi = 'dialog.showOpenDialog' | 'dialog.showMessageBox';
export interface SystemCall {
  api:
    | 'shell.openExternal'
    | 'shell.openPath'
    | 'menu.popup'
    | 'powerSaveBlocker.start'
    | 'powerSaveBlocker.stop'
    | 'app.relaunch'
    | 'app.setBadgeCount'
    | 'notification.show'
    | 'notification.close'
    | 'app.hide'
    | 'app.setLoginItemSettings'
    | 'app.setAsDefaultProtocolClient'
    | 'clipboard.writeText'
    | 'webContents.copyImageAt'
    | 'session.addWordToSpellCheckerDictionary'
    | DialogApi;
  args: unknown[];
}

export interface WindowFacts {
  id: number;
  visible: boolean;
  focused: boolean;
  bounds: { x: number; y: number; width: number; height: number };
  url: string;
  backgroundColor: string;
  minimized: boolean;
  zoomFactor: number;
}
export interface HostState {
  windows: WindowFacts[];
  spelling: { on: boolean; languages: string[] };
  /** Labels or roles of the application menu, two levels. */
  menu: { item: string; submenu: string[] }[];
  /** On the screen, the oldest first. */
  notifications: { title: string; body: string; silent: boolean; actions: string[] }[];
  tray: { image: string; toolTip: string; title: string; items: string[] } | null;
}

const answers = new Map<DialogApi, unknown[]>();

export function say(message: FromHost): void {
  if (process.connected) process.send?.(message);
  else if (message.type === 'ready') console.error(`chromium-host: DevTools at ${message.cdp}`);
}

/** Tells the driver that the app called the system. */
export function record(call: SystemCall): void {
  say({ type: 'call', call: JSON.parse(JSON.stringify(call)) as SystemCall });
}

export function keepAnswer(api: DialogApi, value: unknown): void {
  answers.set(api, [...(answers.get(api) ?? []), value]);
}

/** The answer the driver prepared, or `otherwise`. */
export function takeAnswer<T>(api: DialogApi, otherwise: T): T {
  const [first, ...rest] = answers.get(api) ?? [];
  answers.set(api, rest);
  return first === undefined ? otherwise : (first as T);
}
