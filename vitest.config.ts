import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const quick = ['{main,preload,renderer,e2e,scripts,bench}/**/*.test.{ts,tsx}'];
const slow = ['**/node_modules/**', '**/*.cli.test.ts'];

/** What a file does that others would feel: it replaces a module, a global, the time or the environment. */
const replaces =
  /\bvi\.(?:mock|doMock|spyOn|stubGlobal|stubEnv|useFakeTimers|setSystemTime)\(|process\.(?:env(?:\.\w+|\[[^\]]+\]) = |chdir\()|(?:assign|defineProperty)\((?:globalThis|process)\b/;

/** Files with a process of their own: they replace something, or they are about the stores of the page, of which a page has one each. */
const alone = globSync(quick, { cwd: import.meta.dirname, exclude: (path) => path === 'node_modules' })
  .filter((path) => !path.includes('node_modules'))
  .filter(
    (path) =>
      /renderer[\\/]store[\\/]/.test(path) || replaces.test(readFileSync(join(import.meta.dirname, path), 'utf8')),
  );

/**
 * As many workers as there are cores: by itself vitest leaves one idle, which on a machine with two is half of it. Many of these tests have real sockets
 * and real files, which on a build machine get a second look.
 */
const quickly = { testTimeout: 20_000, maxWorkers: '100%', retry: process.env.CI ? 1 : 0 };

/**
 * `unit` and `unit-alone` (no process, no browser, quick) and `cli` (the real agent CLIs and real child processes; slower, so it runs with fewer
 * workers). The files of `unit` share their workers, so that what they all load is loaded once: it halves their time. End-to-end specs are
 * Playwright's (playwright.config.ts).
 */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: quick, exclude: [...slow, ...alone], isolate: false, ...quickly } },
      { test: { name: 'unit-alone', include: alone, exclude: slow, ...quickly } },
      {
        test: {
          name: 'cli',
          include: ['{main,e2e}/**/*.cli.test.ts'],
          globalSetup: './e2e/tools/built-before.ts',
          testTimeout: 120_000,
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
