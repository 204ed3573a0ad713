import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { approvalCard } from './steps/approval.ts';
import { answerOf, expectEnded, send, sendAndWait, turnWith } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { bringOutSidebar, openRow, sessionRow, startSession } from './steps/session.ts';
import { smallTargets } from './steps/touch.ts';

/** What a person does with a session in the hand: by taps alone, with what is tapped large enough and on the screen. */

/** Sends a message that waits for the end of the turn that runs. */
async function queue(page: Page, text: string): Promise<void> {
  await page.getByTestId(testIds.composerInput).fill(text);
  await page.getByTestId(testIds.send).tap();
  await expect(page.getByTestId(testIds.queueChip).last()).toContainText(text);
}

test('a session is answered, taken back, branched off and given a goal by taps alone', { tag: '@phone' }, async ({
  app: { page },
  folder,
}) => {
  test.slow();
  const first = await startSession(page, { folder, provider: 'demo' });

  await test.step('a question is answered by touching what is chosen', async () => {
    const asked = await send(page, 'ask');
    const card = page.getByTestId(testIds.questionCard);
    const submit = card.getByTestId(testIds.questionSubmit);
    await expect(card).toBeVisible();
    for (const box of [await submit.boundingBox(), await card.locator('.question-option').first().boundingBox()]) {
      expect(box?.height).toBeGreaterThanOrEqual(40);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(844);
    }
    await card.locator('.question-option').filter({ hasText: 'Approvals' }).tap();
    await card.locator('.question-option').filter({ hasText: 'The log' }).tap();
    await submit.tap();
    await expectEnded(asked, 'completed');
    await expect(answerOf(asked).last()).toContainText('A request waits as long as you need');
    await expect(answerOf(asked).last()).toContainText('is an event in a database');
  });

  await test.step('a command is found after a slash and carried out', async () => {
    const field = page.getByTestId(testIds.composerInput);
    await field.tap();
    await field.pressSequentially('/ren');
    const option = page.getByTestId(testIds.commandOption);
    await expect(option).toHaveCount(1);
    expect((await option.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await option.tap();
    await expect(field).toHaveValue('/rename ');
    await expect(field).toBeFocused();
    await field.pressSequentially('Two numbers');
    await page.getByTestId(testIds.send).tap();
    await expect(page.getByTestId(testIds.sessionTitle)).toHaveText('Two numbers');
  });

  await test.step('a message is taken back and said in other words', async () => {
    const second = await sendAndWait(page, 'count to 3');
    await second.getByTestId(testIds.messageMenu).tap();
    expect(await smallTargets(page)).toEqual([]);
    await page.getByTestId(testIds.messageEdit).tap();
    await page.getByTestId(testIds.confirm).tap();
    const field = page.getByTestId(testIds.composerInput);
    await expect(field).toHaveValue('count to 3');
    await expect(field).toBeFocused();
    const rewound = page.getByTestId(testIds.rewound);
    await expect(rewound).toContainText('Rewound, 1 turn');
    await sendAndWait(page, 'count to 4');
    await rewound.getByRole('button').tap();
    await expect(rewound.getByTestId(testIds.userMessage)).toContainText('count to 3');
  });

  await test.step('it is branched off before a message, and leads back to where it comes from', async () => {
    await turnWith(page, 'count to 4').getByTestId(testIds.messageMenu).tap();
    await page.getByTestId(testIds.messageFork).tap();
    await page.getByTestId(testIds.confirm).tap();
    await expect(openRow(page)).not.toHaveAttribute('data-session-id', first);
    await expect(page.getByTestId(testIds.composerInput)).toHaveValue('count to 4');
    // The new session scrolls to its end when it is complete, which may be under the finger.
    await expect(async () => {
      await page.getByTestId(testIds.origin).getByRole('button').tap({ timeout: 3_000 });
      await expect(openRow(page)).toHaveAttribute('data-session-id', first, { timeout: 3_000 });
    }).toPass();
    await expect(turnWith(page, 'count to 4')).toBeVisible();
  });

  await test.step('what failed in another session meanwhile is counted, listed and led to', async () => {
    // What waits holds the next message back until one is somewhere else.
    await send(page, 'run echo aye');
    await expect(approvalCard(page)).toBeVisible();
    await queue(page, 'fail');
    await bringOutSidebar(page);
    await page.getByTestId(testIds.inbox).tap();
    const allow = page.getByTestId(testIds.inboxRequest).getByTestId(testIds.approvalAllowOnce);
    await expect(allow).toBeEnabled();
    await allow.tap();
    const entry = page.getByTestId(testIds.inboxAttention);
    await expect(entry).toBeVisible({ timeout: 20_000 });
    await bringOutSidebar(page);
    const row = sessionRow(page, first);
    await expect(row).toHaveAttribute('data-status', 'failed');
    await expect(row.getByTestId(testIds.sessionUnread)).toBeVisible();
    await page.goBack();
    await expect(entry).toHaveAttribute('data-kind', 'failed');
    await expect(entry).toContainText('Two numbers');
    await entry.tap();
    await expect(page).toHaveURL(new RegExp(first));
    await expect(page.getByTestId(testIds.errorCard).last()).toBeInViewport();
    // It is read once it was before the eyes for a moment, with no list over it.
    await expect(async () => {
      await bringOutSidebar(page);
      const unread = await row.getByTestId(testIds.sessionUnread).count();
      if (unread > 0) await page.goBack();
      expect(unread).toBe(0);
    }).toPass({ timeout: 20_000, intervals: [1_000] });
    await startSession(page, { folder, provider: 'demo', mode: 'full' });
  });

  await test.step('a goal that is stuck says why, over the field, and is gone on with or cleared there', async () => {
    await page.getByTestId(testIds.goalButton).tap();
    await page.getByTestId(testIds.goalObjective).fill('list\nmake everything better');
    await page.getByTestId(testIds.goalStart).tap();
    const strip = page.getByTestId(testIds.goalStrip);
    await expect(strip).toHaveAttribute('data-status', 'blocked', { timeout: 20_000 });
    const reason = page.getByTestId(testIds.goalReason);
    await expect(reason).toContainText('Step 2 of 2 is "make everything better"');
    await expect(reason).toBeInViewport({ ratio: 1 });
    expect((await page.getByTestId(testIds.goalResume).boundingBox())?.height).toBeGreaterThanOrEqual(44);
    expect(await smallTargets(page)).toEqual([]);
    await page.getByTestId(testIds.goalProgress).getByRole('button').tap();
    await expect(page.getByTestId(testIds.goalProgress).locator('li')).not.toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId(testIds.goalTurns)).toHaveText('turn 2 of 12');
    await page.getByTestId(testIds.goalResume).tap();
    await expect(page.getByTestId(testIds.goalTurns)).toHaveText('turn 3 of 12');
    await expect(strip).toHaveAttribute('data-status', 'blocked', { timeout: 20_000 });
    await page.getByTestId(testIds.goalClear).tap();
    await expect(strip).toHaveCount(0);
  });
});
