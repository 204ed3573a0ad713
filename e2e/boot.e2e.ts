import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { sendAndWait } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { startSession } from './steps/session.ts';

/** From the first paint until everything is there. */

declare global {
  interface Window {
    shifts: string[];
  }
}

/** Notes what moves by itself, as the Layout Instability API tells it, from the first paint on. */
function noteShifts(): void {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, sources } = entry as PerformanceEntry & { value: number; sources: { node: Node | null }[] };
      const what = sources.map(({ node }) => (node instanceof Element ? node.className : node?.nodeName));
      window.shifts.push(`${value.toFixed(4)}: ${what.join(', ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** A page that comes over a link with a delay, to a machine at half of its speed: each part arrives by itself. */
async function slowDown(page: Page): Promise<void> {
  const link = await page.context().newCDPSession(page);
  await link.send('Network.enable');
  const bytes = 1_000_000;
  await link.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 40,
    downloadThroughput: bytes,
    uploadThroughput: bytes,
  });
  await link.send('Emulation.setCPUThrottlingRate', { rate: 2 });
}

test('nothing on the page moves while it starts, so that a first click meets what it was meant for', {
  tag: '@phone',
}, async ({ app: { page }, folder }) => {
  await expect(page.getByTestId(testIds.firstStart)).toBeVisible();
  await page.addInitScript(noteShifts);
  const moved = async (there: string): Promise<string[]> => {
    await page.reload();
    await expect(page.getByTestId(testIds.connectionStatus)).toHaveAttribute('data-state', 'open');
    await expect(page.getByTestId(there)).toBeVisible();
    // What was found of the agents comes last, where it is shown.
    await expect(page.locator('.provider-row[data-state="checking"]')).toHaveCount(0);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    return page.evaluate(() => window.shifts);
  };
  await slowDown(page);
  expect(await moved(testIds.firstStart), 'the first start').toEqual([]);
  await startSession(page, { folder, provider: 'demo' });
  await sendAndWait(page, 'count to 12');
  expect(await moved(testIds.composerInput), 'a session').toEqual([]);
  await page.evaluate(() => {
    location.hash = '#/new';
  });
  expect(await moved(testIds.startSession), 'the form of a new session').toEqual([]);
});
