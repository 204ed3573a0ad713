import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright';
import { appDir, nodePath } from '../driver/built-app.ts';
import { phone } from '../driver/headless.ts';
import { workerBrowser } from '../driver/worker-browser.ts';
import { browserPath, chromiumFlags } from '../host/chromium.ts';

const execute = promisify(execFile);

/** Asks the running app, on the command line, for a link that lets one more browser in. */
export async function freshLink(home: string): Promise<string> {
  const cli = join(appDir, 'out/main/cli.js');
  const { stdout } = await execute(nodePath, [cli, 'open', '--home', home, '--json']);
  return (JSON.parse(stdout) as { open_url: string }).open_url;
}

/**
 * Opens a link in a browser that has never seen the app. A phone is a context of its own in the worker's browser; another desktop, and whatever asks for
 * more of Chromium's flags, is a process of its own: who is looked at, and what was told there, must not be one matter for both.
 * @param marker - of the test, for that process. @param kind - the size of its window, and whether it is touched.
 */
export async function openInBrowser(
  link: string,
  marker: { name: string; value: string },
  kind: 'desktop' | 'phone' = 'desktop',
  flags: readonly string[] = [],
): Promise<AsyncDisposable & { page: Page }> {
  const own = kind === 'phone' && flags.length === 0 ? null : await ownBrowser(marker, flags);
  const context = await (own ?? (await workerBrowser())).newContext(
    kind === 'desktop' ? { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } : phone,
  );
  const page = await context.newPage();
  await page.goto(link, { waitUntil: 'domcontentloaded' });
  return { page, [Symbol.asyncDispose]: () => own?.close() ?? context.close() };
}

const ownBrowser = (marker: { name: string; value: string }, flags: readonly string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: browserPath(),
    args: [...chromiumFlags, ...flags],
    env: { ...(process.env as Record<string, string>), [marker.name]: marker.value },
  });
