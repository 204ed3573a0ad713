import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { approvalCard } from './steps/approval.ts';
import { answerOf, expectEnded, expectRunning, send, sendAndWait } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { openSettings } from './steps/pairing.ts';
import { openSession, startSession } from './steps/session.ts';
import { smallTargets } from './steps/touch.ts';

/** What is set in the hand: an agent, what was allowed for ever, and what the page may tell. */

/** A small program that speaks the protocol of agents, as anybody could have written one. */
const program = fileURLToPath(new URL('../main/providers/acp/fixtures/fake-agent.mjs', import.meta.url));

/** What the phone shows of this page's notifications. */
const shown = (page: Page) =>
  page.evaluate(async () => {
    const all = await (await navigator.serviceWorker.ready).getNotifications();
    return all.map(({ title }) => title);
  });

test('an agent is added, a permission is taken back, and a page is allowed to tell what waits, by taps alone', {
  tag: '@phone',
}, async ({ app: { page }, folder }) => {
  test.slow();

  await test.step('an agent is added by its command line, tried, talked to and taken away', async () => {
    await openSettings(page, 'providers');
    await page.getByTestId(testIds.agentAdd).tap();
    const form = page.getByTestId(testIds.agentForm);
    await form.getByTestId(testIds.agentCommand).fill(`'${process.execPath}' '${program}'`);
    await form.getByTestId(testIds.agentName).fill('Second mate');
    expect(await smallTargets(page)).toEqual([]);
    await form.getByTestId(testIds.agentTest).tap();
    await expect(form.getByTestId(testIds.agentCheck)).toHaveAttribute('data-ok', 'true', { timeout: 20_000 });
    await form.getByTestId(testIds.agentSave).tap();
    await expect(page.getByTestId(testIds.agentRow('second-mate'))).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await startSession(page, { folder, provider: 'second-mate' });
    await sendAndWait(page, 'answer');
    await openSettings(page, 'providers');
    await page.getByTestId(testIds.agentDelete).tap();
    await page.getByTestId(testIds.confirm).tap();
    await expect(page.getByTestId(testIds.agentRow('second-mate'))).toHaveCount(0);
  });

  const id = await startSession(page, { folder, provider: 'demo' });
  await test.step('what was allowed for ever is listed with its folder, and asked again once it is taken back', async () => {
    const first = await send(page, 'run echo aye');
    const always = approvalCard(page).getByTestId(testIds.approvalAllowAlways);
    await expect(always).toBeEnabled();
    await always.tap();
    await expectEnded(first, 'completed');
    await openSettings(page, 'permissions');
    await expect(page.getByTestId(testIds.ruleRow)).toContainText('echo aye');
    expect(await smallTargets(page)).toEqual([]);
    await page.getByTestId(testIds.ruleDelete).tap();
    await expect(page.getByTestId(testIds.ruleRow)).toHaveCount(0);
    await openSession(page, id);
    await page.getByTestId(testIds.composerInput).fill('run echo aye');
    await page.getByTestId(testIds.send).tap();
    const deny = approvalCard(page).getByTestId(testIds.approvalDeny);
    await expect(deny).toBeEnabled();
    await deny.tap();
    await expect(approvalCard(page)).toHaveCount(0);
  });

  await test.step('once its person has allowed it, the page tells what waits in a session that is not looked at', async () => {
    await page.context().grantPermissions(['notifications']);
    await page.reload();
    await openSettings(page, 'notifications');
    await page.getByTestId(testIds.noticeTest).tap();
    await expect.poll(() => shown(page)).toEqual(['Notifications work']);
    await openSession(page, id);
    await expectRunning(await send(page, 'count to 8 slowly'));
    await page.getByTestId(testIds.composerInput).fill('run touch it');
    await page.getByTestId(testIds.send).tap();
    await openSettings(page, 'about');
    await expect
      .poll(() => shown(page), { timeout: 20_000 })
      .toEqual(expect.arrayContaining(['An agent waits for your answer']));
    // Answered, it is withdrawn.
    await openSession(page, id);
    const deny = approvalCard(page).getByTestId(testIds.approvalDeny);
    await expect(deny).toBeEnabled();
    await deny.tap();
    await expect.poll(() => shown(page)).toEqual(['Notifications work']);
    await expect(answerOf(page.getByTestId(testIds.turn).last())).not.toHaveCount(0);
  });
});
