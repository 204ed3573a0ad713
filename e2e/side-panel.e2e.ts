import type { Locator, Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { expectAccessible } from './steps/axe.ts';
import { sendAndWait, toolsOf } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { freshLink, openInBrowser } from './steps/second-client.ts';
import { startSession } from './steps/session.ts';

/** Its own part of the page. */
const place = `[data-testid="${testIds.sidePanel}"]`;
const panel = (page: Page): Locator => page.getByTestId(testIds.sidePanel);
const rows = (page: Page): Locator => panel(page).getByTestId(testIds.treeRow);
const composer = (page: Page): Locator => page.getByTestId(testIds.composerInput);

/** Two files in two folders, one of them changed again. @returns the last turn. */
async function changeTwoFiles(page: Page): Promise<Locator> {
  await sendAndWait(page, 'write src/net/retry.txt: one\ntwo\nthree');
  await sendAndWait(page, 'write notes.txt: hello');
  return sendAndWait(page, 'edit src/net/retry.txt: replace two with TWO');
}

test('what a session changed stands at its side, as a tree with counts, and file by file with every difference', async ({
  launch,
  folder,
}) => {
  const { page } = await launch({ viewport: { width: 1500, height: 800 } });
  await startSession(page, { folder, provider: 'demo', mode: 'full' });

  await test.step('an empty side says what will be there, and a key brings it out and takes it away', async () => {
    await page.keyboard.press('ControlOrMeta+j');
    await expect(panel(page)).toContainText('No file was changed yet');
    await expect(panel(page).getByTestId(testIds.panelTab('changes'))).toBeFocused();
    await page.keyboard.press('ControlOrMeta+j');
    await expect(panel(page)).toHaveCount(0);
    await expect(page.getByTestId(testIds.panelButton)).toBeFocused();
    await page.getByTestId(testIds.panelButton).click();
  });

  await changeTwoFiles(page);
  await test.step('the tree, its folders folded together, and what was added and removed', async () => {
    await expect(panel(page).getByTestId(testIds.changeSum)).toHaveText('2 files+5−1');
    await expect(rows(page)).toHaveText([/^src\/net1/, 'retry.txtnew×2+4−1', 'notes.txtnew+1−0']);
    await panel(page).getByRole('tree').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await expect(rows(page)).toHaveCount(2);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  });

  const file = panel(page).getByTestId(testIds.fileDiffs);
  await test.step('all changes to a file, in the order they were made', async () => {
    await expect(file).toContainText('Change 1 of 2');
    await expect(file.getByTestId(testIds.diff)).toHaveCount(2);
    await expect(file.getByTestId(testIds.diff).first().getByTestId(testIds.diffLine)).toHaveText([
      /one$/,
      /two$/,
      /three$/,
    ]);
    await expect(file.getByTestId(testIds.diff).last()).toContainText('TWO');
    await file.getByRole('button', { name: /retry\.txt/ }).click();
    await expect(file.getByTestId(testIds.diff)).toHaveCount(0);
    await file.getByRole('button', { name: /retry\.txt/ }).click();
  });

  await test.step('side by side where there is room, which is remembered', async () => {
    await panel(page).getByTestId(testIds.layoutSplit).click();
    await expect(file.locator('.diff-half')).toHaveCount(0);
    await panel(page).getByTestId(testIds.panelWide).click();
    const wide = panel(page).locator(`[data-testid="${testIds.fileDiffs}"][data-path$="retry.txt"]`);
    const pair = wide.locator('[data-kind="pair"]').last();
    await expect(pair).toHaveText('twoTWO');
    // Numbers and signs are drawn, and no part of the text that is copied.
    const marks = pair.locator('[data-mark]');
    expect(await marks.evaluateAll((all) => all.map((one) => one.dataset.mark))).toEqual(['2', '−', '2', '+']);
    await expectAccessible(page, 'changes over the conversation', place);
    await panel(page).getByTestId(testIds.panelWide).click();
    await page.reload();
    await expect(panel(page).getByTestId(testIds.layoutSplit)).toHaveAttribute('aria-pressed', 'true');
    await panel(page).getByTestId(testIds.layoutUnified).click();
  });

  await test.step('the tree and the conversation have no fault that axe finds', () =>
    expectAccessible(page, 'changes beside the conversation', place));

  await test.step('usage, and who follows this session', async () => {
    await panel(page).getByTestId(testIds.panelTab('plan')).click();
    await expect(panel(page)).toContainText('No plan yet');
    await panel(page).getByTestId(testIds.panelTab('goal')).click();
    await expect(panel(page)).toContainText('No goal is set');
    await page.keyboard.press('End');
    const here = panel(page).locator('section').filter({ hasText: 'In this session' });
    await expect(here.getByTestId(testIds.connectionRow)).toContainText('this page');
    await expectAccessible(page, 'who is connected', place);
  });
});

test('comments on lines, of the panel and of a tool card, are sent with one message', async ({ launch, folder }) => {
  const { page } = await launch({ viewport: { width: 1500, height: 800 } });
  await startSession(page, { folder, provider: 'demo', mode: 'full' });
  const edited = await changeTwoFiles(page);

  await test.step('a click on a line in a tool card', async () => {
    const card = toolsOf(edited);
    await card.getByTestId(testIds.diffLine).filter({ hasText: /TWO/ }).click();
    await expect(card.getByTestId(testIds.commentField)).toBeFocused();
    await page.keyboard.type('Why in capitals?');
    // Esc takes the field away, and what was written in it is there again.
    await page.keyboard.press('Escape');
    await expect(card.getByTestId(testIds.commentField)).toHaveCount(0);
    await page.keyboard.press('Enter');
    await expect(card.getByTestId(testIds.commentField)).toHaveValue('Why in capitals?');
    await card.getByTestId(testIds.commentPut).click();
    await expect(card.getByTestId(testIds.commentDone)).toBeVisible();
  });

  await test.step('a range of lines, with the keyboard, in the panel', async () => {
    await page.getByTestId(testIds.panelButton).click();
    await rows(page).filter({ hasText: 'retry.txt' }).click();
    const first = panel(page).getByTestId(testIds.diff).first();
    await first.getByRole('button', { name: 'line 1, added: one' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await expect(first.locator('.is-chosen')).toHaveCount(2);
    await page.keyboard.press('Enter');
    await page.keyboard.type('Keep these.');
    await expectAccessible(page, 'a comment that is being written', place);
    await page.keyboard.press('ControlOrMeta+Enter');
    await panel(page).getByTestId(testIds.commentDone).getByRole('button').click();
    await expect(composer(page)).toBeFocused();
  });

  await test.step('both stand in the message, as it is sent', async () => {
    const message = [
      'On `src/net/retry.txt`, line 2:',
      '```diff',
      '+TWO',
      '```',
      'Why in capitals?',
      '',
      'On `src/net/retry.txt`, lines 2 to 3:',
      '```diff',
      '+two',
      '+three',
      '```',
      'Keep these.',
      '',
    ].join('\n');
    await expect(composer(page)).toHaveValue(message);
    await composer(page).press('Enter');
    await expect(composer(page)).toHaveValue('');
    const sent = page.getByTestId(testIds.userMessage).last();
    await expect(sent).toContainText('Why in capitals?');
    await expect(sent).toContainText('lines 2 to 3');
    await expect(sent).toContainText('Keep these.');
  });
});

test('both sides are as wide as they were left, by the mouse and by the keyboard, after a reload too', async ({
  launch,
  folder,
}) => {
  const { page } = await launch({ viewport: { width: 1500, height: 800 } });
  await startSession(page, { folder, provider: 'demo', mode: 'full' });
  await page.getByTestId(testIds.panelButton).click();
  const sidebar = page.locator('#sidebar');
  const width = async (target: Locator) => Math.round((await target.boundingBox())?.width ?? 0);
  await expect(panel(page)).toBeVisible();
  const before = await width(panel(page));
  const edge = await page.getByTestId(testIds.resizer('panel')).boundingBox();
  if (!edge) throw new Error('The panel has no edge.');
  await page.mouse.move(edge.x + edge.width / 2, 400);
  await page.mouse.down();
  await page.mouse.move(edge.x + edge.width / 2 - 100, 400, { steps: 4 });
  await page.mouse.up();
  expect(await width(panel(page))).toBe(before + 100);
  await page.getByTestId(testIds.resizer('panel')).press('ArrowLeft');
  await expect(page.getByTestId(testIds.resizer('panel'))).toHaveAttribute('aria-valuenow', String(before + 116));
  const list = await width(sidebar);
  await page.getByTestId(testIds.resizer('sidebar')).press('ArrowRight');
  await page.getByTestId(testIds.resizer('sidebar')).press('Shift+ArrowRight');
  expect(await width(sidebar)).toBe(list + 80);
  await page.reload();
  await expect(panel(page)).toBeVisible();
  expect(await width(panel(page))).toBe(before + 116);
  expect(await width(sidebar)).toBe(list + 80);
  await page.getByTestId(testIds.resizer('panel')).press('Enter');
  expect(await width(panel(page))).toBe(before);
});

test('on a phone it is a sheet, and a comment leads back to the message', async ({
  app: { page, home },
  folder,
  marker,
}) => {
  await startSession(page, { folder, provider: 'demo', mode: 'full' });
  await changeTwoFiles(page);
  await using phone = await openInBrowser(await freshLink(home), marker, 'phone');
  const mobile = phone.page;
  await mobile.evaluate((hash) => {
    location.hash = hash;
  }, new URL(page.url()).hash);
  await expect(mobile.getByTestId(testIds.conversation)).toHaveAttribute('data-phase', 'live');
  await mobile.getByTestId(testIds.panelButton).tap();
  await expect(panel(mobile)).toHaveAttribute('data-where', 'sheet');
  await expectAccessible(mobile, 'the sheet of a phone', place);
  await rows(mobile).filter({ hasText: 'notes.txt' }).tap();
  await panel(mobile).getByTestId(testIds.diffLine).tap();
  await mobile.keyboard.press('Escape');
  await expect(panel(mobile).getByTestId(testIds.commentField)).toHaveCount(0);
  await expect(panel(mobile)).toBeVisible();
  await panel(mobile).getByTestId(testIds.diffLine).tap();
  await panel(mobile).getByTestId(testIds.commentField).fill('Say it in German.');
  await panel(mobile).getByTestId(testIds.commentPut).tap();
  await panel(mobile).getByTestId(testIds.commentDone).getByRole('button').tap();
  await expect(panel(mobile)).toHaveCount(0);
  await expect(composer(mobile)).toHaveValue(/On `notes\.txt`, line 1:[\s\S]*\+hello[\s\S]*Say it in German\./);
  await mobile.getByTestId(testIds.panelButton).tap();
  await expect(panel(mobile)).toBeVisible();
  await mobile.keyboard.press('Escape');
  await expect(panel(mobile)).toHaveCount(0);
});
