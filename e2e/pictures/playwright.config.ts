import { join } from 'node:path';
import { defineConfig } from 'playwright/test';
import type { Options } from '../driver/fixtures.ts';

/** `npm run screenshots`: the pictures are the result, so nothing here runs with the specs. */
export default defineConfig<Options>({
  testDir: '.',
  testMatch: '*.shots.ts',
  outputDir: join(import.meta.dirname, '../../test-results/pictures'),
  globalSetup: '../driver/global-setup.ts',
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['line']],
  projects: [{ name: 'window', use: { surfaceKind: 'window' } }],
});
