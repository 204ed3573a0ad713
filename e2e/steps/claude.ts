import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '../driver/fixtures.ts';
import { browserPath } from '../host/chromium.ts';
import type { RequestRecord } from '../model-server/request-log.ts';
import { type ModelServer, startModelServer } from '../model-server/server.ts';
import { claudeTestEnv } from '../tools/claude-env.ts';
import { ensureCli } from '../tools/ensure-clis.ts';

interface ClaudeFixtures {
  /** What the model makes of prompts that do not carry their script; a spec fills it in. */
  scripts: { [prompt: string]: string };
  /** The scripted model server that Claude Code asks. */
  model: ModelServer;
  /** What the app and everything it starts see of the person's machine: a home of its own with Claude Code signed in. */
  machine: Record<string, string | undefined>;
}

/** `test` on a machine that has the real Claude Code, signed in with a key, whose only model is the scripted one. */
export const test = base.extend<ClaudeFixtures, { claudePath: string }>({
  claudePath: [({ browserName: _ }, use) => ensureCli('claude').then(use), { scope: 'worker', timeout: 600_000 }],

  scripts: async ({ surfaceKind: _ }, use) => use({}),

  model: async ({ scripts }, use) => {
    const server = await startModelServer({ scripts });
    await use(server);
    await server.close();
  },

  machine: async ({ model, claudePath }, use) => {
    const configDir = await realpath(await mkdtemp(join(tmpdir(), 'quarterdeck-e2e-claude-')));
    await use({
      ...ownSettingsOff(),
      ...claudeTestEnv({ modelUrl: model.url, configDir }),
      QUARTERDECK_CLAUDE_PATH: claudePath,
      // Found with the real HOME; the stand-in for Electron has the machine's.
      CHROME_PATH: browserPath(),
    });
    await rm(configDir, { recursive: true, force: true, maxRetries: 5 });
  },

  launch: async ({ launch, machine }, use) => {
    await use((request = {}) => launch({ ...request, env: { ...machine, ...request.env } }));
  },
});

/** Whoever runs the specs may be signed in, or run them from inside an agent: none of that may reach the app. */
function ownSettingsOff(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => /^(CLAUDE|ANTHROPIC)/.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** What Claude Code asked the model in conversations, oldest first; without its titles, probes and counts. */
export function asked(model: ModelServer): RequestRecord[] {
  return model.requests.filter((request) => request.kind === 'conversation');
}
