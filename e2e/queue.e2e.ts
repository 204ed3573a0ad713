import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { asked, test } from './steps/claude.ts';
import { answerOf, expectEnded, expectRunning, turnWith } from './steps/conversation.ts';
import { begin, say, script, stall, until } from './steps/script.ts';
import { startWith } from './steps/session.ts';

/** What is written while a turn runs waits where it can be seen and changed. */

const chips = (page: Page) => page.getByTestId(testIds.queueChip);

/** Writes a message that has to wait. */
async function queue(page: Page, text: string): Promise<void> {
  const composer = page.getByTestId(testIds.composerInput);
  await composer.fill(text);
  await composer.press('Enter');
  await expect(chips(page).filter({ hasText: text })).toHaveCount(1);
}

async function onChip(page: Page, text: string, action: string): Promise<void> {
  const chip = chips(page).filter({ hasText: text });
  await chip.hover();
  await chip.getByTestId(action).click();
}

test('waiting messages are edited, moved and removed, and sent in their order when the turn ends', async ({
  app: { page },
  folder,
  model,
}) => {
  const first = script('Begin.', [begin('Working'), until('end of first'), say(' done.')]);
  const turn = await startWith(page, first, { folder });
  await expect(answerOf(turn)).toHaveText('Working');
  for (const text of ['Alpha', 'Beta', 'Gamma']) await queue(page, text);
  await expect(chips(page)).toHaveText(['Alpha', 'Beta', 'Gamma']);

  await onChip(page, 'Gamma', testIds.queueUp);
  await expect(chips(page)).toHaveText(['Alpha', 'Gamma', 'Beta']);
  await onChip(page, 'Alpha', testIds.queueRemove);
  await expect(chips(page)).toHaveText(['Gamma', 'Beta']);
  await onChip(page, 'Beta', testIds.queueEdit);
  await chips(page).getByRole('textbox').fill('Delta');
  await chips(page).getByRole('textbox').press('Enter');
  await expect(chips(page)).toHaveText(['Gamma', 'Delta']);
  await expectRunning(turn);
  expect(asked(model)).toHaveLength(1);

  model.open('end of first');
  await expectEnded(turnWith(page, 'Gamma'), 'completed');
  await expectEnded(turnWith(page, 'Delta'), 'completed');
  await expect(chips(page)).toHaveCount(0);
  await expect(page.getByTestId(testIds.userMessage)).toHaveText([/^Begin\./, /^Gamma/, /^Delta/]);
  await expect(answerOf(turnWith(page, 'Delta'))).toHaveText('You said: Delta');
  expect(asked(model).map((request) => request.prompt)).toEqual([first, 'Gamma', 'Delta']);
});

test('waiting messages survive a stop, held back until they are sent', async ({ app: { page }, folder, model }) => {
  const turn = await startWith(page, script('Begin.', [begin('Working'), stall]), { folder });
  await expect(answerOf(turn)).toHaveText('Working');
  await queue(page, 'Later');
  await page.getByTestId(testIds.stop).click();
  await expectEnded(turn, 'aborted');
  await expect(chips(page)).toHaveText('Later');
  expect(asked(model)).toHaveLength(1);
  await onChip(page, 'Later', testIds.queueSendNow);
  await expectEnded(turnWith(page, 'Later'), 'completed');
  await expect(answerOf(turnWith(page, 'Later'))).toHaveText('You said: Later');
  await expect(chips(page)).toHaveCount(0);
});

test('a waiting message that is sent now goes into the running turn', async ({ app: { page }, folder, model }) => {
  const turn = await startWith(page, script('Begin.', [say('Working.'), until('steered')]), { folder });
  await expect(answerOf(turn)).toHaveText('Working.');
  await queue(page, 'Hurry, please.');
  await onChip(page, 'Hurry, please.', testIds.queueSendNow);
  await expect(chips(page)).toHaveCount(0);
  await expect(turn.getByTestId(testIds.userMessage)).toHaveCount(2);
  model.open('steered');
  await expectEnded(turn, 'completed');
  expect(JSON.stringify(asked(model).at(-1)?.transcript)).toContain('Hurry, please.');
});
