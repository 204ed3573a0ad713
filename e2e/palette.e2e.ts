import type { Page } from 'playwright';
import { shortcutIds, windowShortcuts } from '../renderer/store/shortcuts.ts';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { expectRunning, send } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { startSession } from './steps/session.ts';

const mod = process.platform === 'darwin' ? 'Meta' : 'Control';
const field = (page: Page) => page.getByTestId(testIds.paletteInput);
const rows = (page: Page) => page.getByTestId(testIds.paletteRow);

/** Opens the palette, types, and takes the row that is chosen then. */
async function choose(page: Page, words: string): Promise<void> {
  await page.keyboard.press(`${mod}+k`);
  await field(page).fill(words);
  await expect(rows(page).and(page.locator('[aria-selected="true"]'))).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId(testIds.palette)).toBeHidden();
}

test('the palette reaches sessions, actions, settings and what was said, with the keyboard alone', async ({
  app: { page },
  folder,
}) => {
  const first = await startSession(page, { folder, provider: 'demo', message: 'hello from the first' });
  await startSession(page, { folder, provider: 'demo', message: 'hello from the second' });

  await test.step('a session by letters of its title', async () => {
    await choose(page, 'from first');
    await expect(page.locator(`[data-session-id="${first}"]`)).toHaveAttribute('aria-current', 'page');
  });

  await test.step('arrows move the choice around both ends, and Esc closes it without a choice', async () => {
    await page.keyboard.press(`${mod}+k`);
    await page.keyboard.press('ArrowUp');
    await expect(rows(page).last()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowDown');
    await expect(rows(page).first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId(testIds.palette)).toBeHidden();
    await expect(page.locator(`[data-session-id="${first}"]`)).toHaveAttribute('aria-current', 'page');
  });

  await test.step('renames the open session', async () => {
    await choose(page, 'rename');
    await page.keyboard.type('Renamed by the palette');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId(testIds.sessionTitle)).toContainText('Renamed by the palette');
  });

  await test.step('a theme', async () => {
    await choose(page, 'theme dark');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });

  await test.step('a page of the settings', async () => {
    await choose(page, 'settings short');
    await expect(page.getByTestId(testIds.settingsTab('shortcuts'))).toHaveAttribute('aria-current', 'page');
    await expect(page.locator('.shortcut-row')).toHaveCount(
      // Keys of windows are a window's.
      shortcutIds.filter((id) => !windowShortcuts.has(id)).length,
    );
  });

  await test.step('words that are no command are looked for in what was said', async () => {
    await choose(page, 'xyzzy nothing is called so');
    await expect(page.getByTestId(testIds.historySearch)).toHaveValue('xyzzy nothing is called so');
  });
});

test('Esc closes the palette first and stops the turn only then', async ({ app: { page }, folder }) => {
  await startSession(page, { folder, provider: 'demo' });
  const turn = await send(page, 'count to 100 slowly');
  await expectRunning(turn);
  await page.keyboard.press(`${mod}+k`);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId(testIds.palette)).toBeHidden();
  await expectRunning(turn);
  await page.keyboard.press('Escape');
  await expect(turn).toHaveAttribute('data-status', 'aborted');
});

test('keys go from session to session, and hide the list', async ({ app: { page }, folder }) => {
  const first = await startSession(page, { folder, provider: 'demo', message: 'hello one' });
  const second = await startSession(page, { folder, provider: 'demo', message: 'hello two' });
  const isOpen = (id: string) =>
    expect(page.locator(`[data-session-id="${id}"]`)).toHaveAttribute('aria-current', 'page');
  await isOpen(second);
  await page.keyboard.press('Alt+ArrowDown');
  await isOpen(first);
  await page.keyboard.press('Alt+ArrowUp');
  await isOpen(second);
  await page.keyboard.press(`${mod}+b`);
  await expect(page.getByTestId(testIds.sessionList)).toBeHidden();
  await page.getByTestId(testIds.openSidebar).click();
  await expect(page.getByTestId(testIds.sessionList)).toBeVisible();
  await page.keyboard.press(`${mod}+l`);
  await expect(page.getByTestId(testIds.composerInput)).toBeFocused();
});
