import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { answerApproval } from './steps/approval.ts';
import { expectAccessible } from './steps/axe.ts';
import { send } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { freshLink, openInBrowser } from './steps/second-client.ts';
import { openSession, sessionRow, startSession } from './steps/session.ts';

const requests = (page: Page) => page.getByTestId(testIds.inboxRequest);

test('what waits in any session stands in the inbox and is answered there, also by another browser', async ({
  app,
  folder,
  marker,
}) => {
  const { page } = app;
  const waits: string[] = [];
  for (const name of ['first', 'second', 'third']) {
    waits.push(await startSession(page, { folder, provider: 'demo' }));
    await send(page, `run touch ${name}`);
    await expect(sessionRow(page, waits.at(-1) as string)).toHaveAttribute('data-status', 'waiting');
  }

  // The key for it leads there; the request that waits longest comes first and has the focus.
  await page.keyboard.press('Alt+i');
  await expect(requests(page)).toHaveCount(3);
  await expect(page.getByTestId(testIds.inbox)).toContainText('3');
  await expect(requests(page).getByTestId(testIds.approvalCommand)).toHaveText([
    'touch first',
    'touch second',
    'touch third',
  ]);
  await expectAccessible(page, 'the inbox');
  const cards = requests(page).getByTestId(testIds.approvalCard);
  await expect(cards.nth(0)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(cards.nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(cards.nth(0)).toBeFocused();

  // Answered by key: it is done for real, the next one has the focus, and a key that is still held answers nothing else.
  await expect(requests(page).nth(0).getByTestId(testIds.approvalAllowOnce)).toBeEnabled();
  await page.keyboard.press('1');
  await expect(requests(page)).toHaveCount(2);
  await expect.poll(() => existsSync(join(folder, 'first'))).toBe(true);
  await expect(page.getByTestId(testIds.inboxAnswered)).toContainText('touch first');
  await expect(cards.nth(0)).toBeFocused();
  expect(existsSync(join(folder, 'second'))).toBe(false);

  // Answered elsewhere: it leaves, and says by whom.
  {
    await using second = await openInBrowser(await freshLink(app.home), marker);
    await openSession(second.page, waits[1] as string);
    await answerApproval(second.page, 'deny');
  }
  await expect(requests(page)).toHaveCount(1);
  await expect(page.getByTestId(testIds.inboxAnswered).first()).toContainText('Denied');
  expect(existsSync(join(folder, 'second'))).toBe(false);

  // From a request to its session and back; the last answer empties the inbox.
  await requests(page).getByTestId(testIds.inboxOpen).click();
  await expect(sessionRow(page, waits[2] as string)).toHaveAttribute('aria-current', 'page');
  await page.getByTestId(testIds.inbox).click();
  await requests(page).getByTestId(testIds.approvalDeny).click();
  await expect(requests(page)).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('a turn that failed while one was elsewhere is unread and in the inbox until it is seen', async ({
  app: { page },
  folder,
}) => {
  const quiet = await startSession(page, { folder, provider: 'demo' });
  const failing = await startSession(page, { folder, provider: 'demo' });
  await page.getByTestId(testIds.composerInput).fill('fail');
  await page.getByTestId(testIds.composerInput).press('Enter');
  await openSession(page, quiet);
  const row = sessionRow(page, failing);
  await expect(row).toHaveAttribute('data-status', 'failed');
  await expect(row.getByTestId(testIds.sessionUnread)).toBeVisible();
  await expect(sessionRow(page, quiet).getByTestId(testIds.sessionUnread)).toHaveCount(0);

  await page.getByTestId(testIds.inbox).click();
  const entry = page.getByTestId(testIds.inboxAttention);
  await expect(entry).toHaveAttribute('data-kind', 'failed');
  await entry.click();
  await expect(row).toHaveAttribute('aria-current', 'page');
  await expect(row.getByTestId(testIds.sessionUnread)).toHaveCount(0);

  // Marked by hand it is unread again, over a reload of the page it stays read.
  await page.reload();
  await openSession(page, quiet);
  await expect(row.getByTestId(testIds.sessionUnread)).toHaveCount(0);
  await row.locator('xpath=../..').getByTestId(testIds.sessionMenu).last().click();
  await page.getByTestId(testIds.sessionMarkUnread).click();
  await expect(page.getByTestId(testIds.sessionUnread)).toHaveCount(1);
});
