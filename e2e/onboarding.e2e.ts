import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { ScriptedRegistry } from '../main/onboarding/npm-registry-test-support.ts';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { asked, test } from './steps/claude.ts';
import { expectEnded } from './steps/conversation.ts';
import { test as testWithoutAgents } from './steps/demo.ts';
import { say, script } from './steps/script.ts';
import { startWith } from './steps/session.ts';

/** What a person does to get an agent going: install it, sign in, give it a key, and look what is wrong. */

const rowOf = (page: Page, id: string) => page.getByTestId(testIds.providerRow(id));
const openSettings = async (page: Page, tab: string) => {
  await page.getByTestId(testIds.openSettings).click();
  await page.getByTestId(testIds.settingsTab(tab)).click();
};

test('a key is stored, used by its agent, never shown again, and removed', async ({ launch, model, folder, home }) => {
  const key = 'canary-key-of-this-spec-1';
  const { page, close } = await launch({ env: { ANTHROPIC_API_KEY: undefined } });
  const row = rowOf(page, 'claude');
  await expect(row).toHaveAttribute('data-state', 'not_signed_in', { timeout: 20_000 });
  await row.getByTestId(testIds.providerKeyOpen).click();
  const field = row.getByTestId(testIds.providerKeyField);
  await expect(field).toHaveAttribute('type', 'password');
  await expect(row.getByTestId(testIds.providerKeySave)).toBeDisabled();
  await field.fill(key);
  await row.getByTestId(testIds.providerKeySave).click();
  await expect(row.getByTestId(testIds.providerNote)).toContainText('Stored');
  await expect(row.getByTestId(testIds.providerKeyStored)).toBeVisible();
  await expect(row).toHaveAttribute('data-state', 'ready', { timeout: 20_000 });
  expect(await page.content()).not.toContain(key);

  await expectEnded(await startWith(page, script('Hello.', [say('Welcome.')]), { folder }), 'completed');
  expect(JSON.stringify(asked(model).map((request) => request.headers))).toContain(key);

  await openSettings(page, 'providers');
  await row.getByTestId(testIds.providerKeyRemove).click();
  await page.getByTestId(testIds.confirm).click();
  await expect(row).toHaveAttribute('data-state', 'not_signed_in', { timeout: 20_000 });
  await close();
  expect(await readFile(join(home, 'quarterdeck.db'), 'latin1')).not.toContain(key);
});

test('a key that the keychain keeps is kept, and said to be unreadable, where there is none', async ({
  launch,
  surfaceKind,
}) => {
  test.skip(surfaceKind !== 'window', 'the keychain belongs to the window');
  const signedOut = { ANTHROPIC_API_KEY: undefined };
  const window = await launch({ env: { ...signedOut, QUARTERDECK_HOST_KEYRING: 'gnome_libsecret' } });
  test.skip(window.which !== 'chromium-host', 'a real keyring is nobody’s to write into');
  const row = rowOf(window.page, 'claude');
  await row.getByTestId(testIds.providerKeyOpen).click({ timeout: 20_000 });
  await row.getByTestId(testIds.providerKeyField).fill('canary-key-of-this-spec-2');
  await row.getByTestId(testIds.providerKeySave).click();
  await expect(row.getByTestId(testIds.providerNote)).toContainText('keychain of this computer');
  await window.close();

  const browser = await launch({ surface: 'browser', env: signedOut });
  await expect(rowOf(browser.page, 'claude')).toHaveAttribute('data-state', 'not_signed_in', { timeout: 20_000 });
  await openSettings(browser.page, 'diagnostics');
  await expect(browser.page.getByTestId(testIds.diagnosticsCheck('provider-keys'))).toContainText(
    'cannot be opened from here',
  );
  await browser.close();

  const again = await launch({ env: { ...signedOut, QUARTERDECK_HOST_KEYRING: 'gnome_libsecret' } });
  await expect(rowOf(again.page, 'claude')).toHaveAttribute('data-state', 'ready', { timeout: 20_000 });
});

testWithoutAgents(
  'an agent is installed from npm with one click, and its output is shown',
  async ({ launch, folder }) => {
    const registry = new ScriptedRegistry(folder, '@google/gemini-cli', 'gemini');
    registry.version = '0.61.0';
    await registry.listen();
    try {
      const npm = { NPM_CONFIG_REGISTRY: registry.url, NPM_CONFIG_CACHE: join(folder, 'cache') };
      const { page } = await launch({ env: npm });
      const row = rowOf(page, 'gemini');
      await expect(row).toHaveAttribute('data-state', 'not_found', { timeout: 20_000 });
      await row.getByTestId(testIds.providerInstall).click();
      const panel = row.getByTestId(testIds.installPanel);
      await expect(panel.getByTestId(testIds.installOutput)).toContainText('$ npm install @google/gemini-cli@latest');
      await expect(panel).toHaveAttribute('data-state', 'done', { timeout: 30_000 });
      await expect(row).toHaveAttribute('data-state', 'not_signed_in');
      await expect(row).toContainText('version 0.61.0');
      await expect(row).toContainText('installed by Quarterdeck');
      await panel.getByTestId(testIds.installClose).click();
      await expect(panel).toHaveCount(0);
    } finally {
      registry.close();
    }
  },
);

testWithoutAgents(
  'an installation that fails says so in the words of npm, and can be tried again',
  async ({ launch, folder }) => {
    const registry = new ScriptedRegistry(folder, '@other/package', 'other');
    await registry.listen();
    try {
      const npm = { NPM_CONFIG_REGISTRY: registry.url, NPM_CONFIG_CACHE: join(folder, 'cache') };
      const { page } = await launch({ env: npm });
      const row = rowOf(page, 'codex');
      await row.getByTestId(testIds.providerInstall).click({ timeout: 20_000 });
      const panel = row.getByTestId(testIds.installPanel);
      await expect(panel).toHaveAttribute('data-state', 'failed', { timeout: 30_000 });
      await expect(panel.getByTestId(testIds.installOutput)).toContainText('404');
      await panel.getByRole('button', { name: 'Try again' }).click();
      await expect(panel).toHaveAttribute('data-state', 'running');
      await expect(panel).toHaveAttribute('data-state', 'failed', { timeout: 30_000 });
    } finally {
      registry.close();
    }
  },
);

test('signing in opens a terminal with the command of the agent', async ({ launch, surfaceKind, machine, folder }) => {
  test.skip(
    surfaceKind !== 'window' || process.platform !== 'linux',
    'a window, on a system whose terminal can be replaced',
  );
  const terminal = join(folder, 'x-terminal-emulator');
  await writeFile(terminal, `#!/bin/sh\ncp "$2" '${folder}/script'\n`);
  await chmod(terminal, 0o755);
  const { page } = await launch({ env: { ANTHROPIC_API_KEY: undefined, PATH: `${folder}:${machine.PATH}` } });
  const row = rowOf(page, 'claude');
  await row.getByTestId(testIds.providerSignIn).click({ timeout: 20_000 });
  await expect(row.getByTestId(testIds.providerNote)).toContainText('terminal window was opened');
  expect(await readFile(join(folder, 'script'), 'utf8')).toContain('\nclaude auth login\n');
});

testWithoutAgents('the page of diagnostics tells the state of every part', async ({ app: { page } }) => {
  await openSettings(page, 'diagnostics');
  const check = (id: string) => page.getByTestId(testIds.diagnosticsCheck(id));
  await expect(check('database')).toContainText('Sound', { timeout: 20_000 });
  await expect(check('provider:demo')).toBeVisible();
  await expect(check('not-understood')).toContainText('Everything that agents said was understood');
  await page.getByTestId(testIds.diagnosticsRun).click();
  await expect(page.getByTestId(testIds.diagnosticsRun)).toBeEnabled();
});
