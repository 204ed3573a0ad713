import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { formatScenario } from './model-server/format-scenario.ts';
import { answerApproval, approvalCard, expectChangeToWait, expectCommandToWait } from './steps/approval.ts';
import { asked, test } from './steps/claude.ts';
import { answerOf, expectEnded, send, sendAndWait, transcriptOf, turnWith } from './steps/conversation.ts';
import { run, say, script, slowly, write } from './steps/script.ts';
import { openSession, sessionRow, startSession, startWith } from './steps/session.ts';
import { commandOf, processesMarked, waitGone } from './tools/process-tree.ts';

/** What is left of a conversation with the real Claude Code when the app ends. */

/** Milliseconds between two words of the model. */
const wordMs = 10;
/** What was visible this long before a SIGKILL is kept, milliseconds: a checkpoint at most every 100, and its way to the disk. */
const keptMs = 200;

test('killed in the middle of a turn: what was seen is kept, the turn is interrupted, and the next message resumes', async ({
  launch,
  folder,
  model,
  marker,
}) => {
  const first = await launch();
  const { page } = first;
  const id = await startSession(page, { folder });
  await sendAndWait(page, script('Remember this.', [say('The word is heliotrope.')]));
  const command = 'echo kept > kept.txt; cat kept.txt';
  const worked = await send(page, script('Work.', [run(command)], [say('Worked.')]));
  await expectCommandToWait(page, command);
  await answerApproval(page, 'once');
  await expectEnded(worked, 'completed');
  const story = script('Tell a story.', [slowly(5000, wordMs)]);
  const told = await send(page, story);
  await expect(answerOf(told)).toContainText('word20 ');
  const before = await transcriptOf(page);
  const seen = (await answerOf(told).innerText()).replace(/\s+$/, '');
  // Words come no faster than one each `wordMs`, so this many more take at least `keptMs`.
  const lastSeen = Number(/word(\d+)$/.exec(seen.replace(/\S*$/, '').trimEnd())?.[1]);
  await expect(answerOf(told)).toContainText(`word${lastSeen + 1 + keptMs / wordMs} `);
  const ofFirstLife = processesMarked(`${marker.name}=${marker.value}`).filter(isClaude);
  expect(ofFirstLife.length).toBeGreaterThan(0);
  expect((await first.kill('SIGKILL')).signal).toBe('SIGKILL');

  const second = await launch();
  const again = second.page;
  await expect(sessionRow(again, id)).toHaveAttribute('data-status', 'interrupted');
  await openSession(again, id);
  await expectEnded(turnWith(again, story), 'interrupted');
  // The story itself has grown since; all that stood before it is as it was.
  const complete = before.length - 1;
  expect((await transcriptOf(again)).slice(0, complete)).toEqual(before.slice(0, complete));
  const kept = await answerOf(turnWith(again, story)).innerText();
  expect(kept.startsWith(seen), `"${seen.slice(-40)}" was seen, kept is "${kept.slice(-80)}"`).toBe(true);
  await expect(turnWith(again, story)).toContainText('Interrupted.');
  // Of the first life nothing works on; the second may be asking the CLI for its models.
  expect(await waitGone(ofFirstLife)).toEqual([]);

  const resumed = await sendAndWait(again, script('Which word?', [say('Heliotrope, of course.')]));
  await expect(answerOf(resumed)).toHaveText('Heliotrope, of course.');
  const requests = asked(model);
  expect(new Set(requests.map((request) => request.sessionId)).size).toBe(1);
  const remembered = JSON.stringify(requests.at(-1)?.transcript);
  for (const said of ['The word is heliotrope.', 'Worked.', 'Tell a story.']) expect(remembered).toContain(said);

  await again.getByTestId(testIds.openSettings).click();
  await again.getByTestId(testIds.settingsTab('data')).click();
  await again.getByTestId(testIds.verifyRun).click();
  await expect(again.getByTestId(testIds.verifyResult)).toContainText('Intact');
});

test('killed while a request waits: it still waits after the restart, and can be set aside', async ({
  launch,
  folder,
}) => {
  const first = await launch();
  const file = join(folder, 'never.txt');
  const writing = script('Write it.', [write(file, 'never\n')], [say('Written.')]);
  await startWith(first.page, writing, { folder });
  await expectChangeToWait(first.page, file, ['+never']);
  await first.kill('SIGKILL');

  const { page } = await launch();
  await page.getByTestId(testIds.sessionItem).click();
  await expectEnded(turnWith(page, writing), 'interrupted');
  await expect(approvalCard(page).getByTestId(testIds.approvalLeft)).toBeVisible();
  expect(existsSync(file)).toBe(false);
  await page.getByTestId(testIds.approvalSetAside).click();
  await expect(approvalCard(page)).toHaveCount(0);
  await sendAndWait(page, script('Never mind.', [say('All right.')]));
  expect(existsSync(file)).toBe(false);
});

test('killed while a request waits: allowed after the restart, the agent goes on and is not asked again', async ({
  launch,
  folder,
  scripts,
}) => {
  const first = await launch();
  const file = join(folder, 'later.txt');
  // The conversation is on disk before anything happens to it.
  await startSession(first.page, { folder });
  await sendAndWait(first.page, script('Remember this.', [say('The word is heliotrope.')]));
  const steps = [[write(file, 'later\n')], [say('Written.')]];
  await send(first.page, script('Write it.', ...steps));
  await expectChangeToWait(first.page, file, ['+later']);
  await first.kill('SIGKILL');
  const goOn = 'You were interrupted while you waited for an answer. It has been given. Go on where you were.';
  scripts[goOn] = formatScenario({ steps });

  const { page } = await launch();
  await page.getByTestId(testIds.sessionItem).click();
  await expect(approvalCard(page).getByTestId(testIds.approvalLeft)).toBeVisible();
  await answerApproval(page, 'once');
  await expectEnded(page.getByTestId(testIds.turn).last(), 'completed');
  await expect(answerOf(page.getByTestId(testIds.turn).last()).last()).toHaveText('Written.');
  expect(readFileSync(file, 'utf8')).toBe('later\n');
});

test('quit and started again the next day, everything is there and goes on', async ({ launch, folder, model }) => {
  const first = await launch();
  const id = await startSession(first.page, { folder });
  const firstDay = script('First day.', [say('# Good morning')]);
  await sendAndWait(first.page, firstDay);
  const before = await transcriptOf(first.page);
  expect((await first.close()).code).toBe(0);

  const second = await launch();
  await expect(sessionRow(second.page, id)).toHaveAttribute('data-status', 'idle');
  await openSession(second.page, id);
  expect(await transcriptOf(second.page)).toEqual(before);
  await expect(answerOf(turnWith(second.page, firstDay)).getByRole('heading')).toHaveText('Good morning');
  await sendAndWait(second.page, script('Second day.', [say('Good morning again.')]));
  const [yesterday, today] = asked(model);
  expect(today?.sessionId).toBe(yesterday?.sessionId);
  expect(JSON.stringify(today?.transcript)).toContain('First day.');
});

test('closing the app while a turn runs ends the turn and its processes, and keeps what was said', async ({
  launch,
  folder,
  marker,
}) => {
  const first = await launch();
  const story = script('Tell a story.', [slowly(5000, wordMs)]);
  const told = await startWith(first.page, story, { folder });
  await expect(answerOf(told)).toContainText('word20 ');
  const seen = (await answerOf(told).innerText()).trimEnd();
  expect((await first.kill('SIGTERM')).code).toBe(0);
  expect(processesMarked(`${marker.name}=${marker.value}`).filter(isClaude)).toEqual([]);

  const second = await launch();
  await second.page.getByTestId(testIds.sessionItem).click();
  await expectEnded(turnWith(second.page, story), 'interrupted');
  expect((await answerOf(turnWith(second.page, story)).innerText()).startsWith(seen)).toBe(true);
});

function isClaude(pid: number): boolean {
  return commandOf(pid).includes('stream-json');
}
