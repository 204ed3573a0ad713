import { spawn } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { test as base, expect } from './driver/fixtures.ts';
import { browserPath } from './host/chromium.ts';
import { type ModelServer, startModelServer } from './model-server/server.ts';
import { answerOf, expectEnded, send } from './steps/conversation.ts';
import { say, script } from './steps/script.ts';
import { codexTestEnv } from './tools/codex-env.ts';
import { ensureCli } from './tools/ensure-clis.ts';
import { geminiTestEnv } from './tools/gemini-env.ts';

/** Conversations that the real Codex and the real Gemini CLI had in a terminal, continued in the app. */

const test = base.extend<{ model: ModelServer; machine: string }>({
  model: async ({ surfaceKind: _ }, use) => {
    const server = await startModelServer({
      scripts: { 'Which lantern hangs in the east tower?': '[[text: The green lantern hangs in the east tower.]]' },
    });
    await use(server);
    await server.close();
  },
  // Not below the system's temporary folder: Codex refuses to work there.
  machine: async ({ surfaceKind: _ }, use) => {
    const folder = await realpath(await mkdtemp(join(homedir(), '.quarterdeck-e2e-')));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
});

/** Runs a CLI as in a terminal, to its end. */
const inTerminal = (command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))));
  });

async function continueAndAsk(page: Page, model: ModelServer): Promise<void> {
  await page.getByTestId(testIds.history).click();
  await page.getByTestId(testIds.historyRow).click();
  await expect(page.getByTestId(testIds.importItem)).toHaveCount(2);
  await page.getByTestId(testIds.continueOpen).click();
  const fork = page.getByTestId(testIds.continueFork);
  if ((await fork.count()) > 0) await fork.uncheck();
  await page.getByTestId(testIds.continueStart).click();
  await expect(page.getByTestId(testIds.importedBeginning)).toContainText('The green lantern');
  const turn = await send(page, script('And in the west tower?', [say('The blue one.')]));
  await expectEnded(turn, 'completed');
  await expect(answerOf(turn)).toHaveText('The blue one.');
  const asked = model.requests.filter((request) => request.kind === 'conversation').at(-1);
  expect(JSON.stringify(asked?.body)).toContain('The green lantern hangs in the east tower.');
  await page.getByTestId(testIds.history).click();
  await expect(page.getByTestId(testIds.historyRow)).toHaveCount(1);
}

test('a conversation of Codex is resumed', async ({ launch, folder, machine, model }) => {
  const codex = await ensureCli('codex');
  const env = codexTestEnv({ modelUrl: model.url, configDir: join(machine, 'codex') });
  await inTerminal(codex, ['exec', '--skip-git-repo-check', 'Which lantern hangs in the east tower?'], folder, env);
  const more = { QUARTERDECK_CODEX_PATH: codex, QUARTERDECK_IMPORTS: 'on', CHROME_PATH: browserPath() };
  const { page } = await launch({ env: { ...env, ...more } });
  await continueAndAsk(page, model);
});

test('an agent that cannot resume, Gemini CLI, is told what was said', async ({ launch, folder, machine, model }) => {
  const gemini = await ensureCli('gemini');
  const env = { ...geminiTestEnv({ modelUrl: model.url, home: machine }), GEMINI_CLI_NO_RELAUNCH: 'true' };
  const settings = {
    security: { auth: { selectedType: 'gemini-api-key' } },
    privacy: { usageStatisticsEnabled: false },
  };
  await writeFile(join(machine, '.gemini', 'settings.json'), JSON.stringify(settings));
  const words = ['--skip-trust', '-m', 'gemini-2.5-pro', '-p', 'Which lantern hangs in the east tower?'];
  await inTerminal(process.execPath, [gemini, ...words], folder, env);
  const more = { QUARTERDECK_GEMINI_PATH: gemini, QUARTERDECK_IMPORTS: 'on', CHROME_PATH: browserPath() };
  const { page } = await launch({ env: { ...env, ...more } });
  await continueAndAsk(page, model);
});
