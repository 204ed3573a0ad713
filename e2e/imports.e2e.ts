import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { asked, test as claudeTest } from './steps/claude.ts';
import { answerOf, expectEnded, send } from './steps/conversation.ts';
import { bringOutSidebar } from './steps/session.ts';

/** Conversations that the real Claude Code had in a terminal, found, read and continued in the app. */

const session = 'aaaaaaaa-0000-4000-8000-00000000000a';

interface Terminal {
  /** Says something to Claude Code as in a terminal, without the app, and waits for its end. */
  say(words: string, more?: string[]): Promise<void>;
  /** The conversation's file. */
  file(): Promise<string>;
}

const test = claudeTest.extend<{ terminal: Terminal; page: Page }>({
  terminal: async ({ machine, claudePath, folder }, use) => {
    const projects = join(machine.CLAUDE_CONFIG_DIR!, 'projects');
    await use({
      say: (words, more = ['--session-id', session]) =>
        new Promise((resolve, reject) => {
          const child = spawn(claudePath, ['-p', words, ...more], {
            cwd: folder,
            env: machine as NodeJS.ProcessEnv,
            stdio: 'ignore',
          });
          child.on('error', reject);
          child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`claude ended with ${code}`))));
        }),
      async file() {
        const names = await readdir(projects, { recursive: true });
        return join(projects, names.find((name) => name.endsWith(`${session}.jsonl`))!);
      },
    });
  },
  page: async ({ launch, scripts, terminal }, use) => {
    Object.assign(scripts, {
      'Which lantern hangs in the east tower?': '[[text: The green lantern hangs in the east tower.]]',
      'And in the west tower?': '[[text: The blue one.]]',
      'From the terminal: paint it red.': '[[text: Red it is.]]',
      'What did I say in the terminal?': '[[text: To paint it red.]]',
    });
    await terminal.say('Which lantern hangs in the east tower?');
    const { page } = await launch({ env: { QUARTERDECK_IMPORTS: 'on' } });
    await use(page);
  },
});

const rows = (page: Page) => page.getByTestId(testIds.historyRow);
const items = (page: Page) => page.getByTestId(testIds.importItem);

async function openHistory(page: Page): Promise<void> {
  await bringOutSidebar(page);
  await page.getByTestId(testIds.history).click();
  await expect(page.getByTestId(testIds.historyPage)).toBeVisible();
}

async function continueHere(page: Page): Promise<void> {
  await openHistory(page);
  await rows(page).click();
  await page.getByTestId(testIds.continueOpen).click();
  await page.getByTestId(testIds.continueFork).uncheck();
  await page.getByTestId(testIds.continueStart).click();
  await expect(page.getByTestId(testIds.importedBeginning)).toContainText('The green lantern');
}

test('what was said in a terminal is listed, found by a sentence, and read', { tag: '@phone' }, async ({ page }) => {
  await openHistory(page);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('Which lantern hangs in the east tower?');
  await page.getByTestId(testIds.historySearch).fill('green lantern hangs');
  const hit = page.getByTestId(testIds.historyHit);
  await expect(hit).toHaveCount(1);
  await expect(hit.locator('mark').first()).toHaveText('green');
  await page.getByTestId(testIds.historySearch).press('ArrowDown');
  await expect(hit).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId(testIds.importPage)).toBeVisible();
  await expect(items(page)).toHaveCount(2);
  await expect(items(page).last()).toHaveText(/The green lantern hangs in the east tower\./);
});

test('a conversation that goes on in a terminal grows while it is read', async ({ page, terminal }) => {
  await openHistory(page);
  await rows(page).click();
  await expect(items(page)).toHaveCount(2);
  await expect(page.getByTestId(testIds.importLive)).toBeVisible();
  const line = {
    type: 'assistant',
    timestamp: new Date().toISOString(),
    message: { content: [{ type: 'text', text: 'It swings.' }] },
  };
  appendFileSync(await terminal.file(), `${JSON.stringify(line)}\n`);
  await expect(items(page)).toHaveCount(3);
  await expect(items(page).last()).toHaveText('It swings.');
});

test('it is continued here: the agent remembers it, and it is not listed twice', async ({ page, model }) => {
  await continueHere(page);
  const turn = await send(page, 'And in the west tower?');
  await expectEnded(turn, 'completed');
  await expect(answerOf(turn)).toHaveText('The blue one.');
  expect(JSON.stringify(asked(model).at(-1)!.body)).toContain('The green lantern hangs in the east tower.');
  await expect(page.getByTestId(testIds.importedBeginning).getByTestId(testIds.importItem)).toHaveCount(2);
  await openHistory(page);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('Continued here');
});

test('when the terminal goes on with it as well, the person is warned and takes over', async ({
  page,
  terminal,
  model,
}) => {
  await continueHere(page);
  await expectEnded(await send(page, 'And in the west tower?'), 'completed');
  await expect(page.getByTestId(testIds.otherWriter)).toHaveCount(0);
  // What comes within the slack that is left for the clocks still counts as ours.
  await expect(async () => {
    await terminal.say('From the terminal: paint it red.', ['--resume', session]);
    await expect(page.getByTestId(testIds.otherWriter)).toBeVisible({ timeout: 3000 });
  }).toPass();
  await page.getByTestId(testIds.takeOver('reload')).click();
  await expect(page.getByTestId(testIds.otherWriter)).toHaveCount(0);
  const turn = await send(page, 'What did I say in the terminal?');
  await expectEnded(turn, 'completed');
  expect(JSON.stringify(asked(model).at(-1)!.body)).toContain('From the terminal: paint it red.');
});
