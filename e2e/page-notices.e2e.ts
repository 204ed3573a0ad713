import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect, test } from './driver/fixtures.ts';
import { answerApproval } from './steps/approval.ts';
import { expectAccessible } from './steps/axe.ts';
import { send } from './steps/conversation.ts';
import { freshLink, openInBrowser } from './steps/second-client.ts';
import { openSession, startSession } from './steps/session.ts';

/** What the browser shows of this page's notifications; the worker of the page holds them, on phones too. */
const shown = (page: Page) =>
  page.evaluate(async () => {
    const all = await (await navigator.serviceWorker.ready).getNotifications();
    return all.map(({ title, body }) => ({ title, body }));
  });

test('a page that is open tells what waits elsewhere, withdraws it, and leads there, once its person has allowed that', async ({
  app,
  folder,
  marker,
}) => {
  const { page } = app;
  const toPane = async () => {
    await page.keyboard.press('ControlOrMeta+,');
    await page.getByTestId(testIds.settingsTab('notifications')).click();
  };
  const id = await startSession(page, { folder, provider: 'demo' });
  await toPane();
  await expect(page.getByTestId(testIds.noticeTest)).toHaveCount(0);
  await page.context().grantPermissions(['notifications']);
  await page.reload();
  await toPane();
  await page.getByTestId(testIds.noticeTest).click();
  await expect.poll(() => shown(page)).toMatchObject([{ title: 'Notifications work' }]);
  await expectAccessible(page, 'the settings of notifications');

  await using second = await openInBrowser(await freshLink(app.home), marker);
  await openSession(second.page, id);
  await send(second.page, 'run touch it');
  await expect
    .poll(() => shown(page))
    .toContainEqual({ title: 'An agent waits for your answer', body: expect.stringMatching(/^“.*” · [\w-]+$/) });
  await answerApproval(second.page, 'deny');
  await expect.poll(async () => (await shown(page)).length).toBe(1);

  await send(second.page, 'run touch again');
  await expect.poll(async () => (await shown(page)).length).toBe(2);
  // What a click on it does, for which a driver has no hand.
  const [worker] = page.context().serviceWorkers();
  await worker?.evaluate(async () => {
    const scope = globalThis as unknown as { registration: ServiceWorkerRegistration };
    const [notification] = (await scope.registration.getNotifications()).filter((one) => one.tag.startsWith('waiting'));
    const click = Object.assign(new Event('notificationclick'), { notification, waitUntil() {} });
    globalThis.dispatchEvent(click);
  });
  await expect(page).toHaveURL(new RegExp(`#/session/${id}$`));
  await expect(page.getByTestId(testIds.approvalCard)).toBeFocused();
});
