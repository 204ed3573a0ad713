import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { expectEnded, sendAndWait, turnWith } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { freshLink, openInBrowser } from './steps/second-client.ts';
import { startSession } from './steps/session.ts';

test('a page that is opened while the gateway is away shows what it knew, and what is typed in its tabs arrives once', async ({
  launch,
  folder,
  marker,
}) => {
  const first = await launch();
  await startSession(first.page, { folder, provider: 'demo' });
  await sendAndWait(first.page, 'who are you?');
  await using other = await openInBrowser(await freshLink(first.home), marker, 'phone');
  const { page } = other;
  await expect(turnWith(page, 'who are you?')).toHaveAttribute('data-status', 'completed');
  // What a first visit fetched is kept once somebody is there to keep it.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const kept = async () => (await (await caches.open('shell-1')).keys()).length;
    while ((await kept()) < 5) await new Promise((done) => setTimeout(done, 50));
  });
  const port = Number(new URL(page.url()).port);
  await first.kill('SIGKILL');

  const status = page.getByTestId(testIds.connectionStatus);
  await expect(status).toHaveAttribute('data-state', /waiting|connecting/);
  const composer = page.getByTestId(testIds.composerInput);
  await composer.fill('who are you, once more?');
  await page.getByTestId(testIds.send).click();
  const waiting = page.getByTestId(testIds.outboxMessage);
  await expect(waiting).toContainText('once more');
  await expect(status).toContainText('1 message waits');

  // Another tab writes at the same time, and is closed before anything could go.
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await expect(tab.getByTestId(testIds.outboxMessage)).toContainText('once more');
  await tab.getByTestId(testIds.composerInput).fill('who are you, in this tab?');
  await tab.getByTestId(testIds.send).click();
  await expect(waiting).toHaveText([/once more/, /in this tab/]);
  await expect(status).toContainText('2 messages wait');
  await tab.close();

  await page.reload();
  await expect(turnWith(page, 'who are you?')).toBeVisible();
  await expect(status).toContainText('Shown as of');
  await expect(waiting).toHaveText([/once more/, /in this tab/]);

  // A restart ends every login by a link. What was typed is shown, kept, and delivered by the next one.
  const next = await launch({ port });
  await expect(page.getByTestId(testIds.signedOut)).toContainText('once more');
  await page.goto('about:blank');
  await page.goto(await freshLink(next.home));
  await page.getByTestId(testIds.openSidebar).click();
  await page.getByTestId(testIds.sessionItem).click();
  await expectEnded(turnWith(page, 'who are you, once more?'), 'completed');
  await expectEnded(turnWith(page, 'who are you, in this tab?'), 'completed');
  for (const words of ['once more', 'in this tab']) {
    await expect(page.getByTestId(testIds.userMessage).filter({ hasText: words })).toHaveCount(1);
  }
  await expect(waiting).toHaveCount(0);
});
