import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { testIds } from '../../renderer/test-ids.ts';
import { expect } from '../driver/fixtures.ts';
import { answerApproval, approvalCard } from '../steps/approval.ts';
import { test } from '../steps/claude.ts';
import { answerOf, expectEnded, send, toolsOf, turnWith } from '../steps/conversation.ts';
import { freshLink, openInBrowser } from '../steps/second-client.ts';
import { openSession, startSession } from '../steps/session.ts';
import { Camera, center } from './camera.ts';
import { makeProject, prompts, scriptsFor } from './tide-tables.ts';

test('pictures of the app', async ({ launch, machine, claudePath, scripts, model, marker }) => {
  const person = machine.HOME ?? '';
  const project = makeProject(person);
  const lighthouse = join(person, 'harbour', 'lighthouse');
  mkdirSync(lighthouse, { recursive: true });
  Object.assign(scripts, scriptsFor(project));
  // Where an installer would have put it.
  const installed = join(person, '.local/bin/claude');
  mkdirSync(join(installed, '..'), { recursive: true });
  symlinkSync(claudePath, installed);

  const app = await launch({ env: { QUARTERDECK_CLAUDE_PATH: installed }, colorScheme: 'light' });
  const { page } = app;
  await using mobile = await openInBrowser(await freshLink(app.home), marker, 'phone');
  const camera = new Camera(page, mobile.page);

  await camera.take('first-start', (at) =>
    expect(at.getByTestId(testIds.providerRow('claude'))).toHaveAttribute('data-state', 'ready'),
  );

  await page.getByTestId(testIds.newSession).click();
  await camera.take('new-session', async (at) => {
    await at.getByTestId(testIds.folderInput).fill(project);
    await at.getByTestId(testIds.providerOption('claude')).click();
    await at.getByTestId(testIds.firstMessage).fill(prompts.fix);
  });
  await camera.take('folder-missing', async (at) => {
    await at.getByTestId(testIds.folderInput).fill(`${project}-2`);
    await at.getByTestId(testIds.startSession).click();
    await center(at.getByTestId(testIds.folderError));
  });

  // Other work, so that the list of sessions is not empty.
  await startSession(page, { folder: lighthouse, message: prompts.survey });
  await expectEnded(turnWith(page, prompts.survey), 'completed');
  await startSession(page, { folder: lighthouse, message: prompts.refused });
  await expectEnded(turnWith(page, prompts.refused), 'failed');
  await camera.take('error', (at) => expect(at.getByTestId(testIds.errorCard)).toBeVisible());
  const lights = await startSession(page, { folder: lighthouse, message: prompts.lights });
  await expect(answerOf(turnWith(page, prompts.lights))).toContainText('is computed from');
  await startSession(page, { folder: project, message: prompts.ask });
  await camera.take('question', async (at) => {
    const card = at.getByTestId(testIds.questionCard);
    await card.getByText('Cuxhaven').click();
  });

  const fix = await startSession(page, { folder: project, message: prompts.fix });
  const turn = (at: Page) => turnWith(at, prompts.fix);
  await camera.take('running', (at) => expect(answerOf(turn(at))).toContainText(['written first', 'I run']));
  model.open('read');
  await camera.take('approval-command', (at) => expect(approvalCard(at)).toContainText('node --test'));
  await answerApproval(page, 'session');
  await camera.take('approval-diff', (at) => expect(approvalCard(at).getByTestId(testIds.diff)).toBeVisible());
  await answerApproval(page, 'once');
  await expectEnded(turn(page), 'completed');
  await camera.take('finished', async (at) => {
    await expect(answerOf(turn(at)).last()).toContainText('Fixed');
    await atEnd(at);
  });
  await camera.take('diff', async (at) => {
    await expectEnded(turn(at), 'completed');
    await center(toolsOf(turn(at)).and(at.locator('[data-kind="edit"]')));
  });

  await openSession(page, lights);
  await camera.take('streaming', (at) =>
    expect(answerOf(turnWith(at, prompts.lights))).toContainText('is computed from'),
  );

  await openSession(page, fix);
  await send(page, prompts.commit);
  await camera.take('overview', async (at) => {
    await expect(approvalCard(at)).toContainText('git commit');
    // Answers come alive a moment after they are shown.
    await expect(approvalCard(at).getByTestId(testIds.approvalAllowOnce)).toBeEnabled();
    await atEnd(at);
  });
  await answerApproval(page, 'once');
  await expectEnded(turnWith(page, prompts.commit), 'completed');

  await mobile.page.getByTestId(testIds.openSidebar).click();
  await camera.take('sessions', (at) => expect(at.getByTestId(testIds.sessionList)).toBeVisible());
  await mobile.page.keyboard.press('Escape');

  await camera.take('palette', async (at) => {
    await at.keyboard.press('ControlOrMeta+k');
    await at.getByTestId(testIds.paletteInput).fill('se');
    await expect(at.getByTestId(testIds.paletteRow).first()).toBeVisible();
  });
  await page.keyboard.press('Escape');
  await mobile.page.keyboard.press('Escape');

  await camera.take('message-menu', async (at) => {
    const message = turnWith(at, prompts.commit).getByTestId(testIds.userMessage);
    await message.hover();
    await message.getByTestId(testIds.messageMenu).click();
    await expect(at.getByTestId(testIds.messageRewind)).toBeVisible();
  });
  await camera.take('commands', async (at) => {
    await at.keyboard.press('Escape');
    await at.getByTestId(testIds.composerInput).fill('/');
    await expect(at.getByTestId(testIds.commandOption).filter({ hasText: '/compact' })).toBeVisible();
  });
  await page.getByTestId(testIds.composerInput).fill('');
  await mobile.page.getByTestId(testIds.composerInput).fill('');
  await page.getByTestId(testIds.agentPicker).click();
  await page.getByTestId(testIds.agentOption('demo')).click();
  await camera.take('handover', (at) => expect(at.getByTestId(testIds.digestCard)).toBeVisible());

  await page.getByTestId(testIds.openSettings).click();
  for (const tab of ['providers', 'sessions', 'keys', 'permissions', 'appearance', 'shortcuts', 'data', 'about']) {
    await page.getByTestId(testIds.settingsTab(tab)).click();
    await camera.take(`settings-${tab}`, (at) => expect(at.getByTestId(testIds.settings)).toBeVisible());
  }
  model.open('lights');
});

/** Shows the end of the conversation. */
async function atEnd(page: Page): Promise<void> {
  await page.getByRole('log').evaluate((log) => log.scrollTo({ top: log.scrollHeight, behavior: 'instant' }));
}
