import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { answerOf, expectRunning, send, sendAndWait, turnWith } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { openRow, startSession } from './steps/session.ts';

/** Going back in a conversation, branching off, and the settings of sessions, with the built-in guide. */

test('a conversation goes back to before a message, and shows what was taken back', async ({
  app: { page },
  folder,
}) => {
  await startSession(page, { folder, provider: 'demo' });
  await sendAndWait(page, 'count to 2');
  const second = await sendAndWait(page, 'count to 3');

  await second.getByTestId(testIds.userMessage).hover();
  await second.getByTestId(testIds.messageMenu).click();
  await page.getByTestId(testIds.messageEdit).click();
  await expect(page.getByRole('dialog')).toContainText('Files stay as they are');
  await page.getByTestId(testIds.confirm).click();

  await expect(page.getByTestId(testIds.composerInput)).toHaveValue('count to 3');
  await expect(page.getByTestId(testIds.turn)).toHaveCount(1);
  const rewound = page.getByTestId(testIds.rewound);
  await expect(rewound).toContainText('Rewound, 1 turn');
  await rewound.getByRole('button').click();
  await expect(rewound.getByTestId(testIds.userMessage)).toContainText('count to 3');
  await expect(rewound.getByTestId(testIds.messageMenu)).toHaveCount(0);

  await sendAndWait(page, 'count to 4');
  await page.reload();
  await expect(page.getByTestId(testIds.rewound)).toContainText('Rewound, 1 turn');
  await expect(answerOf(turnWith(page, 'count to 4'))).toContainText('4');
});

test('while a turn runs nothing can be taken back, and it says why', async ({ app: { page }, folder }) => {
  await startSession(page, { folder, provider: 'demo' });
  const turn = await send(page, 'count to 100 slowly');
  await expectRunning(turn);
  await turn.getByTestId(testIds.userMessage).hover();
  await turn.getByTestId(testIds.messageMenu).click();
  await expect(page.getByTestId(testIds.messageRewind)).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByTestId(testIds.messageRewind)).toContainText('when the turn has ended');
  await page.keyboard.press('Escape');
  await expectRunning(turn);
  await page.keyboard.press('Escape');
  await expect(turn).toHaveAttribute('data-status', 'aborted');
});

test('a fork begins with everything before a message, and shows where it comes from', async ({
  app: { page },
  folder,
}) => {
  const source = await startSession(page, { folder, provider: 'demo' });
  await sendAndWait(page, 'count to 2');
  const second = await sendAndWait(page, 'count to 3');
  await second.getByTestId(testIds.userMessage).hover();
  await second.getByTestId(testIds.messageMenu).click();
  await page.getByTestId(testIds.messageFork).click();
  await page.getByTestId(testIds.confirm).click();

  await expect(openRow(page)).not.toHaveAttribute('data-session-id', source);
  await expect(page.getByTestId(testIds.composerInput)).toHaveValue('count to 3');
  await expect(page.getByTestId(testIds.turn)).toHaveCount(1);
  await page.getByTestId(testIds.origin).getByRole('button').click();
  await expect(openRow(page)).toHaveAttribute('data-session-id', source);
  await expect(page.getByTestId(testIds.turn)).toHaveCount(2);
});

test('commands of the app are offered after a slash and carried out by keys alone', async ({
  app: { page },
  folder,
}) => {
  await startSession(page, { folder, provider: 'demo' });
  await sendAndWait(page, 'count to 2');
  const field = page.getByTestId(testIds.composerInput);
  await field.fill('/');
  const options = page.getByTestId(testIds.commandOption);
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await field.press('Escape');
  await expect(page.getByTestId(testIds.commandMenu)).toHaveCount(0);
  await field.fill('/ren');
  await expect(options).toHaveCount(1);
  await field.press('Tab');
  await expect(field).toHaveValue('/rename ');
  await field.pressSequentially('Two numbers');
  await field.press('Enter');
  await expect(page.getByTestId(testIds.sessionTitle)).toHaveText('Two numbers');
  await expect(field).toHaveValue('');
  await expect(page.getByTestId(testIds.turn)).toHaveCount(1);
});

test('the settings of sessions are checked, saved and there again after a reload', async ({ app: { page } }) => {
  await page.getByTestId(testIds.openSettings).click();
  await page.getByTestId(testIds.settingsTab('sessions')).click();
  const idle = page.getByTestId(testIds.settingsField('turn_idle_minutes'));
  const save = page.getByTestId(testIds.settingsSave);
  await expect(save).toBeDisabled();
  await idle.fill('soon');
  await expect(page.getByTestId(testIds.sessionSettings).getByRole('alert')).toContainText('from 1 to 10,080');
  await expect(save).toBeDisabled();
  await idle.fill('45');
  await page.getByTestId(testIds.settingsOff('turn_total_minutes')).uncheck();
  await page.getByTestId(testIds.settingsField('turn_total_minutes')).fill('90');
  await save.click();
  await expect(page.getByTestId(testIds.sessionSettings)).toContainText('Saved');
  await page.reload();
  await expect(idle).toHaveValue('45');
  await expect(page.getByTestId(testIds.settingsField('turn_total_minutes'))).toHaveValue('90');
  await expect(page.getByTestId(testIds.settingsOff('turn_total_minutes'))).not.toBeChecked();
});

test('a session begins with a message and the file that goes with it', async ({ app: { page }, folder }) => {
  await page.getByTestId(testIds.newSession).click();
  await page.getByTestId(testIds.attachInput).setInputFiles({
    name: 'chart.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Here be dragons.\n'),
  });
  await expect(page.getByTestId(testIds.attachmentChip)).toHaveAttribute('data-state', 'ready');
  await startSession(page, { folder, provider: 'demo', message: 'count to 2' });
  const message = turnWith(page, 'count to 2').getByTestId(testIds.userMessage);
  await expect(message.getByTestId(testIds.messageFile)).toContainText('chart.txt');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    message.getByTestId(testIds.messageFile).click(),
  ]);
  expect(download.suggestedFilename()).toBe('chart.txt');
});
