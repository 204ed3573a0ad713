import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { test } from './steps/claude.ts';
import { expectEnded } from './steps/conversation.ts';
import { test as testWithoutAgents } from './steps/demo.ts';
import { say, script } from './steps/script.ts';
import { startSession, startWith } from './steps/session.ts';

/** What a person sees who starts the app for the first time. */

test('the first start shows which CLIs were found, where, which version, and whether they are signed in', async ({
  app: { page },
  claudePath,
  folder,
}) => {
  await expect(page.getByTestId(testIds.firstStart)).toBeVisible();
  const row = page.getByTestId(testIds.providerRow('claude'));
  await expect(row).toHaveAttribute('data-state', 'ready', { timeout: 20_000 });
  await expect(row).toContainText(claudePath);
  await expect(row).toContainText('version 2.1.');
  await expect(row).toContainText('API key');
  await expect(page.getByTestId(testIds.startDemo)).toBeVisible();
  await row.getByTestId(testIds.providerUse).click();
  await page.getByTestId(testIds.folderInput).fill(folder);
  await expect(page.getByTestId(testIds.providerOption('claude')).getByRole('radio')).toBeChecked();
  await page.getByTestId(testIds.newSession).click();
  // With a session there is nothing "first" any more.
  await startSession(page, { folder });
  await page.reload();
  await expect(page.getByTestId(testIds.sessionItem)).toHaveCount(1);
  await expect(page.getByTestId(testIds.firstStart)).toHaveCount(0);
});

test('a CLI that is not signed in says what to do, and can be used once it is', async ({ launch, machine, folder }) => {
  const { page } = await launch({ env: { ANTHROPIC_API_KEY: undefined } });
  const row = page.getByTestId(testIds.providerRow('claude'));
  await expect(row).toHaveAttribute('data-state', 'not_signed_in', { timeout: 20_000 });
  await expect(row).toContainText('claude auth login');
  await page.getByTestId(testIds.newSession).click();
  await expect(page.getByTestId(testIds.providerOption('claude')).getByRole('radio')).toBeDisabled();
  await page.goBack();

  const settings = { env: { ANTHROPIC_API_KEY: machine.ANTHROPIC_API_KEY } };
  await writeFile(join(machine.CLAUDE_CONFIG_DIR ?? '', 'settings.json'), JSON.stringify(settings));
  await page.getByTestId(testIds.lookAgain).click();
  await expect(row).toHaveAttribute('data-state', 'ready', { timeout: 20_000 });
  const turn = await startWith(page, script('Hello.', [say('Welcome.')]), { folder });
  await expectEnded(turn, 'completed');
});

/** Where it is looked for whatever PATH says; what is installed there cannot be hidden from the app. */
const systemFolders = ['/usr/local/bin', '/usr/bin', '/opt/homebrew/bin', '/snap/bin', dirname(process.execPath)];

testWithoutAgents('without any CLI, it says how to get one, and offers the guide', async ({ app: { page } }) => {
  test.skip(
    systemFolders.some((place) => existsSync(join(place, 'claude'))),
    'Claude Code is installed for everybody',
  );
  const row = page.getByTestId(testIds.providerRow('claude'));
  await expect(row).toHaveAttribute('data-state', 'not_found', { timeout: 20_000 });
  await expect(row).toContainText('npm install');
  await expect(page.getByTestId(testIds.startDemo)).toBeVisible();
});
