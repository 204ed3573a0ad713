import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { sendAndWait, turnWith } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { openSettings } from './steps/pairing.ts';
import { openSession, startSession } from './steps/session.ts';

const password = 'correct horse battery staple';

test('a backup is restored from a phone: the app starts again, the page comes back by itself and shows what was restored', {
  tag: '@phone',
}, async ({ app: { page }, folder }) => {
  test.setTimeout(120_000);
  // What came by a link would end with the restart; who signs in by password stays in.
  await openSettings(page, 'sign-in');
  await page.getByTestId(testIds.passwordNew).fill(password);
  await page.getByTestId(testIds.passwordSave).click();
  await expect(page.getByText('A password is set.')).toBeVisible();
  await page.context().clearCookies();
  await page.goto(new URL('/', page.url()).href);
  await page.getByTestId(testIds.signInPassword).fill(password);
  await page.getByTestId(testIds.signInSubmit).click();

  const kept = await startSession(page, { folder, provider: 'demo' });
  await sendAndWait(page, 'Paint the lighthouse.');
  await openSettings(page, 'data');
  await page.getByTestId(testIds.backupMake).click();
  await expect(page.getByTestId(testIds.backupMade)).toContainText('The backup is whole.');
  await openSession(page, kept);
  await sendAndWait(page, 'And the door.');
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));

  await openSettings(page, 'data');
  await page
    .getByTestId(testIds.backupList)
    .getByRole('button', { name: /^Restore/ })
    .click();
  await expect(page.getByTestId(testIds.restoreContents)).toContainText('1 session would lose what came after.');
  await page.getByTestId(testIds.restoreConfirm).click();
  await expect(page.getByTestId(testIds.restoreReady)).toContainText('This page connects by itself.');
  // Back again: the dialog has gone with what it was about, and the news is told without an alarm.
  await expect(page.getByTestId(testIds.restoreDialog)).toHaveCount(0, { timeout: 30_000 });
  const told = page.getByTestId(testIds.problemBanner).and(page.getByRole('status'));
  await expect(told).toContainText(/The backup of .* was restored/);
  await expect(page.getByTestId(testIds.backupList)).toContainText('before a restore');
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);

  // What this page had of the session goes back with it, and the session goes on.
  await openSession(page, kept);
  await expect(turnWith(page, 'Paint the lighthouse.')).toBeVisible();
  await expect(turnWith(page, 'And the door.')).toHaveCount(0);
  await sendAndWait(page, 'And the roof.');
});
