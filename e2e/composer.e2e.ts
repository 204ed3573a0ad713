import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { expectAccessible } from './steps/axe.ts';
import { asked, test as withClaude } from './steps/claude.ts';
import { answerOf, expectEnded, send, sendAndWait, turnWith } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { say, script } from './steps/script.ts';
import { freshLink, openInBrowser } from './steps/second-client.ts';
import { chooseMode, openSession, sessionRow, startSession } from './steps/session.ts';

/** What a person writes: files they mention, what they said before, what they have not sent yet, and what they choose. */

const fieldOf = (page: Page) => page.getByTestId(testIds.composerInput);
const optionsOf = (page: Page) => page.getByTestId(testIds.mentionOption);

function project(folder: string): void {
  mkdirSync(join(folder, 'My notes'), { recursive: true });
  mkdirSync(join(folder, 'out'), { recursive: true });
  writeFileSync(join(folder, '.gitignore'), 'out/\n*.log\n');
  writeFileSync(join(folder, 'My notes/plan für "heute".md'), 'Here be dragons.\n');
  writeFileSync(join(folder, 'My notes/other.md'), '');
  writeFileSync(join(folder, 'out/plan-of-the-build.md'), '');
  writeFileSync(join(folder, 'plan.log'), '');
  execFileSync('git', ['init', '-q', folder]);
}

test('a file is mentioned by a few of its letters, by keys alone or by a thumb, and what is ignored is not offered', async ({
  app,
  folder,
  marker,
}) => {
  const { page, home } = app;
  project(folder);
  // Also in the words that a session begins with.
  await page.getByTestId(testIds.newSession).click();
  await page.getByTestId(testIds.folderInput).fill(folder);
  await page.getByTestId(testIds.firstMessage).pressSequentially('read @other');
  await expect(optionsOf(page)).toHaveCount(1);
  await page.getByTestId(testIds.firstMessage).press('Enter');
  await expect(page.getByTestId(testIds.firstMessage)).toHaveValue('read @"My notes/other.md" ');
  await page.getByTestId(testIds.firstMessage).fill('');

  const id = await startSession(page, { folder, provider: 'demo' });
  const field = fieldOf(page);
  await field.pressSequentially('read @pla');
  const options = optionsOf(page);
  await expect(options).toHaveCount(1);
  await expect(field).toHaveAttribute('aria-activedescendant', (await options.first().getAttribute('id')) ?? '');
  await expectAccessible(page, 'the list of files', '.command-menu');
  await field.press('Enter');
  await expect(field).toHaveValue(String.raw`read @"My notes/plan für \"heute\".md" `);
  // A folder is gone into with Tab; Escape sends the list away and stops nothing.
  await field.fill('');
  await field.pressSequentially('read @myno');
  await expect(options.first()).toContainText('My notes/');
  await field.press('Tab');
  await expect(field).toHaveValue('read @"My notes/"');
  await expect(options).toHaveCount(2);
  await field.press('Escape');
  await expect(page.getByTestId(testIds.mentionMenu)).toHaveCount(0);
  await expect(field).toBeFocused();
  // One that has just been made is found, and what it holds is read.
  writeFileSync(join(folder, 'fresh-from-the-press.txt'), 'Hot metal.\n');
  await field.fill('');
  await expect(async () => {
    await field.fill('');
    await field.pressSequentially('read @fresh');
    await expect(options).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await field.press('Enter');
  await field.press('Enter');
  await expect(answerOf(turnWith(page, 'read @fresh-from-the-press.txt'))).toContainText('Hot metal.');

  await using phone = await openInBrowser(await freshLink(home), marker, 'phone');
  await openOnPhone(phone.page, id);
  await fieldOf(phone.page).tap();
  await fieldOf(phone.page).pressSequentially('read @other');
  await optionsOf(phone.page).first().tap();
  await expect(fieldOf(phone.page)).toHaveValue('read @"My notes/other.md" ');
  await phone.page.getByTestId(testIds.send).tap();
  await expectEnded(turnWith(page, 'read @"My notes/other.md"'), 'completed');
  // Saying it in other words works with a thumb, too.
  const turn = turnWith(phone.page, 'read @"My notes/other.md"');
  await turn.getByTestId(testIds.messageMenu).tap();
  await phone.page.getByTestId(testIds.messageEdit).tap();
  await phone.page.getByTestId(testIds.confirm).tap();
  await expect(fieldOf(phone.page)).toHaveValue('read @"My notes/other.md"');
  await expect(phone.page.getByTestId(testIds.rewound)).toBeVisible();
  // The phone offers its camera beside its files.
  await phone.page.getByTestId(testIds.attachButton).tap();
  const [chooser] = await Promise.all([
    phone.page.waitForEvent('filechooser'),
    phone.page.getByTestId(testIds.attachPhoto).tap(),
  ]);
  expect(await chooser.element().getAttribute('capture')).toBe('environment');
});

test('what is being written outlives a killed app, and goes on on the phone and back', async ({
  launch,
  folder,
  marker,
}) => {
  const first = await launch();
  const id = await startSession(first.page, { folder, provider: 'demo' });
  const other = await startSession(first.page, { folder, provider: 'demo' });
  await openSession(first.page, id);
  await fieldOf(first.page).pressSequentially('count to 2, which I beg');
  await first.page.getByTestId(testIds.newSession).click();
  await first.page.getByTestId(testIds.firstMessage).fill('For a session that is yet to be');
  const photo = { name: 'photo.txt', mimeType: 'text/plain', buffer: Buffer.from('A photo, in words.\n') };
  await first.page.getByTestId(testIds.attachInput).setInputFiles(photo);
  await expect(first.page.getByTestId(testIds.attachmentChip)).toHaveAttribute('data-state', 'ready');
  // The hand rests for a moment; nothing says goodbye.
  await first.page.waitForTimeout(700);
  await first.kill('SIGKILL');

  const { page, home } = await launch();
  await openSession(page, other);
  await expect(sessionRow(page, id)).toContainText('Draft');
  await page.getByTestId(testIds.newSession).click();
  await expect(page.getByTestId(testIds.firstMessage)).toHaveValue('For a session that is yet to be');
  await expect(page.getByTestId(testIds.attachmentChip)).toContainText('photo.txt');

  await using phone = await openInBrowser(await freshLink(home), marker, 'phone');
  await openOnPhone(phone.page, id);
  await expect(fieldOf(phone.page)).toHaveValue('count to 2, which I beg');
  await openSession(page, id);
  await expect(fieldOf(page)).toHaveValue('count to 2, which I beg');
  await fieldOf(phone.page).fill('count to 3');
  await expect(fieldOf(page)).toHaveValue('count to 3');
  // Who is typing is not interrupted.
  await fieldOf(page).pressSequentially(', in the window');
  await expect(fieldOf(page)).toHaveValue('count to 3, in the window');
  await expect(fieldOf(phone.page)).toHaveValue('count to 3, in the window');
  await phone.page.getByTestId(testIds.attachInput).setInputFiles({ ...photo, name: 'from-the-phone.txt' });
  await expect(page.getByTestId(testIds.attachmentChip)).toContainText('from-the-phone.txt');
  await page.getByTestId(testIds.send).click();
  const turn = turnWith(phone.page, 'count to 3, in the window');
  await expectEnded(turn, 'completed');
  await expect(turn.getByTestId(testIds.messageFile)).toContainText('from-the-phone.txt');
  await expect(fieldOf(phone.page)).toHaveValue('');
  await expect(phone.page.getByTestId(testIds.attachmentChip)).toHaveCount(0);
});

test('what was said comes back with the arrows, a long text goes as a file, and a folder remembers what was chosen', async ({
  app: { page },
  folder,
}) => {
  await startSession(page, { folder, provider: 'demo', message: 'count to 1' });
  // What was said in the folder before comes behind what was said in the session.
  await startSession(page, { folder, provider: 'demo' });
  await sendAndWait(page, 'count to 2');
  await sendAndWait(page, 'count to 3');
  const field = fieldOf(page);
  await field.fill('a draft');
  await field.press('Home');
  await field.press('ArrowUp');
  await expect(field).toHaveValue('count to 3');
  await field.press('ArrowUp');
  await expect(field).toHaveValue('count to 2');
  await field.press('ArrowUp');
  await expect(field).toHaveValue('count to 1');
  await field.press('ArrowDown');
  await field.press('ArrowDown');
  await field.press('ArrowDown');
  await expect(field).toHaveValue('a draft');

  const paste = (text: string) =>
    field.evaluate((element, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  await paste('lorem ipsum '.repeat(1_000));
  const chip = page.getByTestId(testIds.attachmentChip);
  await expect(chip).toContainText('pasted-text-1.txt');
  await expect(chip).toHaveAttribute('data-state', 'ready');
  await expect(field).toHaveValue('a draft');
  // Taken back, it stands where it would have stood.
  await page.getByTestId(testIds.attachmentPutBack).click();
  await expect(chip).toHaveCount(0);
  expect(await field.inputValue()).toContain('lorem ipsum lorem ipsum');
  await field.fill('');
  await paste('lorem ipsum '.repeat(1_000));
  await expect(chip).toHaveAttribute('data-state', 'ready');
  await expect(answerOf(await send(page, 'What is this?'))).toContainText('1 file came with your message');

  await chooseMode(page, 'plan');
  await page.getByTestId(testIds.newSession).click();
  await page.getByTestId(testIds.folderInput).fill(folder);
  await expect(page.getByTestId(testIds.modeOption('plan'))).toBeChecked();
  await expect(page.getByTestId(testIds.providerOption('demo'))).toBeChecked();
});

withClaude(
  'Claude Code reads the file that is mentioned before it answers, and the meter tells how full its context is',
  async ({ app: { page }, folder, model }) => {
    mkdirSync(join(folder, 'My notes'));
    writeFileSync(join(folder, 'My notes/dragons.md'), 'Here be dragons, seventeen of them.\n');
    await startSession(page, { folder });
    const field = fieldOf(page);
    await field.pressSequentially('@drag');
    await expect(optionsOf(page)).toHaveCount(1);
    await field.press('Enter');
    await expect(field).toHaveValue('@"My notes/dragons.md" ');
    await sendAndWait(page, script('@"My notes/dragons.md" How many?', [say('Seventeen.')]));
    expect(JSON.stringify(asked(model).at(-1))).toContain('Here be dragons, seventeen of them.');
    // And how full its context is stands beside the pickers.
    await page.getByTestId(testIds.meter).click();
    await expect(page.getByTestId(testIds.meterPanel)).toContainText(/[\d,]+ of [\d,]+ tokens/);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId(testIds.meterPanel)).toHaveCount(0);
    await expect(page.getByTestId(testIds.meter)).toBeFocused();
  },
);

/** Opens a session from the list of a phone, which is a sheet over the conversation. */
async function openOnPhone(page: Page, id: string): Promise<void> {
  await page.getByTestId(testIds.openSidebar).tap();
  await sessionRow(page, id).tap();
  await expect(page.getByTestId(testIds.conversation)).toHaveAttribute('data-phase', 'live');
}
