import { join } from 'node:path';
import type { Browser } from 'playwright';
import { startProcess } from './app-process.ts';
import { appDir, nodePath } from './built-app.ts';
import type { EndedStart, LaunchOptions, Surface } from './surface.ts';

/** The line `headless.js --json` prints once it serves. `open_url`: the one-time link. */
interface Listening {
  event: 'listening';
  url: string;
  open_url: string;
  pid: number;
  home: string;
}

/** What a phone in the hand is to a page. */
export const phone = {
  ...{ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  // Its sheets come and go with motion; elsewhere what turns and breathes would be drawn sixty times a second while a spec waits.
  reducedMotion: 'no-preference' as const,
};

function start({ home, port = 0, env = {}, args = [], wrap = [] }: LaunchOptions) {
  const [command = nodePath, ...before] = [...wrap, nodePath];
  return startProcess(
    command,
    [...before, join(appDir, 'out/main/headless.js'), '--home', home, '--port', String(port), '--json', ...args],
    {
      env,
      cwd: appDir,
      ipc: false,
    },
  );
}

/**
 * Starts the app headless and opens its one-time link in a fresh context of `browser`.
 * @throws Error with the app's output when it ended instead of listening.
 */
export async function launchHeadless(browser: Browser, options: LaunchOptions): Promise<Surface & { url: string }> {
  const started = start(options);
  const listening = await started.until(listeningLine);
  const context = await browser.newContext({
    colorScheme: options.colorScheme ?? 'light',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...(options.phone && phone),
    ...(options.viewport && { viewport: options.viewport }),
  });
  const page = await context.newPage();
  await page.goto(listening.open_url, { waitUntil: 'domcontentloaded' });

  const end = async (signal: NodeJS.Signals) => {
    started.child.kill(signal);
    const exit = await started.exited;
    await context.close();
    return exit;
  };
  return {
    which: 'headless',
    url: listening.url,
    page,
    pid: started.pid,
    home: options.home,
    output: started.output,
    exited: started.exited,
    kill: end,
    close: () => end('SIGINT'),
    desktop: null,
  };
}

/** Starts the app headless and waits until it has ended by itself. */
export async function endHeadless(options: LaunchOptions): Promise<EndedStart> {
  const started = start(options);
  const exit = await started.exited;
  return { ...exit, output: started.output(), calls: [] };
}

function listeningLine(output: string): Listening | undefined {
  for (const line of output.split('\n')) {
    if (!line.startsWith('{')) continue;
    try {
      const value = JSON.parse(line) as Partial<Listening>;
      if (value.event === 'listening' && value.open_url !== undefined) return value as Listening;
    } catch {
      // Half a line so far.
    }
  }
  return undefined;
}
