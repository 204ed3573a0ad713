/** What a phone loads before the page stands, and when it first shows something, next to a page that holds one sentence. */
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { firstLoad, firstScriptBudget } from '../scripts/first-load.mjs';
import { launchChromium } from './harness/chromium.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { interleave } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { root, startApp, startFloor } from './harness/server-process.ts';

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };
const rounds = 5;
type Measure = 'paint' | 'usable';

/** Opens an address in a browser that knows nothing of it. @param usable - what is there once it can be used. */
async function opened(browser: Browser, url: string, usable: string): Promise<Record<Measure, number>> {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(url);
  await page.locator(usable).first().waitFor();
  const found = await page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    usable: performance.now(),
  }));
  await context.close();
  return found;
}

const browser = await launchChromium();
const floor = await startFloor({ database: join(freshFolder('floor'), 'floor.db') });
const app = await startApp(freshFolder('home'));
const names = { floor: 'a page of one word', app: 'app, a phone that was never there' };
const found = await interleave<Measure>(
  [
    { name: names.floor, run: () => opened(browser, floor.said.url, 'body') },
    { name: names.app, run: () => opened(browser, app.said.url, `[data-testid="${testIds.signedOut}"]`) },
  ],
  { rounds },
);
const load = firstLoad(join(root, 'out/renderer'));
const withConversation = firstLoad(join(root, 'out/renderer'), ['conversation-pane']);
report({
  name: 'page-start',
  title: "Start: the phone's page from its address to its first paint",
  about:
    `Chromium, headless, 390x844, nothing cached, loopback. The page names ${load.files.length} files that load at once: ` +
    `${fixed(0)(load.scriptBytes / 1000)} KB of script, ${fixed(0)(load.scriptGzip / 1000)} KB gzipped, and ${fixed(0)(load.styleGzip / 1000)} KB of styles, gzipped. ` +
    `What shows a conversation is asked for at the same time and not waited for: ${fixed(0)((withConversation.scriptGzip - load.scriptGzip) / 1000)} KB more.`,
  ...tableOf(
    found,
    [
      { measure: 'paint', label: 'first paint ms', format: fixed(0) },
      { measure: 'usable', label: 'stands after ms', format: fixed(0) },
    ],
    names.floor,
    ['paint'],
  ),
  goals: [
    {
      what: 'script that loads at once, gzipped',
      ratio: load.scriptGzip / 1000,
      goal: firstScriptBudget / 1000,
      unit: 'KB',
    },
  ],
  notes: [],
  rounds,
});
await browser.close();
await Promise.all([floor.stop(), app.stop()]);
process.exit(0);
