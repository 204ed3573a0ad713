import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect } from 'playwright/test';
import { testIds } from '../../renderer/test-ids.ts';

/** The environment in which the agent is the one that misbehaves; see fixtures/bad-claude.mjs. */
export const badAgent = {
  QUARTERDECK_CLAUDE_PATH: join(import.meta.dirname, 'fixtures/bad-claude.mjs'),
  ANTHROPIC_API_KEY: 'sk-ant-api03-bad-input',
};

/** From now on the agent starts like this in `folder`. */
export const startsLike = (folder: string, behaviour: string): void =>
  writeFileSync(join(folder, '.bad-claude'), behaviour);

/** Fills in the form of a new session and starts it; whether it does is for the caller to see. */
export async function askForSession(page: Page, folder: string, agent: string, message = ''): Promise<void> {
  await page.getByTestId(testIds.newSession).first().click();
  await page.getByTestId(testIds.folderInput).fill(folder);
  await page.getByTestId(testIds.providerOption(agent)).click();
  if (message !== '') await page.getByTestId(testIds.firstMessage).fill(message);
  await page.getByTestId(testIds.startSession).click();
}

/** A card, banner or note that says what happened, what it means, and what to do next, each in words of its own. */
export async function expectProblem(card: Locator, words: RegExp | string): Promise<void> {
  await expect(card).toContainText(words, { timeout: 20_000 });
  for (const part of ['.problem-message', '.problem-impact', '.problem-next'])
    await expect(card.locator(part)).toHaveText(/\w.*\w/);
}

/** Settings say that the log is whole. */
export async function expectWholeLog(page: Page): Promise<void> {
  await page.getByTestId(testIds.openSettings).click();
  await page.getByTestId(testIds.settingsTab('data')).click();
  await page.getByTestId(testIds.verifyRun).click();
  await expect(page.getByTestId(testIds.verifyResult)).toHaveAttribute('data-ok', 'true');
}
