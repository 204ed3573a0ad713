import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Page } from 'playwright';
import { appDir, nodePath } from '../driver/built-app.ts';
import { browserPath, chromiumFlags } from '../host/chromium.ts';

const execute = promisify(execFile);

/** Asks the running app, on the command line, for a link that lets one more browser in. */
export async function freshLink(home: string): Promise<string> {
  const cli = join(appDir, 'out/main/cli.js');
  const { stdout } = await execute(nodePath, [cli, 'open', '--home', home, '--json']);
  return (JSON.parse(stdout) as { open_url: string }).open_url;
}

/** Opens a link in a browser that has never seen the app. @param kind - the size of its window, and whether it is touched. @param flags - more of Chromium's. */
export async function openInBrowser(
  link: string,
  marker: { name: string; value: string },
  kind: 'desktop' | 'phone' = 'desktop',
  flags: readonly string[] = [],
): Promise<AsyncDisposable & { page: Page }> {
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: [...chromiumFlags, ...flags],
    env: { ...(process.env as Record<string, string>), [marker.name]: marker.value },
  });
  const context = await browser.newContext(
    kind === 'desktop'
      ? { viewport: { width: 1280, height: 800 } }
      : { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  );
  const page = await context.newPage();
  await page.goto(link, { waitUntil: 'domcontentloaded' });
  return { page, [Symbol.asyncDispose]: () => browser.close() };
}
