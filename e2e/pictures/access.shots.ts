import { testIds } from '../../renderer/test-ids.ts';
import { expect } from '../driver/fixtures.ts';
import { test } from '../steps/demo.ts';
import { openSettings } from '../steps/pairing.ts';
import { freshLink, openInBrowser } from '../steps/second-client.ts';
import { Camera } from './camera.ts';

test('pictures of keys, devices and the gateway', async ({ launch, marker }) => {
  const app = await launch({ colorScheme: 'light' });
  const { page } = app;
  await using mobile = await openInBrowser(await freshLink(app.home), marker, 'phone');
  const camera = new Camera(page, mobile.page);
  const both = [page, mobile.page];
  const closeDialogs = async (): Promise<void> => {
    for (const at of both) await at.keyboard.press('Escape');
  };

  await openSettings(page, 'keys');
  await camera.take('keys-empty', (at) => expect(at.getByTestId(testIds.keyNew)).toBeVisible());
  await camera.take('key-form', async (at) => {
    await at.getByTestId(testIds.keyNew).click();
    await at.getByTestId(testIds.keyName).fill('nightly script');
  });
  await page.getByTestId(testIds.keyCreate).click();
  await page.getByTestId(testIds.keyDone).click();
  await openSettings(page, 'devices');
  await camera.take('pairing', async (at) => {
    await at.getByTestId(testIds.devicePair).click();
    await at.getByTestId(testIds.deviceName).fill('Pixel 9');
    await at.getByTestId(testIds.deviceShowCode).click();
    await expect(at.getByTestId(testIds.pairingCode)).toBeVisible();
  });
  await closeDialogs();
  await openSettings(page, 'gateway');
  await camera.take('gateway-network', async (at) => {
    await at.getByTestId(testIds.gatewayLan).click();
    await expect(at.getByTestId(testIds.gatewayLanDialog)).toBeVisible();
  });
});
