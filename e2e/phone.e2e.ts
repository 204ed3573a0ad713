import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { settingsTabs, windowTabs } from '../renderer/store/route.ts';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { approvalCard } from './steps/approval.ts';
import { expectAccessible } from './steps/axe.ts';
import { expectEnded, send, sendAndWait, turnWith } from './steps/conversation.ts';
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

  await test.step('refused with a thumb where it was asked: it is not done, and the agent is told', async () => {
    await page.goBack();
    await expect(page.getByTestId(testIds.conversation)).toBeVisible();
    const refused = await send(page, 'run touch second');
    // On the button of the list stands what waits elsewhere, and this is here.
    await expect(page.getByTestId(testIds.waitingElsewhere)).toHaveCount(0);
    const deny = approvalCard(page).getByTestId(testIds.approvalDeny);
    await expect(deny).toBeEnabled();
    await deny.tap();
    await expectEnded(refused, 'completed');
    expect(existsSync(join(folder, 'second'))).toBe(false);
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

/** How high a screen keyboard is, CSS pixels. */
const keyboard = 336;

/** Brings out a screen keyboard that lies over the page, as that of iOS does; 0 takes it away. */
const coverWithKeyboard = (page: Page, height: number): Promise<void> =>
  page.evaluate((covered) => {
    const seen = window.visualViewport!;
    Object.defineProperty(seen, 'height', { configurable: true, get: () => window.innerHeight - covered });
    seen.dispatchEvent(new Event('resize'));
  }, height);

test('going back and pulling down put away what lies over the page, and a keyboard covers nothing that is written', {
  tag: '@phone',
}, async ({ app: { page }, folder }) => {
  const first = await startSession(page, { folder, provider: 'demo', mode: 'full' });
  const written = await sendAndWait(page, 'write notes.txt: hello');
  const address = page.url();
  const panel = page.getByTestId(testIds.sidePanel);

  await test.step('one step back is one sheet, and the page under it stays', async () => {
    await bringOutSidebar(page);
    await page.goBack();
    await expect(sheet(page)).toHaveAttribute('data-sheet', 'closed');
    await page.getByTestId(testIds.panelButton).tap();
    await expect(panel).toContainText('notes.txt');
    await page.goBack();
    await expect(panel).toHaveCount(0);
    await written.getByTestId(testIds.messageMenu).tap();
    await page.getByTestId(testIds.messageRewind).tap();
    await expect(page.locator('dialog[open]')).toBeVisible();
    await page.goBack();
    await expect(page.locator('dialog[open]')).toHaveCount(0);
    expect(page.url()).toBe(address);
    await expect(turnWith(page, 'write notes.txt')).toBeVisible();
  });

  await test.step('the panel is pulled down by its head; a little is not enough', async () => {
    await page.getByTestId(testIds.panelButton).tap();
    const head = await panel.getByRole('tablist').boundingBox();
    const from = { x: 195, y: (head?.y ?? 0) + 10 };
    await swipe(page, from, { x: 197, y: from.y + 40 });
    await expect(panel).toBeVisible();
    await swipe(page, from, { x: 197, y: from.y + 200 });
    await expect(panel).toHaveCount(0);
    await expect(page.getByTestId(testIds.panelButton)).toBeFocused();
  });

  await test.step('what was chosen in the sheet takes its step: one back leads to the page before', async () => {
    const second = await startSession(page, { folder, provider: 'demo' });
    await openSession(page, first);
    await page.goBack();
    await expect(page).toHaveURL(new RegExp(second));
    await openSession(page, first);
  });

  await test.step('above the keyboard the field, its buttons and the end of the conversation are seen', async () => {
    const field = page.getByTestId(testIds.composerInput);
    await field.tap();
    await coverWithKeyboard(page, keyboard);
    const bottomOf = async (id: string) => {
      const box = await page.getByTestId(id).boundingBox();
      return (box?.y ?? 0) + (box?.height ?? 0);
    };
    await expect.poll(() => bottomOf(testIds.send)).toBeLessThanOrEqual(844 - keyboard);
    expect(await bottomOf(testIds.composerInput)).toBeLessThanOrEqual(844 - keyboard);
    await expect(field).toBeFocused();
    await coverWithKeyboard(page, 0);
    await expect.poll(() => bottomOf(testIds.send)).toBeGreaterThan(844 - 80);
    // What is written in a small form stays as well, in the room that is left.
    await page.getByTestId(testIds.goalButton).tap();
    const objective = page.getByTestId(testIds.goalObjective);
    await objective.fill('Cross the Atlantic');
    await coverWithKeyboard(page, keyboard);
    await expect(objective).toBeFocused();
    await expect(objective).toHaveValue('Cross the Atlantic');
    expect(await bottomOf(testIds.goalObjective)).toBeLessThanOrEqual(844 - keyboard);
    await coverWithKeyboard(page, 0);
    await page.goBack();
    await expect(objective).toHaveCount(0);
    expect(page.url()).toContain('/session/');
  });

  await test.step('a file is attached and sent with a thumb, and opened again from the conversation', async () => {
    await page.getByTestId(testIds.attachButton).tap();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByTestId(testIds.attachPhoto).tap(),
    ]);
    await chooser.setFiles({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('one\ntwo\n') });
    const field = page.getByTestId(testIds.composerInput);
    await field.fill('What is in it?');
    await expect(page.getByTestId(testIds.send)).toBeEnabled();
    for (const id of [testIds.send, testIds.attachButton]) {
      const box = await page.getByTestId(id).boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
    }
    await page.getByTestId(testIds.send).tap();
    const turn = turnWith(page, 'What is in it?');
    await expectEnded(turn, 'completed');
    await expect(turn.getByTestId(testIds.userMessage)).toContainText('list.txt');
    expect(await smallTargets(page)).toEqual([]);
  });

  await test.step('what is written while the agent works waits, and is taken back with a thumb', async () => {
    await openSession(page, first);
    await send(page, 'run sleep 30');
    await expect(page.getByTestId(testIds.stop)).toBeVisible();
    const field = page.getByTestId(testIds.composerInput);
    await field.fill('And then list.');
    await page.getByTestId(testIds.send).tap();
    const waits = page.getByTestId(testIds.queueChip);
    await expect(waits).toContainText('And then list.');
    expect(await smallTargets(page)).toEqual([]);
    await waits.getByTestId(testIds.queueRemove).tap();
    await expect(waits).toHaveCount(0);
    await page.getByTestId(testIds.stop).tap();
    await expectEnded(turnWith(page, 'run sleep 30'), 'aborted');
  });

  await test.step('the session is taken along as a file', async () => {
    await page.getByRole('button', { name: 'Session actions' }).tap();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId(testIds.exportSession('md')).tap(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.md$/);
  });

  await test.step('every pane of the settings is reached from one field, and none is wider than the screen', async () => {
    await bringOutSidebar(page);
    await page.getByTestId(testIds.openSettings).tap();
    for (const tab of settingsTabs.filter((one) => !windowTabs.has(one))) {
      await page.getByTestId(testIds.settingsPicker).selectOption(tab);
      await expect(page).toHaveURL(new RegExp(`#/settings/${tab}$`));
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider, tab).toBeLessThanOrEqual(0);
    }
  });
});
