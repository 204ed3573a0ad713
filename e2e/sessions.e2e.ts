import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { answerApproval, expectCommandToWait } from './steps/approval.ts';
import { expectEnded, send, sendAndWait } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { openSession, sessionRow, startSession } from './steps/session.ts';

/** The list of sessions. */

test('sessions stand under their folder, with what each of them is doing', async ({ app: { page }, folder }) => {
  const [ships, harbours] = [join(folder, 'ships'), join(folder, 'harbours')];
  await Promise.all([mkdir(ships), mkdir(harbours)]);
  const idle = await startSession(page, { folder: ships, provider: 'demo' });
  await sendAndWait(page, 'count to 3');
  const waiting = await startSession(page, { folder: harbours, provider: 'demo' });
  const turn = await send(page, 'run echo hi');
  await expectCommandToWait(page, 'echo hi');
  const running = await startSession(page, { folder: ships, provider: 'demo' });
  await send(page, 'count to 500 slowly');

  const groups = page.getByTestId(testIds.sessionList).locator('section');
  // The folder in which something waits comes first.
  await expect(groups.getByRole('heading')).toHaveText(['harbours', 'ships']);
  await expect(groups.filter({ hasText: 'ships' }).getByTestId(testIds.sessionItem)).toHaveCount(2);
  await expect(sessionRow(page, idle)).toHaveAttribute('data-status', 'idle');
  await expect(sessionRow(page, running)).toHaveAttribute('data-status', 'running');
  await expect(sessionRow(page, waiting)).toHaveAttribute('data-status', 'waiting');
  await expect(sessionRow(page, waiting).getByTestId(testIds.sessionWhy)).toHaveText('echo hi');

  await page.getByText('1 session waits for you').click();
  await expect(sessionRow(page, waiting)).toHaveAttribute('aria-current', 'page');
  await answerApproval(page, 'deny');
  await expectEnded(turn, 'completed');
  await expect(sessionRow(page, waiting)).toHaveAttribute('data-status', 'idle');
  await openSession(page, running);
  await page.keyboard.press('Escape');
  await expect(sessionRow(page, running)).toHaveAttribute('data-status', 'idle');
});

test('a session is renamed, found by its name, archived and brought back, and stays so', async ({ launch, folder }) => {
  const first = await launch();
  const { page } = first;
  const kept = await startSession(page, { folder, provider: 'demo' });
  await sendAndWait(page, 'count to 3');
  const archived = await startSession(page, { folder, provider: 'demo' });
  await sendAndWait(page, 'count to 4');

  const menu = (id: string) =>
    page
      .locator('li')
      .filter({ has: sessionRow(page, id) })
      .getByTestId(testIds.sessionMenu);
  await sessionRow(page, kept).hover();
  await menu(kept).click();
  await page.getByTestId(testIds.sessionRename).click();
  const field = page.getByTestId(testIds.sessionList).getByRole('textbox');
  await field.fill('Log of the Beagle');
  await field.press('Enter');
  await expect(sessionRow(page, kept)).toContainText('Log of the Beagle');

  await page.getByTestId(testIds.sessionSearch).fill('beagle');
  await expect(page.getByTestId(testIds.sessionItem)).toHaveCount(1);
  await expect(sessionRow(page, kept)).toBeVisible();
  await page.getByTestId(testIds.sessionSearch).fill('endeavour');
  await expect(page.getByTestId(testIds.sessionItem)).toHaveCount(0);
  await page.getByTestId(testIds.sessionSearch).fill('');
  await expect(page.getByTestId(testIds.sessionItem)).toHaveCount(2);

  await sessionRow(page, archived).hover();
  await menu(archived).click();
  await page.getByTestId(testIds.sessionArchive).click();
  await expect(sessionRow(page, archived)).toHaveCount(0);
  await expect(page.getByTestId(testIds.conversation)).toContainText('This session is archived.');

  await first.close();
  const second = (await launch()).page;
  await expect(sessionRow(second, kept)).toContainText('Log of the Beagle');
  await expect(sessionRow(second, archived)).toHaveCount(0);
  await second.getByTestId(testIds.archivedToggle).click();
  await openSession(second, archived);
  await second.getByRole('button', { name: 'Bring back' }).click();
  await expect(second.getByTestId(testIds.archivedToggle)).toHaveCount(0);
  await sendAndWait(second, 'count to 5');
});
