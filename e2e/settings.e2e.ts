import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { answerApproval, approvalCard, expectCommandToWait } from './steps/approval.ts';
import { expectEnded, send, sendAndWait } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { openSettings } from './steps/pairing.ts';
import { startSession } from './steps/session.ts';

test('"Always allow" counts in its folder, over restarts, until it is taken back', async ({ launch, folder }) => {
  const first = await launch();
  await startSession(first.page, { folder, provider: 'demo' });
  const asked = await send(first.page, 'run echo aye');
  await expectCommandToWait(first.page, 'echo aye');
  await answerApproval(first.page, 'always');
  await expectEnded(asked, 'completed');
  await first.close();

  const { page } = await launch();
  await startSession(page, { folder, provider: 'demo' });
  const allowed = await sendAndWait(page, 'run echo aye');
  await expect(allowed.getByTestId(testIds.approvalAnswer)).toHaveText('Allowed by a rule');

  await openSettings(page, 'permissions');
  await expect(page.getByTestId(testIds.ruleRow)).toContainText('echo aye');
  await page.getByTestId(testIds.ruleDelete).click();
  await expect(page.getByTestId(testIds.ruleRow)).toHaveCount(0);

  await startSession(page, { folder, provider: 'demo' });
  const again = await send(page, 'run echo aye');
  await expectCommandToWait(page, 'echo aye');
  await answerApproval(page, 'deny');
  await expectEnded(again, 'completed');
  await expect(approvalCard(page)).toHaveCount(0);
});

test('a key is shown once, listed without its secret, and revoked', { tag: '@phone' }, async ({ app: { page } }) => {
  await openSettings(page, 'keys');
  await page.getByTestId(testIds.keyNew).click();
  await page.getByTestId(testIds.keyName).fill('nightly');
  await page.getByTestId(testIds.keyCreate).click();
  const secret = (await page.getByTestId(testIds.keySecret).textContent()) ?? '';
  expect(secret.length).toBeGreaterThan(30);
  await page.getByTestId(testIds.keyDone).click();
  await expect(page.getByTestId(testIds.keySecret)).toHaveCount(0);
  await expect(page.getByTestId(testIds.keyRow)).toContainText('nightly');
  expect(await page.content()).not.toContain(secret);
  await page.getByTestId(testIds.keyMenu).click();
  await page.getByTestId(testIds.keyRevoke).click();
  await page.getByTestId(testIds.confirm).click();
  await expect(page.getByTestId(testIds.keyRow)).toContainText('Revoked');
});

test('a theme that is chosen stays, whatever the system says', { tag: '@phone' }, async ({ app: { page } }) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await openSettings(page, 'appearance');
  await page.getByTestId(testIds.theme('dark')).click();
  await expect.poll(ground).not.toBe(light);
  await page.reload();
  await expect(page.getByTestId(testIds.settings)).toBeVisible();
  expect(await ground()).not.toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByTestId(testIds.theme('light')).click();
  await expect.poll(ground).toBe(light);
});
