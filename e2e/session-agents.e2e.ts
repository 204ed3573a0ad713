import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { answerApproval, expectCommandToWait } from './steps/approval.ts';
import { asked, test } from './steps/claude.ts';
import { expectEnded, send, sendAndWait, toolsOf, turnWith } from './steps/conversation.ts';
import { call, run, say, script } from './steps/script.ts';
import { startSession } from './steps/session.ts';

/** What goes with a message and who gets it, with the real Claude Code. */

/** The smallest picture there is: one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('an image and a file go with a message, the agent gets them, and they are there again', async ({
  app: { page },
  folder,
  model,
}) => {
  await startSession(page, { folder });
  await page.getByTestId(testIds.attachInput).setInputFiles([
    { name: 'pixel.png', mimeType: 'image/png', buffer: pixel },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Wind from the west.\n') },
    { name: 'gone.txt', mimeType: 'text/plain', buffer: Buffer.from('x') },
  ]);
  const chips = page.getByTestId(testIds.attachmentChip);
  await expect(chips.and(page.locator('[data-state="ready"]'))).toHaveCount(3);
  await chips.last().getByTestId(testIds.attachmentRemove).click();
  await expect(chips).toHaveCount(2);
  await expect(page.getByTestId(testIds.send)).toBeDisabled();

  const prompt = script('What is in it?', [say('One pixel.')]);
  await sendAndWait(page, prompt);
  await expect(chips).toHaveCount(0);
  expect(JSON.stringify(asked(model).at(-1)?.body)).toContain(pixel.toString('base64'));

  await page.reload();
  const message = turnWith(page, prompt).getByTestId(testIds.userMessage);
  await expect(message.getByTestId(testIds.messageFile)).toContainText('notes.txt');
  await message.getByTestId(testIds.messageImage).click();
  const large = page.getByTestId(testIds.lightbox).locator('img');
  await expect(large).toBeVisible();
  expect(await large.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId(testIds.lightbox)).toHaveCount(0);
});

test('a picture that is pasted is attached; one that is too large says so', async ({ app: { page }, folder }) => {
  await startSession(page, { folder });
  await page.getByTestId(testIds.composerInput).evaluate((field, base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, pixel.toString('base64'));
  const chip = page.getByTestId(testIds.attachmentChip);
  await expect(chip).toHaveAttribute('data-state', 'ready');
  await expect(chip).toContainText('pasted-');

  await page.getByTestId(testIds.composerInput).evaluate((field) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(52_428_801)], 'film.mp4', { type: 'video/mp4' }));
    field.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await expect(chip.last()).toHaveAttribute('data-state', 'failed');
  await expect(chip.last()).toContainText('at most 50 MB');
});

test('another agent takes over and is told, in words that can be changed, what it has not seen', async ({
  app: { page },
  folder,
  model,
}) => {
  await startSession(page, { folder, provider: 'demo' });
  await sendAndWait(page, 'count to 3');
  await page.getByTestId(testIds.agentPicker).click();
  await page.getByTestId(testIds.agentOption('claude')).click();
  const card = page.getByTestId(testIds.digestCard);
  await expect(card).toContainText('has not seen 1 turn');

  await card.getByTestId(testIds.digestSkip).click();
  await expect(card).toContainText('will not be told');
  await card.getByTestId(testIds.digestTell).click();
  await card.getByRole('button', { name: /has not seen/ }).click();
  const text = card.getByTestId(testIds.digestText);
  await expect(text).toHaveValue(/count to 3/);
  const original = await text.inputValue();
  await text.fill('They counted to three.');
  await card.getByTestId(testIds.digestSave).click();
  await expect(card.getByTestId(testIds.digestReset)).toBeVisible();
  await card.getByTestId(testIds.digestReset).click();
  await expect(text).toHaveValue(original);
  // Not saved: sending takes it along.
  await text.fill('They counted to three, slowly.');

  const prompt = script('And what comes next?', [say('Four.')]);
  const turn = await sendAndWait(page, prompt);
  await expect(card).toHaveCount(0);
  expect(JSON.stringify(asked(model).at(-1)?.body)).toContain('They counted to three, slowly.');
  await turn.getByTestId(testIds.digestTold).getByRole('button').click();
  await expect(turn.getByTestId(testIds.digestTold)).toContainText('They counted to three, slowly.');
});

test('what is allowed for a session is listed and can be taken back', async ({ app: { page }, folder }) => {
  await startSession(page, { folder });
  const command = `perl -e 'print "ho"'`;
  const first = await send(page, script('Once.', [run(command)], [say('Ho.')]));
  await expectCommandToWait(page, command);
  await answerApproval(page, 'session');
  await expectEnded(first, 'completed');
  await sendAndWait(page, script('Twice.', [run(command)], [say('Ho ho.')]));

  await page.getByTestId(testIds.rulesButton).click();
  await page.getByTestId(testIds.sessionRuleRemove).click();
  await expect(page.getByTestId(testIds.rulesButton)).toHaveCount(0);
  const third = await send(page, script('Thrice.', [run(command)], [say('Ho ho ho.')]));
  await expectCommandToWait(page, command);
  await answerApproval(page, 'deny');
  await expectEnded(third, 'completed');
  await expect(toolsOf(third)).toHaveAttribute('data-status', 'denied');
});

test('commands of the agent are offered, and its effort can be chosen', async ({ app: { page }, folder }) => {
  await startSession(page, { folder });
  await sendAndWait(page, script('Hello.', [say('Hello.')]));
  const field = page.getByTestId(testIds.composerInput);
  await field.fill('/comp');
  await expect(page.getByTestId(testIds.commandOption).first()).toContainText('/compact');
  await field.press('Enter');
  await expect(field).toHaveValue('/compact ');
  await field.fill('');

  await page.getByTestId(testIds.effortPicker).click();
  await page.getByTestId(testIds.effortOption).filter({ hasText: 'High' }).first().click();
  await expect(page.getByTestId(testIds.effortPicker)).toContainText('High');
  await page.reload();
  await expect(page.getByTestId(testIds.effortPicker)).toContainText('High');
});

test('what a sub-agent does and says stands under its call, counted', async ({ app: { page }, folder }) => {
  await startSession(page, { folder, mode: 'full' });
  const errand = script('Look around.', [say('I look first.'), run('echo found')], [say('One file.')]);
  const turn = await send(
    page,
    script(
      'Send somebody.',
      [call('Task', { description: 'look around', prompt: errand, subagent_type: 'general-purpose' })],
      [say('Sent.')],
    ),
  );
  await expectEnded(turn, 'completed');
  const agent = toolsOf(turn).and(page.locator('[data-kind="agent"]'));
  await expect(agent).toContainText('1 step');
  await agent.getByTestId(testIds.toolToggle).first().click();
  const steps = agent.getByTestId(testIds.subSteps);
  if ((await steps.getByRole('button').first().getAttribute('aria-expanded')) === 'false') {
    await steps.getByRole('button').first().click();
  }
  await expect(steps).toContainText('I look first.');
  await expect(steps.getByTestId(testIds.toolCard)).toContainText('echo found');
});
