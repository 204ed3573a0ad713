import { defineConfig } from 'playwright/test';

/** End-to-end specs: the built app, driven as a person does, once in its window and once in the browser. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  globalSetup: './e2e/driver/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  // On a busy build machine a spec gets a second look; the report names it as flaky, so that it is mended and not forgotten.
  retries: process.env.CI ? 2 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list', { printSteps: false }]],
  projects: [
    { name: 'window', use: { surfaceKind: 'window' } },
    // What only a window has is not in the browser: dialogs, menus, a package.
    { name: 'browser', use: { surfaceKind: 'browser' }, testIgnore: ['**/window.e2e.ts', '**/package.e2e.ts'] },
  ],
});
