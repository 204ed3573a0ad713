import { defineConfig } from 'vitest/config';

/**
 * Two projects: `unit` (no process, no browser, quick) and `cli` (the real agent CLIs and real child processes; slower, so it runs with fewer
 * workers). End-to-end specs are Playwright's (playwright.config.ts).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{main,preload,renderer,e2e,scripts,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/*.cli.test.ts'],
          testTimeout: 20_000,
          // As many as there are cores: by itself it leaves one idle, which on a machine with two is half of it.
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'cli',
          include: ['{main,e2e}/**/*.cli.test.ts'],
          globalSetup: './e2e/tools/built-before.ts',
          testTimeout: 60_000,
          hookTimeout: 300_000,
          // More than a small machine has cores: these wait for their programs half of the time.
          maxWorkers: 3,
          // Real programs on a busy build machine get a second look, as the end-to-end specs do.
          retry: process.env.CI ? 2 : 0,
        },
      },
    ],
  },
});
