import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { type Client, it, openSession, type Stage, talk } from './bad-input/app-test-support.ts';
import { type ModelServer, startModelServer } from './model-server/server.ts';
import { claudeTestEnv } from './tools/claude-env.ts';
import { codexTestEnv, fakeCodexKeyVariable } from './tools/codex-env.ts';
import { ensureCli } from './tools/ensure-clis.ts';
import { geminiTestEnv } from './tools/gemini-env.ts';
import { testCacheDir } from './tools/test-cache.ts';

/**
 * Secrets are planted wherever the app meets one, in shapes that no pattern knows, and everything that leaves the app is searched for them: what is on its
 * disk, what it tells its clients, what it prints.
 */
const canaries = {
  key: 'canary1stored1key1a9f3',
  github: 'canary2env2token2b7c1',
  database: 'canary3pass3word3d5e8',
  other: 'canary4other4agents4key',
};

interface Agent {
  name: 'claude' | 'codex' | 'gemini';
  env(at: { server: ModelServer; folder: string; program: string }): Record<string, string | undefined>;
  /** A tool call that runs a command in the shell of the agent. */
  shell(command: string): string;
  /** Variables that could hold the key in that shell. */
  variables: readonly string[];
}

const agents: readonly Agent[] = [
  {
    name: 'claude',
    env: ({ server, folder, program }) => ({
      ...claudeTestEnv({ modelUrl: server.url, configDir: folder }),
      ANTHROPIC_API_KEY: undefined,
      QUARTERDECK_CLAUDE_PATH: program,
    }),
    shell: (command) => `[[tool: Bash ${JSON.stringify({ command, description: 'd' })}]]`,
    variables: ['ANTHROPIC_API_KEY'],
  },
  {
    name: 'codex',
    env: ({ server, folder, program }) => ({
      ...codexTestEnv({ modelUrl: server.url, configDir: folder }),
      [fakeCodexKeyVariable]: undefined,
      QUARTERDECK_CODEX_PATH: program,
    }),
    shell: (cmd) => `[[tool: exec_command ${JSON.stringify({ cmd, login: false })}]]`,
    variables: [fakeCodexKeyVariable, 'OPENAI_API_KEY'],
  },
  {
    name: 'gemini',
    env: ({ server, folder, program }) => ({
      ...geminiTestEnv({ modelUrl: server.url, home: folder }),
      GEMINI_API_KEY: undefined,
      QUARTERDECK_GEMINI_PATH: program,
    }),
    shell: (command) => `[[tool: run_shell_command ${JSON.stringify({ command, description: 'd' })}]]`,
    variables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  },
];

const programs = new Map<string, string>();
beforeAll(async () => {
  for (const { name } of agents) programs.set(name, await ensureCli(name));
}, 600_000);

/** Everything below a folder, as one text. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

function expectNone(where: string, text: string): void {
  expect(text.length, where).toBeGreaterThan(0);
  for (const [name, canary] of Object.entries(canaries)) {
    const at = text.indexOf(canary);
    expect(at === -1 ? null : text.slice(Math.max(0, at - 200), at + 40), `${name} ${where}`).toBeNull();
  }
}

/** What the person says holds no secret; what follows from it does. */
function scriptsOf({ shell, variables }: Agent): { [prompt: string]: string } {
  const shown = variables.map((name) => `${name}=[$${name}]`).join(' ');
  const look = `echo "looked: ${shown} [$GITHUB_TOKEN] [$DATABASE_URL] [$ELEVENLABS_API_KEY]"; env`;
  const print = `printf %s canary1stored; echo 1key1a9f3; echo ${canaries.key} >&2`;
  const refusal = { type: 'authentication_error', message: `invalid key ${canaries.key}` };
  return {
    'Look around.': `${shell(look)} [[then]] [[results]]`,
    'Tell me.': `[[text: The key is ${canaries.key}, I think.]] ${shell(print)} [[then]] [[results]]`,
    'Be refused.': `[[error: 401 ${JSON.stringify(refusal)}]]`,
  };
}

async function start(stage: Stage, agent: Agent) {
  const server = await startModelServer({ deltaMs: 1, scripts: scriptsOf(agent) });
  stage.onEnd(() => server.close());
  // Gemini CLI takes the settings that hide its key only from a folder that nobody else can write to, nor to one above it.
  const home = mkdtempSync(join(testCacheDir(), 'canary-home-'));
  stage.onEnd(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const work = stage.folder('work');
  const env = {
    ...agent.env({ server, folder: stage.folder('agent'), program: programs.get(agent.name)! }),
    GITHUB_TOKEN: canaries.github,
    DATABASE_URL: `postgres://me:${canaries.database}@db/x`,
    ELEVENLABS_API_KEY: canaries.other,
  };
  const app = await stage.serve({ home, env, fromSource: true });
  return { server, home, work, app, client: await app.connect() };
}

const toolResults = (server: ModelServer) => JSON.stringify(server.requests.map((request) => request.body ?? null));
const ask = async (client: Client, frame: { type: string; [field: string]: unknown }) => client.ask(frame);

/** Waits until the agents' own conversations were read. */
async function untilRead(client: Client): Promise<void> {
  for (;;) {
    const { result } = await ask(client, { type: 'import_status' });
    if (result.state === 'idle' && result.finished_at !== null) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('no secret gets out', { timeout: 120_000 }, () => {
  for (const agent of agents) {
    it(`with ${agent.name}: a stored key does its work and is seen nowhere, whatever is printed, said or refused`, async ({
      stage,
    }) => {
      const { server, home, work, app, client } = await start(stage, agent);
      const before = await ask(client, { type: 'list_providers' });
      expect(before.result.providers.find((one: { id: string }) => one.id === agent.name)).toMatchObject({
        key_stored: false,
      });
      const stored = await ask(client, { type: 'provider_key_set', provider: agent.name, key: canaries.key });
      expect(stored).toMatchObject({ ok: true, result: { kept_by: 'key_file' } });

      const session = await openSession(client, work, { provider: agent.name, mode: 'full' });
      expect(await talk(client, session, 'Look around.')).toMatchObject({ status: 'completed' });
      const used = server.requests.filter((request) => request.kind === 'conversation');
      // It worked with this very key …
      expect(JSON.stringify(used.map((request) => request.headers))).toContain(canaries.key);
      // … the shell of its tools ran, and saw neither it nor the others.
      expect(toolResults(server)).toContain('looked: ');
      expectNone('in what its tools saw', toolResults(server));

      // The agent, a tool and the model provider each say it.
      await talk(client, session, 'Tell me.');
      expect(await talk(client, session, 'Be refused.')).toMatchObject({ status: 'failed' });
      const told = client.events.map((event) => JSON.stringify(event)).join('\n');
      expect(told).toContain('The key is [redacted], I think.');
      expect(told).toMatch(/invalid key \[redacted\]|401|sign in/i);
      expectNone('in what clients are told', JSON.stringify(client.frames));
      // The agent's own files have what its tools printed; what is read of them into the vault has not.
      await ask(client, { type: 'import_scan' });
      await untilRead(client);
      const doctor = await ask(client, { type: 'doctor' });
      expectNone('in the report of the doctor', JSON.stringify(doctor));

      await app.kill();
      expectNone('in what the app prints', app.output());
      expect(everythingIn(home)).toContain('[redacted]');
      expectNone('on the disk', everythingIn(home));
    });
  }

  it('when a key is refused, or comes in a frame that is not understood', async ({ stage }) => {
    const { home, app, client } = await start(stage, agents[0]!);
    const frame = { type: 'provider_key_set', provider: 'claude' };
    for (const key of [`${canaries.key} and more`, [canaries.key], canaries.key.repeat(100), `${canaries.key}\u0000`]) {
      expect(await ask(client, { ...frame, key })).toMatchObject({ ok: false });
    }
    expect(await ask(client, { ...frame, provider: 'nobody', key: canaries.key })).toMatchObject({ ok: false });
    client.raw(`{"type":"provider_key_set","provider":"claude","key":"${canaries.key}"`);
    await client.until('the answer to a broken frame', (one) => one.type === 'response' && one.command_id === null);
    expectNone('in what clients are told', JSON.stringify(client.frames));
    await app.kill();
    expectNone('in what the app prints', app.output());
    expectNone('on the disk', everythingIn(home));
  });
});
