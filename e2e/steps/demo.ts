import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '../driver/fixtures.ts';
import { browserPath } from '../host/chromium.ts';

/** `test` on a machine without any agent CLI: a fresh home, and a PATH that holds only the system. */
export const test = base.extend<{ machine: Record<string, string | undefined> }>({
  machine: async ({ surfaceKind: _ }, use) => {
    const home = await realpath(await mkdtemp(join(tmpdir(), 'quarterdeck-e2e-home-')));
    await use({ HOME: home, PATH: '/usr/bin:/bin', QUARTERDECK_CLAUDE_PATH: undefined, CHROME_PATH: browserPath() });
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  },

  launch: async ({ launch, machine }, use) => {
    await use((request = {}) => launch({ ...request, env: { ...machine, ...request.env } }));
  },
});
