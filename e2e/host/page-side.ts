/** What the preload bundle asks of `electron`, in the page. */
export interface PageElectron {
  contextBridge: { exposeInMainWorld(key: string, api: object): void };
  webUtils: { getPathForFile(file: File): string };
  ipcRenderer: {
    send(channel: string, ...args: unknown[]): void;
    invoke<T>(channel: string, ...args: unknown[]): Promise<T>;
    on(channel: string, listener: (event: IpcRendererEvent, ...args: never[]) => void): unknown;
    off(channel: string, listener: (event: IpcRendererEvent, ...args: never[]) => void): unknown;
  };
}
export interface IpcRendererEvent {
  readonly senderId: number;
}

/** What stands under a right click, as the page sees it. `word`: in a field, the one that the click went to. */
export interface ClickedPlace {
  x: number;
  y: number;
  isEditable: boolean;
  selectionText: string;
  linkURL: string;
  mediaType: 'none' | 'image';
  hasImageContents: boolean;
  srcURL: string;
  word: string;
}

/** A message from the page to the host, as JSON through a CDP binding; `context-menu` has one ClickedPlace as its argument. */
export interface FromPage {
  kind: 'send' | 'invoke' | 'context-menu';
  id: number;
  url: string;
  channel: string;
  args: unknown[];
}

/** Where the host delivers messages in the page; not enumerable and named at random by the host. */
export interface PageDoor {
  deliver(channel: string, args: unknown[]): void;
  settle(id: number, ok: boolean, value: unknown): void;
  /** Puts another word in the place of the one that was clicked last. */
  replaceWord(word: string): void;
  /** Files with these paths are dropped next. */
  dropping(paths: string[]): void;
}

/**
 * Runs in the page before any of its scripts, as text: it may use nothing from outside but its parameters. Gives the preload bundle the
 * `require('electron')` of a sandboxed preload script, over a CDP binding. Unlike Electron there is one JavaScript world, so what the bridge
 * lets through is copied as `contextBridge` would (functions stay functions, everything else must be cloneable) and then frozen.
 */
export function installPreload(
  preload: (require: (name: string) => unknown, exports: object, process: object) => void,
  options: { binding: string; door: string; platform: string },
): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  const post = scope[options.binding] as (text: string) => void;
  delete scope[options.binding];
  if (window !== window.top) return;

  type Listener = (event: { senderId: number }, ...args: unknown[]) => void;
  const listeners = new Map<string, Listener[]>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;

  const cloned = (args: unknown[]): unknown[] => {
    for (const arg of args) structuredClone(arg);
    return args;
  };
  const tell = (kind: FromPage['kind'], channel: string, args: unknown[]): number => {
    lastId += 1;
    post(JSON.stringify({ kind, id: lastId, url: location.href, channel, args: cloned(args) }));
    return lastId;
  };
  const missing = <T extends object>(name: string, part: T): T =>
    new Proxy(part, {
      get(target, property) {
        if (property in target) return Reflect.get(target, property);
        throw new Error(
          `The Chromium host has no ${name}.${String(property)} in the preload script; add it to e2e/host.`,
        );
      },
    });
  const bridged = (value: unknown): unknown => {
    if (typeof value === 'function') {
      return (...args: unknown[]) => {
        for (const arg of args) if (typeof arg !== 'function') structuredClone(arg);
        return value(...args);
      };
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, field]) => [key, bridged(field)])));
  };

  let dropped: string[] = [];
  let clicked: { field: HTMLTextAreaElement | HTMLInputElement; start: number; end: number } | null = null;
  /** The word of a field at its caret, which a right click has moved there. */
  const wordIn = (field: HTMLTextAreaElement | HTMLInputElement): string => {
    const at = field.selectionStart ?? 0;
    const before = /[\p{L}\p{N}']*$/u.exec(field.value.slice(0, at))?.[0] ?? '';
    const after = /^[\p{L}\p{N}']*/u.exec(field.value.slice(at))?.[0] ?? '';
    clicked = { field, start: at - before.length, end: at + after.length };
    return before + after;
  };
  window.addEventListener('contextmenu', (event) => {
    const target = event.target instanceof Element ? event.target : document.documentElement;
    const field = target.closest<HTMLTextAreaElement | HTMLInputElement>(
      'textarea, input[type="text"], input:not([type])',
    );
    const image = target instanceof HTMLImageElement ? target : null;
    const place: ClickedPlace = {
      x: event.clientX,
      y: event.clientY,
      isEditable: field !== null,
      selectionText: String(getSelection() ?? ''),
      linkURL: target.closest('a')?.href ?? '',
      mediaType: image ? 'image' : 'none',
      hasImageContents: image !== null && image.naturalWidth > 0,
      srcURL: image?.currentSrc ?? '',
      word: field?.spellcheck ? wordIn(field) : '',
    };
    tell('context-menu', '', [place]);
  });

  const electron = missing('electron', {
    webUtils: missing('webUtils', {
      getPathForFile: (file: File) => dropped.find((path) => path.split(/[\\/]/).at(-1) === file.name) ?? '',
    }),
    contextBridge: missing('contextBridge', {
      exposeInMainWorld(key: string, api: object) {
        if (key in window)
          throw new Error(`Cannot bind an API on top of an existing property on the window object: ${key}`);
        Object.defineProperty(window, key, {
          value: bridged(api),
          enumerable: true,
          writable: false,
          configurable: false,
        });
      },
    }),
    ipcRenderer: missing('ipcRenderer', {
      send: (channel: string, ...args: unknown[]) => void tell('send', channel, args),
      invoke: (channel: string, ...args: unknown[]) =>
        new Promise((resolve, reject) => waiting.set(tell('invoke', channel, args), { resolve, reject })),
      on: (channel: string, listener: Listener) =>
        void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      off: (channel: string, listener: Listener) =>
        void listeners.set(
          channel,
          (listeners.get(channel) ?? []).filter((other) => other !== listener),
        ),
    }),
  });

  const door: PageDoor = {
    deliver(channel, args) {
      for (const listener of listeners.get(channel) ?? []) listener({ senderId: 0 }, ...args);
    },
    settle(id, ok, value) {
      const caller = waiting.get(id);
      waiting.delete(id);
      if (ok) caller?.resolve(value);
      else caller?.reject(new Error(String(value)));
    },
    replaceWord(word) {
      if (clicked === null) return;
      clicked.field.focus();
      clicked.field.setSelectionRange(clicked.start, clicked.end);
      document.execCommand('insertText', false, word);
    },
    dropping(paths) {
      dropped = paths;
    },
  };
  Object.defineProperty(window, options.door, { value: door, enumerable: false });

  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`A sandboxed preload script has no module "${name}".`);
  };
  preload(require, {}, { platform: options.platform });
}
