import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import type { FromHost, HostState, SystemCall, ToHost } from '../host/control.ts';
import { holdAbove } from '../steps/drag.ts';
import { waitGone } from '../tools/process-tree.ts';
import { type AppProcess, startProcess } from './app-process.ts';
import { appDir, nodePath } from './built-app.ts';
import type { DesktopControls, EndedStart, LaunchOptions, Surface } from './surface.ts';

const usualViewport = { width: 1280, height: 800 };

/** Where the host runs an app from: a built bundle in another folder can be given instead of ours. */
interface HostOptions extends LaunchOptions {
  app?: string;
}

function start({
  home,
  port = 0,
  env = {},
  args = [],
  colorScheme,
  viewport = usualViewport,
  app = appDir,
  wrap = [],
  hidden = false,
}: HostOptions) {
  const [command = nodePath, ...before] = [...wrap, nodePath];
  const look = JSON.stringify({ dark: colorScheme === 'dark', ...viewport });
  const started = startProcess(
    command,
    [
      ...before,
      join(appDir, 'e2e/host/run.ts'),
      app,
      '--home',
      home,
      '--port',
      String(port),
      ...(hidden ? ['--hidden'] : []),
      ...args,
    ],
    {
      // What Node has compiled once, Playwright among it, is not compiled anew for each spec.
      env: { ...env, QUARTERDECK_HOST_LOOK: look, NODE_COMPILE_CACHE: join(appDir, 'out/.compile-cache') },
      cwd: appDir,
      ipc: true,
    },
  );
  const calls: SystemCall[] = [];
  const states = new Map<number, (state: HostState) => void>();
  const ready = new Promise<string>((resolve) => {
    started.child.on('message', (message: FromHost) => {
      if (message.type === 'ready') resolve(message.cdp);
      if (message.type === 'call') calls.push(message.call);
      if (message.type === 'state') states.get(message.id)?.(message.state);
    });
  });
  return { started, calls, states, ready };
}

/** Starts the built app on the Chromium host and waits for its page. @throws Error with the app's output when it ended instead. */
export async function launchOnHost(options: HostOptions): Promise<Surface> {
  const { started, calls, states, ready } = start(options);
  const cdp = await Promise.race([ready, started.until<string>(() => undefined)]);
  const browser = await chromium.connectOverCDP(cdp);
  const browserPid = await processIdOf(browser);
  const page = await Promise.race([appPage(browser, options.hidden ?? false), started.until<Page>(() => undefined)]);
  await page.emulateMedia({ colorScheme: options.colorScheme ?? 'light', reducedMotion: 'reduce' });
  await page.setViewportSize(options.viewport ?? usualViewport);

  async function gone() {
    const exit = await started.exited;
    await waitGone([browserPid]);
    await browser.close();
    return exit;
  }
  return {
    which: 'chromium-host',
    page,
    pid: started.pid,
    home: options.home,
    output: started.output,
    exited: started.exited,
    kill(signal) {
      started.child.kill(signal);
      return gone();
    },
    async close() {
      // An agent may still work: whoever closes means it.
      const value = { response: 0 };
      started.child.send({ type: 'answer', api: 'dialog.showMessageBox', value } satisfies ToHost);
      // Not `page`: a page that died was replaced by another one.
      const windows = browser.contexts().flatMap((context) => context.pages());
      await Promise.all(windows.map((window) => window.close()));
      return gone();
    },
    desktop: controls(started, calls, states),
  };
}

/** Starts the built app on the Chromium host and waits until it has ended by itself. */
export async function endOnHost(options: HostOptions): Promise<EndedStart> {
  const { started, calls } = start(options);
  const exit = await started.exited;
  return { ...exit, output: started.output(), calls };
}

function controls(
  started: AppProcess,
  calls: SystemCall[],
  states: Map<number, (state: HostState) => void>,
): DesktopControls {
  const tell = (message: ToHost) => void started.child.send(message);
  let lastId = 0;
  const state = () =>
    new Promise<HostState>((resolve) => {
      lastId += 1;
      states.set(lastId, resolve);
      tell({ type: 'state', id: lastId });
    });
  return {
    async answerFolderDialog(path) {
      const value = path === null ? { canceled: true, filePaths: [] } : { canceled: false, filePaths: [path] };
      tell({ type: 'answer', api: 'dialog.showOpenDialog', value });
    },
    async calls() {
      // Messages keep their order, so a state that came back stands behind every call before it. Who has ended says no more.
      if (started.child.connected) await Promise.race([state(), started.exited]);
      return [...calls];
    },
    state,
    system: {
      async pressKeys(accelerator) {
        tell({ type: 'press', accelerator });
        await state();
      },
      async takeKeys(accelerator) {
        tell({ type: 'take_keys', accelerator });
        await state();
      },
      async teachDictionary(words) {
        tell({ type: 'dictionary', words });
        await state();
      },
      async choosePopup(name) {
        tell({ type: 'popup', name });
        await state();
      },
      async hold(on, paths) {
        tell({ type: 'dropping', paths });
        await state();
        return holdAbove(on, paths);
      },
    },
    async focusWindow(id) {
      tell({ type: 'focus', contentsId: id });
      await state();
    },
    async lookAway() {
      tell({ type: 'blur' });
      await state();
    },
    async pressNotification(action) {
      tell({ type: 'notification', action: action ?? null });
      await state();
    },
    async useTray(label) {
      tell({ type: 'tray', label: label ?? null });
      await state();
    },
    async chooseMenu(...path) {
      tell({ type: 'menu', path });
      await state();
    },
  };
}

/** The page of the app's window, once it shows the app. @param hidden - it does not yet. */
async function appPage(browser: Browser, hidden: boolean): Promise<Page> {
  const context = browser.contexts()[0];
  if (context === undefined) throw new Error('Chromium has no context to drive.');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  if (hidden) return page;
  await page.waitForURL((url) => url.protocol !== 'about:', { waitUntil: 'domcontentloaded' });
  return page;
}

/** Chromium's own process (SystemInfo.getProcessInfo of the DevTools protocol). */
async function processIdOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const own = processInfo.find((process) => process.type === 'browser');
  if (own === undefined) throw new Error('Chromium does not tell its process id.');
  return own.id;
}
