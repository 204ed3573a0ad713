import type { Locator, Page } from 'playwright';
import { expect } from 'playwright/test';
import { testIds } from '../../renderer/test-ids.ts';

const buttons = {
  once: testIds.approvalAllowOnce,
  session: testIds.approvalAllowSession,
  always: testIds.approvalAllowAlways,
  deny: testIds.approvalDeny,
};

/** The request that waits for an answer. */
export const approvalCard = (page: Page): Locator => page.getByTestId(testIds.approvalCard);

/** Answers the request that waits and sees it go. */
export async function answerApproval(page: Page, answer: keyof typeof buttons): Promise<void> {
  const card = approvalCard(page);
  const id = await card.getAttribute('data-approval-id');
  await card.getByTestId(buttons[answer]).click();
  await expect(page.locator(`[data-approval-id="${id}"]`)).toHaveCount(0);
}

/** Denies the request that waits, with words for the agent. */
export async function denyWithReason(page: Page, reason: string): Promise<void> {
  const card = approvalCard(page);
  await card.getByTestId(testIds.approvalDenyReason).click();
  await card.getByTestId(testIds.approvalReason).fill(reason);
  await card.getByTestId(testIds.approvalDeny).click();
  await expect(card).toHaveCount(0);
}

/** Sees a command that waits, exactly as it would be run. */
export async function expectCommandToWait(page: Page, command: string): Promise<void> {
  await expect(approvalCard(page).getByTestId(testIds.approvalCommand)).toHaveText(command, { timeout: 20_000 });
}

/** Sees a change that waits: the file, and the lines that come and go, as `+line` and `-line` in their order. */
export async function expectChangeToWait(page: Page, path: string, lines: string[]): Promise<void> {
  const diff = approvalCard(page).getByTestId(testIds.diff);
  await expect(diff).toHaveAttribute('data-path', path, { timeout: 20_000 });
  await expectChangedLines(diff, lines);
}

/** @param lines - `+line` and `-line`; what stays the same around them is not compared. */
export async function expectChangedLines(diff: Locator, lines: string[]): Promise<void> {
  const changed = diff.locator('.diff-row.is-add, .diff-row.is-remove');
  await expect(changed).toHaveCount(lines.length);
  const seen = await changed.evaluateAll((rows) =>
    rows.map((row) => {
      const text = row.querySelector('.diff-text')?.textContent ?? '';
      return `${row.classList.contains('is-add') ? '+' : '-'}${text}`;
    }),
  );
  expect(seen).toEqual(lines);
}
