import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { answerApproval, approvalCard, expectCommandToWait } from './steps/approval.ts';
import { expectAccessible } from './steps/axe.ts';
import { expectEnded, send, sendAndWait, transcriptOf, turnWith } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { openSettings, pairPhone, showPairingCode } from './steps/pairing.ts';
import { openInBrowser } from './steps/second-client.ts';
import { openSession, startSession } from './steps/session.ts';

/** A picture of one grey pixel. */
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

test('a phone that is paired by a link goes on with the session, answers for the person, and is cut off when it is revoked', async ({
  app: { page },
  folder,
  marker,
}) => {
  await startSession(page, { folder, provider: 'demo' });
  await sendAndWait(page, 'who are you?');
  const session = new URL(page.url()).hash;

  await using phone = await pairPhone(page, marker, 'Pixel 9');
  const mobile = phone.page;
  // The one-time code does not stay in the address, where a screenshot or the history would keep it.
  expect(mobile.url()).not.toContain('pair=');
  await expect(turnWith(mobile, 'who are you?')).toBeVisible();
  await page.goto(`${new URL(page.url()).origin}/${session}`);

  const told = 'who are you, said from the phone?';
  await sendAndWait(mobile, told);
  await expectEnded(turnWith(page, told), 'completed');

  const asking = await send(page, 'run touch from-the-phone');
  await expectCommandToWait(mobile, 'touch from-the-phone');
  for (const button of [testIds.approvalAllowOnce, testIds.approvalDeny]) {
    const box = await approvalCard(mobile).getByTestId(button).boundingBox();
    expect(box?.height, 'a thumb finds it').toBeGreaterThanOrEqual(48);
  }
  await answerApproval(mobile, 'once');
  await expectEnded(asking, 'completed');
  expect(existsSync(join(folder, 'from-the-phone'))).toBe(true);
  await expect(asking.getByTestId(testIds.approvalAnswer)).toContainText('Pixel 9');

  await mobile
    .getByTestId(testIds.attachInput)
    .setInputFiles({ name: 'pier.png', mimeType: 'image/png', buffer: photo });
  await expect(mobile.getByTestId(testIds.attachmentChip)).toHaveAttribute('data-state', 'ready');
  await sendAndWait(mobile, 'look at this photo');
  await expect(turnWith(page, 'look at this photo').getByTestId(testIds.messageImage)).toBeVisible();
  await expect(turnWith(mobile, 'look at this photo').getByTestId(testIds.messageImage)).toBeVisible();
  expect(await transcriptOf(mobile)).toEqual(await transcriptOf(page));

  const widest = await mobile.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(widest, 'nothing scrolls sideways').toBeLessThanOrEqual(0);

  await openSettings(page, 'devices');
  await page.getByTestId(testIds.deviceMenu).click();
  await page.getByTestId(testIds.deviceRevoke).click();
  await page.getByTestId(testIds.confirm).click();
  const ended = mobile.getByTestId(testIds.accessEnded);
  await expect(ended).toHaveAttribute('data-reason', 'revoked', { timeout: 1_000 });
  await expectAccessible(mobile, 'access ended');
  await expect(page.getByTestId(testIds.deviceRow)).toHaveAttribute('data-online', 'false');
});

test('a phone that was paired comes back by itself, and what was typed without a link arrives once', async ({
  launch,
  folder,
  marker,
}) => {
  const first = await launch();
  await startSession(first.page, { folder, provider: 'demo' });
  await sendAndWait(first.page, 'who are you?');
  await using phone = await pairPhone(first.page, marker, 'Pixel 9');
  const mobile = phone.page;
  await expect(turnWith(mobile, 'who are you?')).toBeVisible();
  const port = Number(new URL(mobile.url()).port);
  await first.kill('SIGKILL');

  const status = mobile.getByTestId(testIds.connectionStatus);
  await expect(status).toHaveAttribute('data-state', /waiting|connecting/);
  const composer = mobile.getByTestId(testIds.composerInput);
  await composer.fill('who are you, once more?');
  await mobile.getByTestId(testIds.send).click();
  await expect(mobile.getByTestId(testIds.outboxMessage)).toContainText('once more');

  // The page itself opens without the gateway: this origin is secure.
  await mobile.reload();
  await expect(turnWith(mobile, 'who are you?').first()).toBeVisible();
  await expect(status).toContainText('Shown as of');
  await expect(mobile.getByTestId(testIds.outboxMessage)).toContainText('once more');

  await launch({ port });
  await expectEnded(turnWith(mobile, 'who are you, once more?'), 'completed');
  await expect(mobile.getByTestId(testIds.userMessage).filter({ hasText: 'once more' })).toHaveCount(1);
  await expect(mobile.getByTestId(testIds.outboxMessage)).toHaveCount(0);
});

test('a pairing link pairs one device, once', async ({ app: { page }, marker }) => {
  const link = await showPairingCode(page, 'Pixel 9');
  await using first = await openInBrowser(link, marker, 'phone');
  await expect(page.getByTestId(testIds.pairingPaired)).toBeVisible();
  await expect(first.page.getByTestId(testIds.connectionStatus)).toHaveAttribute('data-state', 'open');
  await using second = await openInBrowser(link, marker, 'phone');
  await expect(second.page.getByTestId(testIds.accessEnded)).toHaveAttribute('data-reason', 'pairing_used');
  await using broken = await openInBrowser(link.slice(0, -9), marker, 'phone');
  await expect(broken.page.getByTestId(testIds.accessEnded)).toHaveAttribute('data-reason', 'pairing_broken');
});

test('a device that may only read sees the session, and why it can do nothing there, before it tries', async ({
  app: { page },
  folder,
  marker,
}) => {
  const id = await startSession(page, { folder, provider: 'demo' });
  await using phone = await pairPhone(page, marker, 'Kitchen tablet', 'read');
  await expect(phone.page.getByTestId(testIds.conversation)).toHaveAttribute('data-phase', 'live');
  await expect(page.getByTestId(testIds.deviceRow)).toContainText('Read only');
  // What it may not do is shown as such, with the reason, before anybody tries.
  await expect(phone.page.getByTestId(testIds.composerReadOnly)).toContainText('may read here, but not write');
  await expect(phone.page.getByTestId(testIds.composerInput)).toHaveCount(0);
  await phone.page.getByTestId(testIds.modePicker).click();
  await expect(phone.page.getByTestId(testIds.modeOption('plan'))).toHaveAttribute('aria-disabled', 'true');
  await expect(phone.page.getByTestId(testIds.modeOption('plan'))).toHaveAccessibleDescription(
    /may not change sessions/,
  );
  await phone.page.keyboard.press('Escape');
  // An approval can be read and not answered, by no key either.
  await expectAccessible(page, 'devices');
  await openSession(page, id);
  await send(page, 'write not-yet.txt: x');
  await expect(phone.page.getByTestId(testIds.approvalCard)).toContainText('may not answer for you');
  await expect(phone.page.getByTestId(testIds.approvalAllowOnce)).toBeDisabled();
  await phone.page.getByTestId(testIds.approvalCard).press('1');
  await expect(page.getByTestId(testIds.approvalCard)).toBeVisible();
});
