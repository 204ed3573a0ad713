import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { expectAccessible } from './steps/axe.ts';
import { test } from './steps/demo.ts';
import { openSettings } from './steps/pairing.ts';
import { openInBrowser } from './steps/second-client.ts';

async function createKey(page: Page, name: string): Promise<string> {
  await page.getByTestId(testIds.keyNew).click();
  await page.getByTestId(testIds.keyName).fill(name);
  await page.getByTestId(testIds.keyCreate).click();
  const secret = (await page.getByTestId(testIds.keySecret).textContent()) ?? '';
  expect(secret).toMatch(/^qd_.{30,}$/);
  await page.getByTestId(testIds.keyDone).click();
  return secret;
}

/** A script's connection, as far as this spec needs one. */
async function connectScript(page: Page, key: string) {
  const { WebSocket } = await import('ws');
  const url = new URL('/api/v1/ws', page.url());
  url.protocol = 'ws:';
  url.hash = '';
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${key}` } });
  const closed = new Promise<number>((resolve) => socket.once('close', () => resolve(Date.now())));
  await new Promise<void>((resolve, reject) => {
    socket.once('message', () => resolve());
    socket.once('error', reject);
    socket.once('unexpected-response', (_, { statusCode }) => reject(new Error(`answered ${statusCode}`)));
  });
  return { closed };
}

test('a key is created, rotated with an overlap and revoked, and the script that uses it is cut off', async ({
  app: { page },
}) => {
  await openSettings(page, 'keys');
  await expectAccessible(page, 'keys, none yet');
  const secret = await createKey(page, 'nightly');
  await expect(page.getByTestId(testIds.keyRow)).toContainText('nightly');
  expect(await page.content()).not.toContain(secret);
  await expectAccessible(page, 'keys');

  await page.getByTestId(testIds.keyMenu).click();
  await page.getByTestId(testIds.keyRotate).click();
  await page.getByTestId(testIds.keyOverlap).selectOption('hour');
  await expectAccessible(page, 'rotating a key');
  await page.getByTestId(testIds.keyRotateConfirm).click();
  const next = (await page.getByTestId(testIds.keySecret).textContent()) ?? '';
  await page.getByTestId(testIds.keyDone).click();
  expect(next).not.toBe(secret);
  await expect(page.getByTestId(testIds.keyRow).filter({ hasText: 'Being replaced' })).toHaveCount(1);

  // Both are good meanwhile; revoking the new one drops its connection and no other.
  const old = await connectScript(page, secret);
  const script = await connectScript(page, next);
  const current = page.getByTestId(testIds.keyRow).filter({ hasNotText: 'Being replaced' });
  await current.getByTestId(testIds.keyMenu).click();
  await page.getByTestId(testIds.keyRevoke).click();
  const revokedAt = Date.now();
  await page.getByTestId(testIds.confirm).click();
  expect((await script.closed) - revokedAt).toBeLessThan(1_500);
  await expect(connectScript(page, next)).rejects.toThrow('401');
  await expect(current).toContainText('Revoked');
  expect(await Promise.race([old.closed, Promise.resolve('open')])).toBe('open');

  await current.getByTestId(testIds.keyMenu).click();
  await page.getByTestId(testIds.keyDelete).click();
  await page.getByTestId(testIds.confirm).click();
  await expect(page.getByTestId(testIds.keyRow)).toHaveCount(1);
});

test('what becomes reachable is said before the network is let in', { tag: '@phone' }, async ({ app: { page } }) => {
  await openSettings(page, 'gateway');
  await expect(page.getByTestId(testIds.gatewayListener).first()).toContainText('127.0.0.1');
  await expectAccessible(page, 'gateway');
  await page.getByTestId(testIds.gatewayLan).click();
  const dialog = page.getByTestId(testIds.gatewayLanDialog);
  await expect(dialog).toContainText('the page of Quarterdeck');
  await expect(dialog).toContainText('the sealed door');
  await expectAccessible(page, 'letting the network in');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByTestId(testIds.gatewayLan)).not.toBeChecked();
  await expect(page.getByTestId(testIds.connectionRow)).toContainText('this page');
});

test('a page opened at the address alone is let in by a key, once a person has compared the fingerprints', async ({
  app: { page },
  marker,
}) => {
  const { port } = new URL(page.url());
  // A name of the network that leads to this machine: to the page it is any address in a network in clear.
  await openSettings(page, 'gateway');
  await page.getByLabel('Other names it is called by').fill(`desk.test:${port}`);
  await page.getByTestId(testIds.gatewaySave).click();
  await expect(page.getByTestId(testIds.gatewaySave)).toBeDisabled();
  await openSettings(page, 'devices');
  const fingerprint = (await page.getByTestId(testIds.gatewayFingerprint).textContent()) ?? '';
  expect(fingerprint).toHaveLength(32);
  await openSettings(page, 'keys');
  const secret = await createKey(page, 'by hand');

  await using other = await openInBrowser(`http://desk.test:${port}/`, marker, 'phone', [
    '--host-resolver-rules=MAP desk.test 127.0.0.1',
  ]);
  const mobile = other.page;
  await expect(mobile.getByTestId(testIds.byHandFingerprint)).toHaveText(fingerprint);
  await expectAccessible(mobile, 'connecting by hand');
  await mobile.getByTestId(testIds.byHandKey).fill(`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`);
  await mobile.getByTestId(testIds.byHandConnect).click();
  await expect(mobile.getByRole('alert')).toBeVisible();
  await mobile.getByTestId(testIds.byHandKey).fill(secret);
  await mobile.getByTestId(testIds.byHandConnect).click();
  await expect(mobile.getByTestId(testIds.connectionStatus)).toHaveAttribute('data-state', 'open');

  // It was not to be kept: another visit asks again.
  await mobile.reload();
  await expect(mobile.getByTestId(testIds.byHandFingerprint)).toHaveText(fingerprint);
  expect(await mobile.evaluate(() => JSON.stringify(localStorage))).not.toContain(secret.slice(0, -1));
});
