import { defineConfig } from 'playwright/test';

/**
 * Specs of pages that are the same React behind both doors: what the doors do is proven by the others, so these run once, to keep the suite within its
 * quarter of an hour. To run one on the other surface, take it off its list.
 */
const onceInBrowser = [
  ...[
    'access-panes',
    'boot',
    'cross-origin',
    'find',
    'goals',
    'hostile-output',
    'imports',
    'imports-of-others',
    'lan-phone',
    'long-conversation',
  ],
  ...['inbox', 'offline', 'page-notices', 'palette', 'side-panel', 'sign-in'],
].map((name) => `**/${name}.e2e.ts`);
const onceInWindow = [
  ...[
    'session-agents',
    'session-history',
    'custom-agent',
    'data',
    'pickers',
    'pairing',
    'composer',
    'queue',
    'bad-input/agent',
    'bad-input/storage',
    'first-start',
    'sessions',
    'settings',
    'two-clients',
  ],
  // The guide is gone through on the phone as well.
  ...['claude-conversation', 'claude-crash', 'claude-stop', 'demo-conversation'],
].map((name) => `**/${name}.e2e.ts`);
const onceOnPhone = ['**/phone*.e2e.ts'];

/** End-to-end specs: the built app, driven as a person does, in its window and in the browser. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  globalSetup: './e2e/driver/global-setup.ts',
  fullyParallel: true,
  // More than a small machine has cores: a spec waits for its app and its browser half of the time.
  workers: 3,
  // On a busy build machine a spec gets a second look; the report names it as flaky, so that it is mended and not forgotten.
  retries: process.env.CI ? 2 : 0,
  forbidOnly: Boolean(process.env.CI),
  // Nothing waits for these but what fails, on a machine that may have two cores and something else to do.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list', { printSteps: false }]],
  projects: [
    // The components over a scripted bridge: neither surface. Its tests are the longest and never wait, so they are not what is left at the end.
    { name: 'gallery', use: { surfaceKind: 'browser' }, testMatch: '**/gallery/*.e2e.ts' },
    { name: 'window', use: { surfaceKind: 'window' }, testIgnore: [...onceInBrowser, ...onceOnPhone, '**/gallery/**'] },
    // Flows that are another matter in a hand: each is tagged where it stands, and those that only a phone has are in one file.
    { name: 'phone', use: { surfaceKind: 'browser', phone: true }, grep: /@phone/ },
    // What only a window has is not in the browser: dialogs, menus, a package.
    {
      name: 'browser',
      use: { surfaceKind: 'browser' },
      testIgnore: [
        '**/window.e2e.ts',
        '**/windows.e2e.ts',
        '**/notifications.e2e.ts',
        '**/desktop.e2e.ts',
        '**/package.e2e.ts',
        '**/gallery/**',
        ...onceInWindow,
        ...onceOnPhone,
      ],
    },
  ],
});
