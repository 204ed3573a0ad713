/** What the app does outward, as it is remembered in the page: in order, in words. */
export interface Outward {
  readonly told: string[];
  /** How many parts of the app are being fetched, or may not be shown yet. */
  fetching: () => number;
  /** From now on nothing moves by itself: clocks and streams stand. */
  freeze: () => void;
}

/**
 * Runs in the page, before anything of the app: one function, for it is sent as text. Frames, addresses, the clipboard, files and downloads are
 * remembered; nothing of it leads the page away, or opens something of the system that would stand over it.
 */
export function installOutward(): void {
  const told: string[] = [];
  let frozen = false;
  // What a scene before has had remembered is not of this one.
  localStorage.clear();
  sessionStorage.clear();

  interface Bridge {
    send: (frame: { type: string }) => boolean;
    openExternal: (url: string) => void;
  }
  let bridge: Bridge | undefined;
  // The gallery puts its bridge there.
  Object.defineProperty(window, 'bridge', {
    get: () => bridge,
    set: (made: Bridge) => {
      bridge = made;
      const send = made.send.bind(made);
      made.send = (frame) => {
        if (frame.type !== 'ping') told.push(`frame ${frame.type}`);
        return send(frame);
      };
      made.openExternal = (url) => void told.push(`opens ${url}`);
      for (const name of ['reconnectNow', 'forget', 'connectWithKey'] as const) {
        for (const owner of [made, (made as unknown as { sealed?: object }).sealed]) {
          const own = (owner as Record<string, unknown> | undefined)?.[name];
          if (typeof own !== 'function') continue;
          Object.defineProperty(owner, name, {
            value: (...args: unknown[]) => {
              told.push(name);
              return own.apply(owner, args);
            },
          });
        }
      }
    },
  });
  const note =
    <T>(what: string, value: T) =>
    async () => {
      told.push(what);
      return value;
    };
  const clipboard = {
    writeText: note('clipboard', undefined),
    write: note('clipboard', undefined),
    readText: note('', ''),
  };
  Object.defineProperty(navigator, 'clipboard', { value: clipboard });
  // One that stands nowhere in the page is pressed to save something; its click comes by nobody.
  const { click } = HTMLElement.prototype;
  HTMLAnchorElement.prototype.click = function () {
    if (this.isConnected) click.call(this);
    else told.push(this.download ? 'downloads' : `opens ${this.href}`);
  };
  window.open = () => {
    told.push('opens a window');
    return null;
  };
  if ('Notification' in window)
    Notification.requestPermission = async () => {
      told.push('asks the browser');
      return 'default';
    };
  // A form with something missing: the browser says so at the field, which is no change of the page.
  document.addEventListener('invalid', () => told.push('says what is missing'), true);
  HTMLInputElement.prototype.showPicker = () => void told.push('opens a picker');
  // Nothing may lead the page away: a click on a link or on a field for files is told, and goes no further.
  window.addEventListener('click', (event) => {
    const target = (event.target as Element | null)?.closest?.('a[href], input[type=file]');
    if (!target || event.defaultPrevented) return;
    const href = target.getAttribute('href') ?? '';
    if (target instanceof HTMLInputElement) told.push('opens a dialog for files');
    else if (target.hasAttribute('download')) told.push('downloads');
    else if (href.startsWith('#')) return;
    else told.push(`opens ${href}`);
    event.preventDefault();
  });
  const every = window.setInterval.bind(window);
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of two worlds
  (window as any).setInterval = (run: () => void, ms: number) => every(() => frozen || run(), ms);

  // The gallery hands what it fetches to this. React shows it up to 300 ms later, where something else stood in its place meanwhile.
  let fetching = 0;
  Object.assign(window, {
    fetching: (part: Promise<unknown>) => {
      fetching += 1;
      const end = () =>
        setTimeout(() => {
          fetching -= 1;
        }, 330);
      part.then(end, end);
      return part;
    },
  });

  const outward: Outward = {
    told,
    fetching: () => fetching,
    freeze: () => {
      frozen = true;
    },
  };
  Object.assign(window, { outward });
}
