import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { testIds } from '../../renderer/test-ids.ts';
import { expect, test } from '../driver/fixtures.ts';
import { answerOf, expectEnded, send, turnWith } from '../steps/conversation.ts';
import { startWith } from '../steps/session.ts';
import { askForSession, badAgent, expectProblem, expectWholeLog, startsLike } from './window-test-support.ts';

/** What a person sees of folders and agents that do not do what they should. */

test('a folder that cannot be used is refused at its field, and nothing that was typed is lost', async ({
  launch,
  folder,
}) => {
  const { page } = await launch({ env: badAgent });
  await askForSession(page, join(folder, 'not-here'), 'claude', 'My first words');
  const error = page.getByTestId(testIds.folderError);
  await expectProblem(error, 'There is no folder');
  await expect(page.getByTestId(testIds.firstMessage)).toHaveValue('My first words');
  await expect(page.getByTestId(testIds.folderInput)).toHaveValue(join(folder, 'not-here'));
  await expect(page.getByTestId(testIds.folderInput)).toHaveAttribute('aria-invalid', 'true');

  await page.getByTestId(testIds.folderInput).fill('somewhere/else');
  await page.getByTestId(testIds.startSession).click();
  await expectProblem(error, 'not a full path');

  await page.getByTestId(testIds.folderInput).fill(folder);
  await expect(error).toHaveCount(0);
  await page.getByTestId(testIds.startSession).click();
  await expectEnded(turnWith(page, 'My first words'), 'completed');
});

test('a folder that vanishes fails the turn with a card, and the message is sent again when it is back', async ({
  launch,
  folder,
}) => {
  const { page } = await launch({ env: badAgent });
  await expectEnded(await startWith(page, '[die] please', { folder }), 'failed');
  renameSync(folder, `${folder}-moved`);
  const lost = await send(page, 'Is anybody there?');
  await expectProblem(lost.getByTestId(testIds.errorCard), folder);
  await expect(lost.getByTestId(testIds.errorCard)).toHaveAttribute('data-code', 'folder_missing');
  renameSync(`${folder}-moved`, folder);
  await lost.getByTestId(testIds.retry).click();
  const turns = page.getByTestId(testIds.turn);
  await expect(turns).toHaveCount(3);
  await expectEnded(turns.last(), 'completed');
  await expect(answerOf(turns.last())).toContainText('Resumed. You said: Is anybody there?');
});

test('an agent that exits at once shows its own words, and one click sends the message again', async ({
  launch,
  folder,
}) => {
  const { page } = await launch({ env: badAgent });
  startsLike(folder, 'exits');
  const turn = await startWith(page, 'Hello?', { folder });
  const card = turn.getByTestId(testIds.errorCard);
  await expectProblem(card, 'exit code 3');
  await card.getByRole('button', { name: /detail/i }).click();
  await expect(card).toContainText('configuration file is broken at line 7');
  rmSync(join(folder, '.bad-claude'));
  await card.getByTestId(testIds.retry).click();
  await expectEnded(page.getByTestId(testIds.turn).last(), 'completed');
  await expectWholeLog(page);
});

test('an agent that is not there is named with its place, and found when it is', async ({ launch, folder }) => {
  const path = join(folder, 'bin-claude');
  const { page } = await launch({ env: { ...badAgent, QUARTERDECK_CLAUDE_PATH: path } });
  const row = page.getByTestId(testIds.providerRow('claude'));
  await expect(row).toHaveAttribute('data-state', /broken|not_found/);
  await expect(row).toContainText(path);
  await expect(row).toContainText('QUARTERDECK_CLAUDE_PATH');
  symlinkSync(badAgent.QUARTERDECK_CLAUDE_PATH, path);
  await page.getByTestId(testIds.lookAgain).click();
  await expect(row).toHaveAttribute('data-state', 'ready');
  await expectEnded(await startWith(page, 'Hello', { folder }), 'completed');

  // It goes away while the app runs.
  rmSync(path);
  await send(page, '[die] please');
  await expectEnded(page.getByTestId(testIds.turn).last(), 'failed');
  const lost = await send(page, 'Still there?');
  await expectProblem(lost.getByTestId(testIds.errorCard), path);
  await expect(lost.getByTestId(testIds.errorCard)).toHaveAttribute('data-code', 'provider_missing');
});

test('an agent that dies in the middle leaves its half answer, and goes on with the next message', async ({
  launch,
  folder,
}) => {
  const { page } = await launch({ env: badAgent });
  const turn = await startWith(page, '[die] please', { folder });
  await expectProblem(turn.getByTestId(testIds.errorCard), 'SIGKILL');
  await expect(answerOf(turn)).toContainText('Half of an ans');
  const next = await send(page, 'Go on');
  await expect(answerOf(next)).toContainText('Resumed. You said: Go on');
  await expect(answerOf(turn)).toContainText('Half of an ans');
});

test('an agent that writes a line of 100 MB is ended with a card; what it said before stays', async ({
  launch,
  folder,
}) => {
  const { page } = await launch({ env: badAgent });
  const turn = await startWith(page, '[long-line] please', { folder });
  await expectProblem(turn.getByTestId(testIds.errorCard), '64 MB');
  await expect(answerOf(turn)).toContainText('Before the long line.');
  await expectEnded(await send(page, 'Go on'), 'completed');
});

test('an agent that is deaf to everything can be stopped', async ({ launch, folder }) => {
  const { page } = await launch({ env: badAgent });
  const turn = await startWith(page, '[deaf] please', { folder });
  await expect(answerOf(turn)).toContainText('Working on it');
  await page.getByTestId(testIds.stop).click();
  await expectEnded(turn, 'aborted');
  await expect(answerOf(turn)).toContainText('Working on it');
  await expectEnded(await send(page, 'Go on'), 'completed');
});

test('a message that is too long is said to be while it is written, and stays in the composer', async ({
  launch,
  folder,
}) => {
  const { page } = await launch({ env: badAgent });
  await expectEnded(await startWith(page, 'Hello', { folder }), 'completed');
  const composer = page.getByTestId(testIds.composerInput);
  await composer.evaluate((field: HTMLTextAreaElement) => {
    // As a paste does it; typing that much takes minutes.
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, 'x'.repeat(500_001));
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await expect(page.getByTestId(testIds.send)).toBeDisabled();
  await expect(page.locator('.composer')).toContainText('500,000');
  await composer.press('Enter');
  expect(await composer.evaluate((field: HTMLTextAreaElement) => field.value.length)).toBeGreaterThan(500_000);
});
