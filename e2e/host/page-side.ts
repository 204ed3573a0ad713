/** What the preload bundle asks of `electron`, in the page. */
export interface PageElectron {
  contextBridge: { exposeInMainWorld(key: string, api: object): void };
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

/** A message from the page to the host, as JSON through a CDP binding. */
export interface FromPage {
  kind: 'send' | 'invoke';
  id: number;
  url: string;
  channel: string;
  args: unknown[];
}

/** Where the host delivers messages in the page; not enumerable and named at random by the host. */
export interface PageDoor {
  deliver(channel: string, args: unknown[]): void;
  settle(id: number, ok: boolean, value: unknown): void;
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
  const tell = (kind: 'send' | 'invoke', channel: string, args: unknown[]): number => {
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

  const electron = missing('electron', {
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
  };
  Object.defineProperty(window, options.door, { value: door, enumerable: false });

  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`A sandboxed preload script has no module "${name}".`);
  };
  preload(require, {}, { platform: options.platform });
}
