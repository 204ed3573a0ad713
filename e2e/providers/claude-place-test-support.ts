import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ProviderKeys } from '../../main/orchestrator/ports.ts';
import { ClaudeProvider } from '../../main/providers/claude/adapter.ts';
import type { Run } from '../../main/providers/conformance.ts';
import { processesOfRuns } from '../../main/providers/process/process-table.ts';
import { createStartCli } from '../../main/providers/process/start-cli.ts';
import { systemClock as clock } from '../../main/system-clock.ts';
import { type ModelServer, startModelServer } from '../model-server/server.ts';
import { claudeTestEnv } from '../tools/claude-env.ts';
import { ensureCli } from '../tools/ensure-clis.ts';

/** The adapter on the real Claude Code, with a model server and folders of its own. */
export interface Place {
  provider: ClaudeProvider;
  server: ModelServer;
  cwd: string;
  /** `CLAUDE_CONFIG_DIR`. */
  configDir: string;
  instance: string;
  dispose(): Promise<void>;
}

let count = 0;

/** The pinned version; another one is tried with QUARTERDECK_TEST_CLAUDE=/path/to/claude. */
export async function claudeBinary(): Promise<string> {
  return process.env.QUARTERDECK_TEST_CLAUDE ?? (await ensureCli('claude'));
}

/** @param more - environment on top of the quiet one; undefined takes a variable away. */
export async function place(more: NodeJS.ProcessEnv = {}, keys?: ProviderKeys): Promise<Place> {
  const binary = await claudeBinary();
  const server = await startModelServer({ deltaMs: 2 });
  const configDir = realpathSync(mkdtempSync(join(tmpdir(), 'claude-adapter-')));
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'claude-project-')));
  const env = { ...claudeTestEnv({ modelUrl: server.url, configDir }), QUARTERDECK_CLAUDE_PATH: binary, ...more };
  const instance = `adapter-${process.pid}-${++count}`;
  const provider = new ClaudeProvider({ env, home: configDir, instance, startCli: createStartCli(), clock, keys });
  const dispose = async () => {
    await server.close();
    for (const path of [configDir, cwd]) rmSync(path, { recursive: true, force: true });
  };
  return { provider, server, cwd, configDir, instance, dispose };
}

export const running = (instance: string) => processesOfRuns((runId) => runId.startsWith(`${instance}.`));

/** Looking for the CLI also asks it for its models, in the background; that ends by itself. */
export const expectNothingLeft = ({ instance }: Place) =>
  expect.poll(() => running(instance), { timeout: 20_000 }).toEqual([]);

/** Kills all that runs, as hard as can be; what ends meanwhile by itself is gone as well. */
export function killAll({ instance }: Place): void {
  for (const { pid } of running(instance)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

export const allowNext = async (run: Run, from = 0) =>
  run.session.answer((await run.next('approval_request', from)).ref, { decision: 'allow_once' });

export const bash = (command: string, more: object = {}) =>
  `[[tool: Bash ${JSON.stringify({ command, description: 'd', ...more })}]]`;

/** The newest request of the conversation as it came to the model. */
export function lastBody(server: ModelServer): { [name: string]: unknown } {
  return server.requests.findLast((request) => request.kind === 'conversation')?.body as { [name: string]: unknown };
}
