import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { testIds } from '../../renderer/test-ids.ts';
import { openInBrowser } from './second-client.ts';
import { bringOutSidebar, isPhone } from './session.ts';

export async function openSettings(page: Page, tab: string): Promise<void> {
  if (!(await page.getByTestId(testIds.settings).isVisible())) {
    await bringOutSidebar(page);
    await page.getByTestId(testIds.openSettings).click();
  }
  // On a phone one field offers what stands in a list elsewhere.
  if (isPhone(page)) await page.getByTestId(testIds.settingsPicker).selectOption(tab);
  else await page.getByTestId(testIds.settingsTab(tab)).click();
}

/** Asks for a pairing on the desktop. @returns the link in the QR code; the dialog stays open. */
export async function showPairingCode(
  page: Page,
  name: string,
  preset: 'everyday' | 'follow' | 'read' = 'everyday',
): Promise<string> {
  await openSettings(page, 'devices');
  await page.getByTestId(testIds.devicePair).click();
  await page.getByTestId(testIds.deviceName).fill(name);
  await page.getByTestId(testIds.devicePreset(preset)).check();
  await page.getByTestId(testIds.deviceShowCode).click();
  await expect(page.getByTestId(testIds.pairingCode)).toBeVisible();
  const link = await page.getByTestId(testIds.pairingLink).textContent();
  expect(link).toMatch(/^http:\/\/.+\/#pair=[\w-]+$/);
  return link ?? '';
}

type Marker = { name: string; value: string };

/** Pairs a phone with the app: asks for a code on the desktop, opens it in a browser of a phone's size, and sees both agree. */
export async function pairPhone(page: Page, marker: Marker, name: string, preset?: 'everyday' | 'follow' | 'read') {
  const phone = await openInBrowser(await showPairingCode(page, name, preset), marker, 'phone');
  const paired = page.getByTestId(testIds.pairingPaired);
  await expect(paired).toContainText(name);
  await page.getByTestId(testIds.pairingDone).click();
  await expect(page.getByTestId(testIds.deviceRow).filter({ hasText: name })).toHaveAttribute('data-online', 'true');
  return phone;
}
