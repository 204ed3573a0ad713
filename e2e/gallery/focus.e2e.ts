import { expect, test } from './fixtures.ts';

test('Esc closes the top thing only: the menu before the dialog, the palette before the page', async ({ openPage }) => {
  const { page, open } = await openPage('wide');
  await open('tour');
  await page.getByTestId('composer-input').focus();
  await page.keyboard.press('Control+k');
  const palette = page.getByTestId('palette');
  await expect(palette).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(page.getByTestId('composer-input')).toBeFocused();
  await open('keys');
  const menuButton = page.getByTestId('key-menu').first();
  await menuButton.click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(menuButton).toBeFocused();
  await menuButton.click();
  await page.getByTestId('key-revoke').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(menuButton).toBeFocused();
});
