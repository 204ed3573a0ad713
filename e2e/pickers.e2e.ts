import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { answerApproval, approvalCard, expectChangeToWait, expectCommandToWait } from './steps/approval.ts';
import { asked, test } from './steps/claude.ts';
import { answerOf, expectEnded, send, sendAndWait, toolsOf } from './steps/conversation.ts';
import { call, run, say, script, write } from './steps/script.ts';
import { chooseMode, startSession } from './steps/session.ts';

/** Model and permission mode of a conversation with the real Claude Code. */

test('the model that is chosen answers the next message', async ({ app: { page }, folder, model }) => {
  await startSession(page, { folder });
  await sendAndWait(page, script('Who are you?', [say('The default.')]));
  expect(asked(model).at(-1)?.model).not.toContain('haiku');
  await page.getByTestId(testIds.modelPicker).click();
  await page.getByTestId(testIds.modelOption).filter({ hasText: 'Haiku' }).first().click();
  await expect(page.getByTestId(testIds.modelPicker)).toContainText('Haiku');
  await sendAndWait(page, script('And now?', [say('Haiku.')]));
  expect(asked(model).at(-1)?.model).toContain('haiku');
});

test('accepting edits lets files in the folder be written, and asks before commands', async ({
  app: { page },
  folder,
}) => {
  await startSession(page, { folder });
  const [first, second] = [join(folder, 'first.txt'), join(folder, 'second.txt')];
  const asking = await send(page, script('Write one.', [write(first, '1\n')], [say('One.')]));
  await expectChangeToWait(page, first, ['+1']);
  await answerApproval(page, 'once');
  await expectEnded(asking, 'completed');

  await chooseMode(page, 'accept-edits');
  await expect(page.getByTestId(testIds.modePicker)).toContainText('Accept edits');
  const writing = await sendAndWait(page, script('Write two.', [write(second, '2\n')], [say('Two.')]));
  expect(readFileSync(second, 'utf8')).toBe('2\n');
  await expect(toolsOf(writing)).toHaveAttribute('data-status', 'completed');

  const command = `perl -e 'print "three"' > third.txt`;
  const running = await send(page, script('Run it.', [run(command)], [say('Three.')]));
  await expectCommandToWait(page, command);
  await answerApproval(page, 'deny');
  await expectEnded(running, 'completed');
  expect(existsSync(join(folder, 'third.txt'))).toBe(false);
});

test('planning changes nothing until the plan is approved', async ({ app: { page }, folder }) => {
  await startSession(page, { folder, mode: 'plan' });
  const file = join(folder, 'planned.txt');
  const plan = '1. Write **planned.txt**\n2. Be done';
  const turn = await send(
    page,
    script('Plan it.', [call('ExitPlanMode', { plan })], [write(file, 'as planned\n')], [say('Carried out.')]),
  );
  await expect(approvalCard(page)).toContainText('Go ahead with this plan?', { timeout: 20_000 });
  await expect(approvalCard(page).locator('strong')).toHaveText('planned.txt');
  await expect(page.getByTestId(testIds.modePicker)).toContainText('Plan only');
  await answerApproval(page, 'once');
  await expectChangeToWait(page, file, ['+as planned']);
  expect(existsSync(file)).toBe(false);
  await expect(page.getByTestId(testIds.modePicker)).toContainText('Ask');
  await answerApproval(page, 'once');
  await expectEnded(turn, 'completed');
  expect(readFileSync(file, 'utf8')).toBe('as planned\n');
});

test('with full access nothing is asked, and everything is still recorded', async ({ app: { page }, folder }) => {
  await startSession(page, { folder, mode: 'full' });
  const turn = await sendAndWait(page, script('Do it.', [run('echo done > full.txt; cat full.txt')], [say('Yes.')]));
  expect(readFileSync(join(folder, 'full.txt'), 'utf8')).toBe('done\n');
  await expect(turn.getByTestId(testIds.toolOutput)).toHaveText('done');
  await expect(turn.getByTestId(testIds.approvalAnswer)).toContainText('Full access');
  await expect(answerOf(turn)).toHaveText('Yes.');
});
