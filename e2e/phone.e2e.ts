import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { approvalCard } from './steps/approval.ts';
import { expectAccessible } from './steps/axe.ts';
import { expectEnded, send, sendAndWait } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { bringOutSidebar, openSession, sessionRow, startSession } from './steps/session.ts';
import { smallTargets, swipe, swipeAcross } from './steps/touch.ts';

/** What only a phone has: a sheet that comes out of the edge, rows that are swiped, answers under the thumb, a page that is installed. */

const sheet = (page: Page) => page.locator('.app');
const undo = (page: Page) => page.getByTestId(testIds.undo);

test('the session list comes out of the edge, its rows are swiped, and what was swiped can be taken back', {
  tag: '@phone',
}, async ({ app: { page }, folder }) => {
  test.slow();
  const first = await startSession(page, { folder, provider: 'demo' });
  await sendAndWait(page, 'count to 3');
  // Who leaves it at once has not seen its end yet, and finds it unread.
  await expect(sessionRow(page, first)).toHaveAttribute('data-status', 'idle');
  await expect(sessionRow(page, first).getByTestId(testIds.sessionUnread)).toHaveCount(0);
  const second = await startSession(page, { folder, provider: 'demo', mode: 'full' });

  await test.step('a finger from the edge brings it out, and takes it away again', async () => {
    await swipe(page, { x: 4, y: 420 }, { x: 200, y: 424 });
    await expect(sheet(page)).toHaveAttribute('data-sheet', 'open');
    await swipe(page, { x: 300, y: 800 }, { x: 60, y: 802 });
    await expect(sheet(page)).toHaveAttribute('data-sheet', 'closed');
    // From the middle of the conversation it is no swipe of ours.
    await swipe(page, { x: 150, y: 420 }, { x: 340, y: 424 });
    await expect(sheet(page)).toHaveAttribute('data-sheet', 'closed');
  });

  await test.step('toward the start archives, and Undo brings it back', async () => {
    await bringOutSidebar(page);
    await swipeAcross(sessionRow(page, first), -40);
    await expect(sessionRow(page, first)).toBeVisible();
    await swipeAcross(sessionRow(page, first), -160);
    await expect(sessionRow(page, first)).toHaveCount(0);
    await expect(page.getByTestId(testIds.undoBar)).toContainText('was archived');
    await undo(page).tap();
    await expect(sessionRow(page, first)).toBeVisible();
    await expect(sheet(page)).toHaveAttribute('data-sheet', 'open');
  });

  await test.step('toward the end marks as unread, and the menu does the same without a gesture', async () => {
    const unread = sessionRow(page, first).getByTestId(testIds.sessionUnread);
    await swipeAcross(sessionRow(page, first), 160);
    await expect(unread).toBeVisible();
    await expectAccessible(page, 'the sheet with something to take back');
    const row = page.locator('li').filter({ has: sessionRow(page, first) });
    await row.getByTestId(testIds.sessionMenu).tap();
    await page.getByTestId(testIds.sessionMarkUnread).tap();
    await expect(unread).toHaveCount(0);
  });

  await test.step('a folded folder stays folded after a reload, and tells what is in it', async () => {
    await page.getByTestId(testIds.folderFold).tap();
    await expect(sessionRow(page, first)).toHaveCount(0);
    await page.reload();
    await bringOutSidebar(page);
    await expect(page.getByTestId(testIds.folderFold)).toHaveAttribute('aria-expanded', 'false');
    await expect(page.getByTestId(testIds.sessionList)).toContainText('2 sessions');
    await page.getByTestId(testIds.folderFold).tap();
    await expect(sessionRow(page, first)).toBeVisible();
  });

  await test.step('what an agent is at stands in its row, with how long it runs', async () => {
    await openSession(page, second);
    const turn = await send(page, 'run sleep 30');
    await bringOutSidebar(page);
    const activity = sessionRow(page, second).getByTestId(testIds.sessionActivity);
    await expect(activity).toContainText('Running sleep 30');
    await expect(activity.locator('.elapsed')).toHaveText(/0:0[1-9]/);
    expect(await smallTargets(page)).toEqual([]);
    await openSession(page, second);
    await page.getByTestId(testIds.stop).tap();
    await expectEnded(turn, 'aborted');
  });

  await test.step('words that only stand in a conversation are looked for from the same field', async () => {
    await bringOutSidebar(page);
    await page.getByTestId(testIds.sessionSearch).fill('sleep');
    await page.getByTestId(testIds.searchAll).tap();
    await expect(page.getByTestId(testIds.historySearch)).toHaveValue('sleep');
    await expect(page.getByTestId(testIds.historyHit).first()).toContainText('sleep');
  });
});

test('what waits is answered under the thumb, in the conversation and in the inbox, and the page can be installed', {
  tag: '@phone',
}, async ({ app: { page }, folder }) => {
  await startSession(page, { folder, provider: 'demo' });
  await send(page, 'run touch first');
  const allow = approvalCard(page).getByTestId(testIds.approvalAllowOnce);
  await expect(allow).toBeEnabled();

  await test.step('both answers are large and in the lower half', async () => {
    for (const id of [testIds.approvalAllowOnce, testIds.approvalDeny]) {
      const box = await approvalCard(page).getByTestId(id).boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect(box?.width).toBeGreaterThanOrEqual(120);
      expect(box?.y).toBeGreaterThan(844 / 2);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(844);
    }
    expect(await smallTargets(page)).toEqual([]);
    await expectAccessible(page, 'a request on a phone');
  });

  await test.step('in the inbox by touch: allowed, and it is done', async () => {
    await bringOutSidebar(page);
    await page.getByTestId(testIds.inbox).tap();
    const request = page.getByTestId(testIds.inboxRequest);
    await expect(request.getByTestId(testIds.approvalCommand)).toHaveText('touch first');
    await expect(request.getByTestId(testIds.approvalAllowOnce)).toBeEnabled();
    expect(await smallTargets(page)).toEqual([]);
    await expectAccessible(page, 'the inbox on a phone');
    expect(existsSync(join(folder, 'first'))).toBe(false);
    await request.getByTestId(testIds.approvalAllowOnce).tap();
    await expect(request).toHaveCount(0);
    await expect.poll(() => existsSync(join(folder, 'first'))).toBe(true);
  });

  await test.step('nothing is wider than the screen', async () => {
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
  });

  await test.step('the browser reads the manifest without a fault, and finds every icon', async () => {
    const session = await page.context().newCDPSession(page);
    const { url, errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    expect((await page.request.get(url)).headers()['content-type']).toContain('application/manifest+json');
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.filter((one) => !/in-incognito|not-in-main-frame/.test(one.errorId))).toEqual([]);
    const touchIcon = await page.locator('link[rel="apple-touch-icon"]').getAttribute('href');
    expect((await page.request.get(new URL(touchIcon ?? '', page.url()).href)).ok()).toBe(true);
  });
});
