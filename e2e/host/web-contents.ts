import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CDPSession, Page, Request, Route } from 'playwright';
import { fromChromium, toChromium } from './addresses.ts';
import { record } from './control.ts';
import { type HostEvent, hostEvent, KnownEvents } from './events.ts';
import { ipcMainHost, type WebFrameMain } from './ipc-main.ts';
import { loud } from './loud.ts';
import { type ClickedPlace, type FromPage, installPreload, type PageDoor } from './page-side.ts';
import { answerOwnScheme } from './protocol.ts';
import { checkWord } from './spelling.ts';
import { type Session, session } from './system.ts';

interface NavigationDetails extends HostEvent {
  url: string;
}
type WebContentsEvents = {
  destroyed: [];
  'will-navigate': [event: NavigationDetails];
  /** Never fired: requests are answered here, and ours never redirect. Chromium follows those of other origins by itself. */
  'will-redirect': [event: NavigationDetails];
  /** Never fired: the host has no <webview>. */
  'will-attach-webview': [event: HostEvent];
  'context-menu': [event: HostEvent, params: ContextMenuParams];
  /** Never fired: a headless Chromium does not zoom by the wheel. */
  'zoom-changed': [event: HostEvent, direction: 'in' | 'out'];
  'render-process-gone': [event: HostEvent, details: { reason: string; exitCode: number }];
  'did-finish-load': [];
  'did-navigate-in-page': [event: HostEvent, url: string];
};
const known: (keyof WebContentsEvents)[] = [
  'destroyed',
  'will-navigate',
  'will-redirect',
  'will-attach-webview',
  'context-menu',
  'zoom-changed',
  'render-process-gone',
  'did-finish-load',
  'did-navigate-in-page',
];

export interface ContextMenuParams extends Omit<ClickedPlace, 'word'> {
  misspelledWord: string;
  dictionarySuggestions: string[];
}

type WindowOpenHandler = (details: { url: string; frameName: string }) => { action: 'deny' };

let lastId = 0;

/** The page of a window. Made before its Chromium page is; what is asked of it meanwhile waits, in order. */
export class WebContents extends KnownEvents<WebContentsEvents> {
  readonly id: number;
  readonly mainFrame: WebFrameMain;
  readonly #names = { binding: `host${randomBytes(8).toString('hex')}`, door: `door${randomBytes(8).toString('hex')}` };
  readonly #preload: string | null;
  readonly #newPage: () => Promise<Page>;
  #page: Promise<{ page: Page; cdp: CDPSession }>;
  #current: Page | null = null;
  #url = '';
  #destroyed = false;
  readonly #closedByPerson: () => void;
  /** Set while the app itself loads an address: that is not the page wandering off. */
  #loading = false;
  #windowOpen: WindowOpenHandler | null = null;
  #zoomFactor = 1;

  constructor(newPage: () => Promise<Page>, preload: string | null, closedByPerson: () => void) {
    super('webContents', known);
    lastId += 1;
    this.id = lastId;
    this.#preload = preload;
    this.#newPage = newPage;
    this.#closedByPerson = closedByPerson;
    const self = this;
    this.mainFrame = {
      parent: null,
      get url() {
        return self.#url;
      },
    };
    this.#page = this.#open();
  }

  getURL(): string {
    return this.#url;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpen = handler;
  }

  get session(): Session {
    return session.defaultSession;
  }
  /** Only remembered: a headless page has one size. */
  setZoomFactor(factor: number): void {
    this.#zoomFactor = factor;
  }
  replaceMisspelling(word: string): void {
    void this.#inDoor('replaceWord', [word]);
  }
  copyImageAt(x: number, y: number): void {
    record({ api: 'webContents.copyImageAt', args: [x, y] });
  }

  /** As in Electron: lost when there is no page to hear it. */
  send(channel: string, ...args: unknown[]): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    void this.#inDoor('deliver', [channel, args]);
  }

  reload(): void {
    this.load(this.#url).catch(() => {});
  }

  // What follows is for the host itself.

  get zoomFactor(): number {
    return this.#zoomFactor;
  }

  /** Files with these paths are dropped on this page next. */
  dropping(paths: string[]): void {
    void this.#inDoor('dropping', [paths]);
  }

  async load(url: string): Promise<void> {
    this.#url = url;
    const { page } = await this.#page;
    this.#loading = true;
    try {
      await page.goto(toChromium(url));
    } catch (error) {
      if (!this.#destroyed) console.error(`chromium-host: ${String(error).split('\n')[0]}`);
      throw new Error(`ERR_FAILED loading '${url}'`);
    } finally {
      this.#loading = false;
    }
  }

  async setColorScheme(colorScheme: 'light' | 'dark'): Promise<void> {
    await (await this.#page).page.emulateMedia({ colorScheme });
  }

  async close(): Promise<void> {
    const { page } = await this.#page;
    await page.close();
  }

  destroyed(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.fire('destroyed');
  }

  async #open(): Promise<{ page: Page; cdp: CDPSession }> {
    const page = await this.#newPage();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: this.#names.binding });
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === this.#names.binding) void this.#receive(JSON.parse(payload) as FromPage);
    });
    cdp.on('Page.windowOpen', ({ url, windowName }) => {
      this.#windowOpen?.({ url: fromChromium(url), frameName: windowName });
    });
    if (this.#preload !== null) {
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: preloadScript(this.#preload, this.#names) });
    }
    await page.route('**/*', (route) => this.#answer(page, route));
    page.on('framenavigated', (frame) => {
      if (frame !== page.mainFrame()) return;
      const [before, now] = [this.#url, fromChromium(frame.url())];
      this.#url = now;
      if (before !== now && before.split('#')[0] === now.split('#')[0])
        this.fire('did-navigate-in-page', hostEvent({}), now);
    });
    page.on('load', () => this.fire('did-finish-load'));
    page.on('pageerror', (error) => console.error(`page error: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(`page: ${message.text()}`);
    });
    page.on('close', () => {
      if (!this.#destroyed && !this.#replaced(page)) this.#closedByPerson();
    });
    page.on('crash', () => this.#crashed(page));
    this.#current = page;
    return { page, cdp };
  }

  #replaced(page: Page): boolean {
    return this.#current !== page;
  }

  /** A crashed page stays dead for DevTools; the window gets a new one. */
  #crashed(page: Page): void {
    this.#current = null;
    this.#page = this.#open();
    void this.#page.then(() => page.close());
    this.fire('render-process-gone', hostEvent({}), { reason: 'crashed', exitCode: 11 });
  }

  async #receive(message: FromPage): Promise<void> {
    if (message.kind === 'context-menu') {
      const { word, ...place } = message.args[0] as ClickedPlace;
      this.fire('context-menu', hostEvent({}), { ...place, linkURL: fromChromium(place.linkURL), ...checkWord(word) });
      return;
    }
    const url = fromChromium(message.url);
    const answer = await ipcMainHost.receive(loud('webContents', this), { url, parent: null }, message);
    if (answer !== null) await this.#inDoor('settle', [message.id, answer.ok, answer.value]);
  }

  /** Calls one function of the page's door. Lost, as in Electron, when the page is gone or has no preload script. */
  async #inDoor(name: keyof PageDoor, args: unknown[]): Promise<void> {
    const expression = `globalThis[${JSON.stringify(this.#names.door)}]?.${name}(...${JSON.stringify(args)})`;
    const { cdp } = await this.#page;
    await cdp.send('Runtime.evaluate', { expression, silent: false }).catch(() => {});
  }

  async #answer(page: Page, route: Route): Promise<void> {
    try {
      const request = route.request();
      if (!this.#loading && isTopNavigation(request, page)) {
        const event = hostEvent({ url: fromChromium(request.url()) });
        this.fire('will-navigate', event);
        // "Aborted" leaves the page as it is; every other reason shows Chromium's error page.
        if (event.defaultPrevented) return await route.abort('aborted');
      }
      if (!(await answerOwnScheme(route))) await route.continue();
    } catch (error) {
      if (!page.isClosed()) console.error(`chromium-host: a request could not be answered: ${String(error)}`);
    }
  }
}

function isTopNavigation(request: Request, page: Page): boolean {
  return request.isNavigationRequest() && request.frame() === page.mainFrame();
}

/** The preload bundle (CommonJS) as a script that Chromium runs before any of the page's. */
function preloadScript(path: string, names: { binding: string; door: string }): string {
  const bundle = readFileSync(path, 'utf8');
  const options = JSON.stringify({ ...names, platform: process.platform });
  return `(${installPreload.toString()})(function (require, exports, process) {\n${bundle}\n}, ${options});`;
}
