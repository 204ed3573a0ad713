import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { answerApproval, expectCommandToWait } from './steps/approval.ts';
import { asked, test as base } from './steps/claude.ts';
import { answerOf, expectEnded, expectRunning, send, toolsOf } from './steps/conversation.ts';
import { begin, results, run, say, script, until } from './steps/script.ts';
import { openSession, startSession } from './steps/session.ts';
import { ensureCli } from './tools/ensure-clis.ts';

/** A person adds an agent the app knows nothing about by its command line: claude-agent-acp, whose model is scripted. */
const test = base.extend<{ line: string }, { acpScript: string }>({
  acpScript: [
    ({ browserName: _ }, use) => ensureCli('claude-agent-acp').then(use),
    { scope: 'worker', timeout: 600_000 },
  ],
  /** As it would be pasted; what an agent of another maker is not passed on by itself stands before it. */
  line: async ({ machine, claudePath, acpScript }, use) => {
    const settings = Object.entries(machine).filter(([name]) => name.startsWith('CLAUDE') && machine[name]);
    // As root it takes any value of IS_SANDBOX for leave to skip permissions, and its Claude Code does not.
    const variables = [...settings, ['CLAUDE_CODE_EXECUTABLE', claudePath], ['IS_SANDBOX', '']];
    await use(
      [...variables.map(([name, value]) => `${name}='${value}'`), `'${process.execPath}'`, acpScript].join(' '),
    );
  },
});

test('an agent is added by its command line, tried, given its key, talked to, and taken away', async ({
  app: { page },
  folder,
  model,
  line,
}) => {
  await page.getByTestId(testIds.openSettings).click();
  await expect(page.getByTestId(testIds.customAgents)).toContainText('None yet.');
  await page.getByTestId(testIds.agentAdd).click();
  const form = page.getByTestId(testIds.agentForm);
  const command = form.getByTestId(testIds.agentCommand);
  await command.fill('my-agent | tee log');
  await form.getByTestId(testIds.agentSave).click();
  await expect(form.getByTestId(testIds.agentWrong)).toContainText('shell');
  await expect(command).toBeFocused();
  await command.fill('no-such-agent-anywhere --acp');
  await form.getByTestId(testIds.agentTest).click();
  const outcome = form.getByTestId(testIds.agentCheck);
  await expect(outcome).toHaveAttribute('data-ok', 'false');
  await expect(outcome).toContainText('not found');

  await command.fill(line);
  await form.getByTestId(testIds.agentName).fill('Second mate');
  await form.getByTestId(testIds.agentKeyVariable).fill('ANTHROPIC_API_KEY');
  await form.getByTestId(testIds.agentTest).click();
  await expect(outcome).toHaveAttribute('data-ok', 'true', { timeout: 20_000 });
  await expect(outcome).toContainText('Claude Agent 0.100.0');
  expect(asked(model)).toEqual([]);
  await form.getByTestId(testIds.agentSave).click();
  await expect(page.getByTestId(testIds.agentRow('second-mate'))).toContainText('claude-agent-acp');

  const row = page.getByTestId(testIds.providerRow('second-mate'));
  await expect(row).toHaveAttribute('data-state', 'ready');
  await row.getByTestId(testIds.providerKeyOpen).click();
  await row.getByTestId(testIds.providerKeyField).fill('sk-ant-key-of-the-second-mate');
  await row.getByTestId(testIds.providerKeySave).click();
  await expect(row.getByTestId(testIds.providerKeyStored)).toBeVisible();

  const session = await startSession(page, { folder, provider: 'second-mate' });
  const slow = await send(page, script('Speak slowly.', [begin('One '), until('gate'), say('two.')]));
  await expect(answerOf(slow)).toHaveText('One');
  await expectRunning(slow);
  model.open('gate');
  await expectEnded(slow, 'completed');
  expect(asked(model).at(-1)?.headers['x-api-key']).toBe('sk-ant-key-of-the-second-mate');

  const working = await send(page, script('Make a mark.', [run('echo mark > mark.txt')], [results]));
  await expectCommandToWait(page, 'echo mark > mark.txt');
  expect(existsSync(join(folder, 'mark.txt'))).toBe(false);
  await answerApproval(page, 'once');
  await expectEnded(working, 'completed');
  expect(existsSync(join(folder, 'mark.txt'))).toBe(true);
  await expect(toolsOf(working)).toHaveAttribute('data-status', 'completed');

  await page.getByTestId(testIds.openSettings).click();
  await page.getByTestId(testIds.agentDelete).click();
  await page.getByTestId(testIds.confirm).click();
  await expect(page.getByTestId(testIds.agentRow('second-mate'))).toHaveCount(0);
  await expect(row).toHaveCount(0);
  await openSession(page, session);
  await expect(answerOf(slow)).toContainText('two.');
  const orphan = await send(page, 'Are you there?');
  await expectEnded(orphan, 'failed');
  await expect(orphan).toContainText('choose another agent');
});
