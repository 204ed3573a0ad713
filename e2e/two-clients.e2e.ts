import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { answerApproval, approvalCard, expectCommandToWait } from './steps/approval.ts';
import { test } from './steps/claude.ts';
import { answerOf, expectEnded, send, sendAndWait, transcriptOf, turnWith } from './steps/conversation.ts';
import { begin, run, say, script, until } from './steps/script.ts';
import { freshLink, openInBrowser } from './steps/second-client.ts';
import { openSession, sessionRow, startSession } from './steps/session.ts';

test('a second browser on the same session sees and answers the same', async ({ app, folder, model, marker }) => {
  const { page } = app;
  const id = await startSession(page, { folder });
  await sendAndWait(page, script('Hello.', [say('Good day.')]));

  await using second = await openInBrowser(await freshLink(app.home), marker);
  const other = second.page;
  await openSession(other, id);
  const told = script('Tell us both.', [begin('For the two'), until('both saw it'), say(' of you.')]);
  const turn = await send(page, told);
  await expect(answerOf(turn)).toHaveText('For the two');
  await expect(answerOf(turnWith(other, told))).toHaveText('For the two');
  model.open('both saw it');
  await expectEnded(turnWith(other, told), 'completed');

  // An approval that is answered in one goes away in the other.
  const command = 'touch answered-elsewhere';
  const asking = await send(page, script('Do it.', [run(command)], [say('It is done.')]));
  await expectCommandToWait(page, command);
  await expectCommandToWait(other, command);
  await expect(sessionRow(other, id)).toHaveAttribute('data-status', 'waiting');
  await answerApproval(other, 'once');
  await expect(approvalCard(page)).toHaveCount(0);
  await expectEnded(asking, 'completed');
  expect(existsSync(join(folder, 'answered-elsewhere'))).toBe(true);
  await expect(asking.getByTestId(testIds.approvalAnswer)).toContainText('browser');

  // And what is written in the other is read here.
  const written = script('From the other.', [say('Read by both.')]);
  await sendAndWait(other, written);
  await expectEnded(turnWith(page, written), 'completed');
  await expect.poll(() => transcriptOf(other)).toEqual(await transcriptOf(page));
});

test('a link opens one browser, once', async ({ app, marker }) => {
  const link = await freshLink(app.home);
  await using first = await openInBrowser(link, marker);
  await expect(first.page.getByTestId(testIds.newSession)).toBeVisible();
  await using second = await openInBrowser(link, marker);
  await expect(second.page.getByTestId(testIds.signedOut)).toBeVisible();
  await expect(second.page.getByTestId(testIds.newSession)).toHaveCount(0);
});
