import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { send } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { startSession } from './steps/session.ts';

/** A goal as a person sets and follows it. Each line of the objective is a step to the built-in guide. */

const strip = (page: Page, status?: string): Locator => {
  const found = page.getByTestId(testIds.goalStrip);
  return status === undefined ? found : found.and(page.locator(`[data-status="${status}"]`));
};

async function setGoal(page: Page, objective: string, limits: Record<string, string> = {}): Promise<void> {
  await page.getByTestId(testIds.goalButton).click();
  await page.getByTestId(testIds.goalObjective).fill(objective);
  for (const [name, value] of Object.entries(limits)) await page.getByTestId(testIds.goalLimit(name)).fill(value);
  await page.getByTestId(testIds.goalStart).click();
}

test('a goal is set with the button and reached over several turns, with its reports', async ({
  app: { page },
  folder,
}) => {
  await startSession(page, { folder, provider: 'demo', mode: 'full' });
  await setGoal(page, 'write a.txt: one\nwrite b.txt: two\nlist');
  await expect(strip(page, 'complete')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByTestId(testIds.goalTurns)).toHaveText('turn 3 of 12');
  await expect(page.getByTestId(testIds.goalReason)).toHaveText('All 3 steps are done.');
  expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('one\n');
  expect(readFileSync(join(folder, 'b.txt'), 'utf8')).toBe('two\n');
  await page.getByTestId(testIds.goalProgress).getByRole('button').click();
  await expect(page.getByTestId(testIds.goalProgress).locator('li')).toHaveCount(4);
  // What the agent was told stands in the transcript as a line of the app, not as words of the person.
  await expect(page.getByTestId(testIds.goalMessage)).toHaveCount(3);
  await expect(page.getByTestId(testIds.userMessage)).toHaveCount(0);
  await page.getByTestId(testIds.goalClear).click();
  await expect(strip(page)).toHaveCount(0);
});

test('a goal is set by words, paused by Stop, gone on with by a click, and cleared', async ({
  app: { page },
  folder,
}) => {
  await startSession(page, { folder, provider: 'demo', mode: 'full' });
  await page.getByTestId(testIds.composerInput).fill('/goal ');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId(testIds.goalObjective)).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByTestId(testIds.composerInput).fill('/goal pause');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId(testIds.problemBanner)).toContainText('This session has no goal.');
  await send(page, '/goal count to 100000 slowly\nwrite never.txt: x');
  await expect(strip(page, 'active')).toBeVisible();
  await page.getByTestId(testIds.stop).click();
  await expect(strip(page, 'paused')).toBeVisible();
  await expect(page.getByTestId(testIds.goalReason)).toContainText('Stopped by');
  await expect(page.getByTestId(testIds.stop)).toHaveCount(0);
  await page.getByTestId(testIds.goalResume).click();
  await expect(strip(page, 'active')).toBeVisible();
  await expect(page.getByTestId(testIds.goalTurns)).toHaveText('turn 2 of 12');
  await page.getByTestId(testIds.goalClear).click();
  await page.getByTestId(testIds.confirm).click();
  await expect(strip(page)).toHaveCount(0);
  await expect(page.getByTestId(testIds.problemBanner)).toHaveCount(0);
  const lines = page.getByTestId(testIds.notice).filter({ hasText: /^Goal/ });
  await expect(lines).toHaveText([/^Goal set: count/, /^Goal paused: /, /^Goal resumed$/, /^Goal cleared: /]);
  await expect(page.getByTestId(testIds.stop)).toHaveCount(0);
  expect(existsSync(join(folder, 'never.txt'))).toBe(false);
});

test('a goal stops at its limit, says so, and goes on with as much again', async ({ app: { page }, folder }) => {
  await startSession(page, { folder, provider: 'demo', mode: 'full' });
  await setGoal(page, 'list\nlist\nlist\nlist', { turns: '2' });
  await expect(strip(page, 'out_of_budget')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByTestId(testIds.goalReason)).toHaveText('All 2 turns of the limit were used.');
  await page.getByTestId(testIds.goalResume).click();
  await expect(strip(page, 'complete')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByTestId(testIds.goalTurns)).toHaveText('turn 4 of 4');
});

test('a goal that is stuck says why', async ({ app: { page }, folder }) => {
  await startSession(page, { folder, provider: 'demo', mode: 'full' });
  await setGoal(page, 'list\nmake everything better');
  await expect(strip(page, 'blocked')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByTestId(testIds.goalReason)).toContainText('Step 2 of 2 is "make everything better"');
});
