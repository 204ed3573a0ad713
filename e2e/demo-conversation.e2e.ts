import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import {
  answerApproval,
  approvalCard,
  denyWithReason,
  expectChangeToWait,
  expectCommandToWait,
} from './steps/approval.ts';
import {
  answerOf,
  expectEnded,
  expectRunning,
  send,
  sendAndWait,
  toolsOf,
  transcriptOf,
  turnWith,
} from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { openSession, sessionRow, startSession } from './steps/session.ts';
import { commandOf, processesMarked } from './tools/process-tree.ts';

/** The conversation of a newcomer: the built-in guide, without a key, a network or any CLI. */

test('a newcomer starts the guide from the first screen and is taken through every part of the app', {
  tag: '@phone',
}, async ({ app: { page }, folder }) => {
  await expect(page.getByTestId(testIds.firstStart)).toBeVisible();
  await page.getByTestId(testIds.startDemo).click();
  await page.getByTestId(testIds.folderInput).fill(folder);
  await page.getByTestId(testIds.startSession).click();
  const turn = page.getByTestId(testIds.turn);

  const question = page.getByTestId(testIds.questionCard);
  await question.getByText('The log').click();
  await question.getByTestId(testIds.questionSubmit).click();
  const file = join(folder, 'quarterdeck-tour.md');
  await expectChangeToWait(page, file, ['+# A file of the tour', '+', '+The weather is fine.']);
  await answerApproval(page, 'once');
  await expectChangeToWait(page, file, ['-The weather is fine.', '+The weather is splendid.']);
  expect(readFileSync(file, 'utf8')).toBe('# A file of the tour\n\nThe weather is fine.\n');
  await answerApproval(page, 'once');
  await expectCommandToWait(page, 'echo Hello from a real command');
  await answerApproval(page, 'once');
  await expect(approvalCard(page)).toContainText('Delete this?');
  expect(readFileSync(file, 'utf8')).toContain('splendid');
  await answerApproval(page, 'once');

  // The tour is long: its turn is more than one row of the conversation.
  await expectEnded(turn.last(), 'completed');
  expect(existsSync(file)).toBe(false);
  await expect(turn.getByTestId(testIds.plan).last()).toContainText('7 of 7 done');
  await expect(answerOf(await sendAndWait(page, 'who are you?'))).toContainText('not a language model');
});

test('it lists, reads, writes and runs for real, behind real approvals', { tag: '@phone' }, async ({
  app: { page },
  folder,
}) => {
  writeFileSync(join(folder, 'log.md'), '# Log\n\nWind from the west.\n');
  await startSession(page, { folder, provider: 'demo' });

  const listed = await sendAndWait(page, 'list');
  await expect(answerOf(listed)).toContainText('log.md');
  const read = await sendAndWait(page, 'read log.md');
  await expect(answerOf(read)).toContainText('Wind from the west.');
  await expect(read.getByTestId(testIds.reasoning)).toContainText('Thought');

  const wrote = await send(page, 'write course.txt: North by northwest');
  await expectChangeToWait(page, join(folder, 'course.txt'), ['+North by northwest']);
  expect(existsSync(join(folder, 'course.txt'))).toBe(false);
  await answerApproval(page, 'once');
  await expectEnded(wrote, 'completed');
  expect(readFileSync(join(folder, 'course.txt'), 'utf8')).toBe('North by northwest\n');

  const denied = await send(page, 'write orders.txt: Sink it');
  await expectChangeToWait(page, join(folder, 'orders.txt'), ['+Sink it']);
  await denyWithReason(page, 'We come in peace.');
  await expectEnded(denied, 'completed');
  expect(existsSync(join(folder, 'orders.txt'))).toBe(false);
  await expect(toolsOf(denied)).toHaveAttribute('data-status', 'denied');
  await expect(answerOf(denied)).toContainText('We come in peace.');

  const ran = await send(page, 'run cat course.txt; exit 2');
  await expectCommandToWait(page, 'cat course.txt; exit 2');
  await answerApproval(page, 'once');
  await expectEnded(ran, 'completed');
  await expect(ran.getByTestId(testIds.toolOutput)).toHaveText('North by northwest');
  await expect(toolsOf(ran)).toContainText('exit 2');

  const failed = await send(page, 'fail');
  await expectEnded(failed, 'failed');
  await expect(failed.getByTestId(testIds.errorCard)).toContainText('because you asked it to');
});

test('a long command is stopped with all that it started', async ({ app: { page }, folder, marker }) => {
  await startSession(page, { folder, provider: 'demo' });
  const before = processesMarked(`${marker.name}=${marker.value}`);
  const started = () =>
    processesMarked(`${marker.name}=${marker.value}`).filter(
      (pid) => !before.includes(pid) && !/^$|chrom/.test(commandOf(pid)),
    );
  const command = `(setsid bash -c 'trap "" TERM HUP; touch away; while :; do perl -e "sleep 1"; done' >/dev/null 2>&1 &); perl -e "sleep 60"`;
  const turn = await send(page, `run ${command}`);
  await expectCommandToWait(page, command);
  await answerApproval(page, 'once');
  await expect.poll(() => existsSync(join(folder, 'away'))).toBe(true);
  expect(started().length).toBeGreaterThanOrEqual(3);
  await expectRunning(turn);
  await page.keyboard.press('Escape');
  await expectEnded(turn, 'aborted');
  expect(started()).toEqual([]);
  await sendAndWait(page, 'count to 3');
});

test('killed in the middle of a turn and started again, what was seen is there, and it goes on', async ({
  launch,
  folder,
}) => {
  const first = await launch();
  const id = await startSession(first.page, { folder, provider: 'demo' });
  await sendAndWait(first.page, 'list');
  const before = await transcriptOf(first.page);
  const counted = await send(first.page, 'count to 500 slowly');
  await expect(answerOf(counted)).toContainText('2,');
  // Two numbers are half a second apart: what was seen before the second of them is older than a checkpoint.
  await expect(answerOf(counted)).toContainText('3,');
  await first.kill('SIGKILL');

  const { page } = await launch();
  await expect(sessionRow(page, id)).toHaveAttribute('data-status', 'interrupted');
  await openSession(page, id);
  await expectEnded(turnWith(page, 'count to 500 slowly'), 'interrupted');
  expect((await transcriptOf(page)).slice(0, before.length)).toEqual(before);
  await expect(answerOf(turnWith(page, 'count to 500 slowly'))).toContainText('1, 2,');
  await expect(answerOf(await sendAndWait(page, 'where were we?'))).toContainText('picked up again');
});
