import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { sendAndWait } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { openSettings } from './steps/pairing.ts';
import { sessionRow, startSession } from './steps/session.ts';

const dayMs = 86_400_000;

/** A session that has said something, by its title. @returns its id. */
async function sessionOf(page: Page, folder: string, text: string): Promise<string> {
  const id = await startSession(page, { folder, provider: 'demo' });
  await sendAndWait(page, text);
  return id;
}

const backups = (page: Page) => page.getByTestId(testIds.backupList).getByRole('listitem');

test('a backup is made and checked, says what a restore would take away, and everything is taken elsewhere', {
  tag: '@phone',
}, async ({ app: { page, home, desktop }, folder }) => {
  await sessionOf(page, folder, 'Paint the lighthouse.');
  await openSettings(page, 'data');
  await page.getByTestId(testIds.backupMake).click();
  await expect(page.getByTestId(testIds.backupMade)).toContainText('The backup is whole.');
  await expect(page.getByTestId(testIds.backupMade)).toContainText('1 session with');
  await expect(backups(page)).toHaveCount(1);
  await expect(backups(page)).toContainText('made by you');
  expect(await readdir(join(home, 'backups'))).toEqual([expect.stringMatching(/-manual\.db$/)]);

  await sessionOf(page, folder, 'Oil the hinges.');
  await openSettings(page, 'data');
  await expect(page.getByTestId(testIds.diskUse)).toContainText('Oil the hinges.');
  await expect(page.getByTestId(testIds.diskUse)).toContainText('altogether');
  await backups(page)
    .getByRole('button', { name: /^Restore/ })
    .click();
  const contents = page.getByTestId(testIds.restoreContents);
  await expect(contents).toContainText('Whole; every hash fits.');
  await expect(contents).toContainText('1 session would be gone.');
  await expect(contents.getByRole('listitem')).toHaveText(['Oil the hinges.']);
  // A login by a link does not outlive the restart, and that is said before.
  await expect(contents.getByText('This browser came in by a link.')).toHaveCount(desktop ? 0 : 1);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByTestId(testIds.restoreDialog)).toHaveCount(0);
  await expect(page.getByTestId(testIds.restorePlanned)).toHaveCount(0);

  await desktop?.answerFolderDialog(folder);
  await page.getByTestId(testIds.exportEverything).click();
  await expect(page.getByTestId(testIds.exportDone)).toContainText('2 sessions and 0 files are in the archive.');
  const into = desktop ? folder : join(home, 'exports');
  const [archive = ''] = (await readdir(into)).filter((name) => name.endsWith('.zip'));
  const zip = await readFile(join(into, archive));
  // What each file of the archive holds is proven where it is written.
  expect(zip.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  for (const name of ['index.json', 'Paint-the-lighthouse.json', 'Oil-the-hinges.json'])
    expect(zip.includes(name)).toBe(true);

  // Only a window has a file manager behind it.
  const openFolder = page.getByTestId(testIds.dataOpenFolder).and(page.locator('[data-place="backups"]'));
  await expect(openFolder).toHaveCount(desktop ? 1 : 0);
  if (!desktop) return;
  await openFolder.click();
  await expect.poll(() => desktop.calls()).toContainEqual({ api: 'shell.openPath', args: [join(home, 'backups')] });
  await desktop.answerFolderDialog(join(folder, archive));
  await page.getByTestId(testIds.restoreChoose).click();
  await expect(page.getByTestId(testIds.restoreDialog)).toContainText('it is no database');
});

test('old archived sessions are deleted after a backup, and opening that brings them back and keeps what was here', async ({
  launch,
  home,
  folder,
}) => {
  // Three starts, of which the last carries a restore out.
  test.setTimeout(120_000);
  const first = await launch();
  const old = await sessionOf(first.page, folder, 'Paint the lighthouse.');
  const colours = { name: 'colours.txt', mimeType: 'text/plain', buffer: Buffer.from('white, and a red stripe') };
  await first.page.getByTestId(testIds.attachInput).setInputFiles(colours);
  await expect(first.page.getByTestId(testIds.attachmentChip)).toHaveAttribute('data-state', 'ready');
  await sendAndWait(first.page, 'In these colours.');
  const files = async () => (await readdir(join(home, 'attachments'))).filter((name) => /^[0-9a-f]{64}$/.test(name));
  expect(await files()).toHaveLength(1);
  await sessionRow(first.page, old).hover();
  await first.page
    .locator('li')
    .filter({ has: sessionRow(first.page, old) })
    .getByTestId(testIds.sessionMenu)
    .click();
  await first.page.getByTestId(testIds.sessionArchive).click();
  const stays = await sessionOf(first.page, folder, 'Oil the hinges.');
  await first.close();
  letTimePass(home, old, 100 * dayMs);

  const second = await launch();
  await openSettings(second.page, 'data');
  await expect(second.page.getByTestId(testIds.retentionPreview)).toContainText(
    '1 archived session is older than 90 days now.',
  );
  await second.page.getByTestId(testIds.retentionDays).selectOption('365');
  await expect(second.page.getByTestId(testIds.retentionPreview)).toContainText('No archived session is older');
  await expect(second.page.getByTestId(testIds.retentionNow)).toHaveCount(0);
  await second.page.getByTestId(testIds.retentionDays).selectOption('90');
  await second.page.getByTestId(testIds.retentionNow).click();
  await second.page.getByTestId(testIds.confirm).click();
  await expect(second.page.getByText('1 session was deleted.')).toBeVisible();
  expect(await files(), 'the file of its message is gone from here as well').toEqual([]);

  const made = backups(second.page).filter({ hasText: 'before a deletion' });
  await made.getByRole('button', { name: /^Restore/ }).click();
  await expect(second.page.getByTestId(testIds.restoreContents)).toContainText('1 session would come back.');
  await expect(second.page.getByTestId(testIds.restoreContents)).toContainText('Nothing of your sessions.');
  await expect(second.page.getByTestId(testIds.restoreContents)).toContainText('1 image or file');
  await second.page.getByTestId(testIds.restoreConfirm).click();
  expect((await second.exited).code).toBe(0);
  // The start of its own: with the options of this one.
  await expect
    .poll(() => second.desktop?.calls())
    .toContainEqual({
      api: 'app.relaunch',
      args: [{ execPath: expect.any(String), args: expect.arrayContaining(['--home', home]) }],
    });
  await second.close();

  const third = await launch();
  // Good news, so it interrupts nobody.
  const told = third.page.getByTestId(testIds.problemBanner).and(third.page.getByRole('status'));
  await expect(told).toContainText(/The backup of .* was restored/);
  await expect(sessionRow(third.page, stays)).toBeVisible();
  const [file = ''] = await files();
  expect(await readFile(join(home, 'attachments', file, 'content'), 'utf8')).toBe('white, and a red stripe');
  await openSettings(third.page, 'data');
  await expect(backups(third.page).filter({ hasText: 'before a restore' })).toHaveCount(1);
  await third.page.getByTestId(testIds.verifyRun).click();
  await expect(third.page.getByTestId(testIds.verifyResult)).toHaveAttribute('data-ok', 'true');
  await expect(third.page.getByTestId(testIds.verifyResult)).toContainText('2 sessions');
});

test('the log is shown without secrets, filtered and searched, and a report of everything is copied', {
  tag: '@phone',
}, async ({ app: { page, home } }) => {
  const token = (await readFile(join(home, 'owner-token'), 'utf8')).trim();
  // As an older version may have written them.
  const line = (level: string, text: string) => `${new Date().toISOString()} ${level} ${text}\n`;
  await appendFile(
    join(home, 'logs', 'main.log'),
    line('warn', `the door was opened with ${token}`) + line('error', 'the hinges are rusty'),
  );
  await openSettings(page, 'diagnostics');
  const log = page.getByTestId(testIds.logView);
  await expect(log).toContainText('the door was opened with');
  await expect(log).toContainText('the hinges are rusty');
  expect(await page.content()).not.toContain(token);

  await page.getByTestId(testIds.logLevel).selectOption('error');
  await expect(log).not.toContainText('the door was opened');
  await expect(log).toContainText('the hinges are rusty');
  await page.getByTestId(testIds.logLevel).selectOption('info');
  await page.getByTestId(testIds.logSearch).fill('OPENED WITH');
  await expect(log).not.toContainText('hinges');
  await expect(log).toContainText('the door was opened');
  await page.getByTestId(testIds.logSearch).fill(token.slice(0, 12));
  await expect(log).toHaveCount(0);
  // What is written while one looks comes by itself.
  await page.getByTestId(testIds.logSearch).fill('lamp');
  await appendFile(join(home, 'logs', 'main.log'), line('info', 'the lamp is lit'));
  await expect(log).toContainText('the lamp is lit');

  await expect(page.getByTestId(testIds.diagnosticsCheck('database'))).toHaveAttribute('data-state', 'ok');
  await page.getByRole('button', { name: 'Copy report' }).click();
  await page.getByTestId(testIds.logSearch).fill('');
  await page.getByTestId(testIds.logSearch).focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByTestId(testIds.logSearch)).toHaveValue(/^Quarterdeck diagnostics ?ok {2}/);
});

/** Nothing has happened in a session for so long. The summary alone says when something last did; the chain of its events stays whole. */
function letTimePass(home: string, session_id: string, ms: number): void {
  const db = new Database(join(home, 'quarterdeck.db'));
  const at = Date.now() - ms;
  db.prepare(
    `UPDATE sessions SET updated_at = ?, summary = json_set(summary, '$.updated_at', ?) WHERE session_id = ?`,
  ).run(at, at, session_id);
  db.close();
}
