import type { BrowserContext, Page } from 'playwright';

let context: BrowserContext | null = null;
let firstPage: Page | null = null;

/** Takes over the browser once it runs. */
export async function takeOverChromium(started: BrowserContext): Promise<void> {
  context = started;
  // A window the page tried to open: the app has answered "deny" (Page.windowOpen in web-contents.ts), so it loads nothing and goes away.
  await started.route('**/*', (route) => route.abort('aborted'));
  started.on('page', async (page) => {
    if ((await page.opener()) !== null) await page.close();
  });
  // A persistent Chromium starts with one blank page, and always keeps one.
  firstPage = started.pages()[0] ?? null;
}

/** A blank page for a window. */
export async function newPage(): Promise<Page> {
  if (context === null) throw new Error('The Chromium host is not running.');
  const page = firstPage;
  firstPage = null;
  return page ?? (await context.newPage());
}

/** Decides what every page may ask of the system (names as in `BrowserContext.grantPermissions`). */
export async function grantPermissions(permissions: string[]): Promise<void> {
  await context?.grantPermissions(permissions);
}

export async function stopChromium(): Promise<void> {
  const running = context;
  context = null;
  await running?.close().catch(() => {});
}
