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

test('a menu and a panel in a modal dialog can be used by hand and by key, and Esc closes them before the dialog', async ({
  openPage,
}) => {
  const { page, open } = await openPage('wide');
  await open('menus-in-dialog');
  const dialog = page.getByRole('dialog', { name: 'Dialog' });
  const said = page.locator('output');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Second' }).click();
  await expect(said).toHaveText('Second');
  await expect(page.getByRole('button', { name: 'Menu' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(dialog).toBeVisible();
  await page.getByRole('button', { name: 'Panel' }).click();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Press' })).toBeFocused();
  await page.getByRole('button', { name: 'Press' }).click();
  await expect(said).toHaveText('pressed');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
