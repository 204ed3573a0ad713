import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ProviderKeys } from '../../main/orchestrator/ports.ts';
import { CodexProvider } from '../../main/providers/codex/adapter.ts';
import { Run } from '../../main/providers/conformance.ts';
import { brokenLaws } from '../../main/providers/laws.ts';
import { processesOfRuns } from '../../main/providers/process/process-table.ts';
import { createStartCli } from '../../main/providers/process/start-cli.ts';
import { systemClock as clock } from '../../main/system-clock.ts';
import { type ModelServer, startModelServer } from '../model-server/server.ts';
import { codexTestEnv } from '../tools/codex-env.ts';
import { ensureCli } from '../tools/ensure-clis.ts';

/** A project folder, settings of its own, a model server, and the adapter on the real Codex. */
export interface Place {
  provider: CodexProvider;
  server: ModelServer;
  cwd: string;
  /** CODEX_HOME. */
  folder: string;
  instance: string;
  /** A conversation that `dispose` closes. */
  begin(options?: ConstructorParameters<typeof Run>[1], cwd?: string): Run;
  /** Closes all conversations, and looks whether they obeyed the laws and left nothing behind. */
  dispose(): Promise<void>;
}

export interface PlaceOptions {
  env?: NodeJS.ProcessEnv;
  keys?: ProviderKeys;
  /** Called when the settings have been written. */
  prepare?: (folder: string, server: ModelServer) => void;
}

let count = 0;

export async function codexPlace({ env: more = {}, keys, prepare }: PlaceOptions = {}): Promise<Place> {
  // By hand: the same tests against another version, to see from which one on they hold.
  const binary = process.env.CODEX_UNDER_TEST || (await ensureCli('codex'));
  const server = await startModelServer({ deltaMs: 2 });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codex-adapter-')));
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'codex-project-')));
  const env = {
    ...codexTestEnv({ modelUrl: server.url, configDir: folder }),
    QUARTERDECK_CODEX_PATH: binary,
    GITHUB_TOKEN: 'ghp_a-foreign-secret-that-no-tool-sees',
    ...more,
  };
  prepare?.(folder, server);
  const instance = `codex-${process.pid}-${++count}`;
  const provider = new CodexProvider({
    env,
    home: folder,
    instance,
    startCli: createStartCli(),
    clock,
    ...(keys === undefined ? {} : { keys }),
  });
  const runs: Run[] = [];
  const begin: Place['begin'] = (options = {}, at = cwd) => {
    const run = new Run({ provider, cwd: at }, options);
    runs.push(run);
    return run;
  };
  const dispose = async () => {
    await Promise.all(runs.map((run) => run.session.close()));
    await provider.settled();
    await server.close();
    for (const path of [folder, cwd]) rmSync(path, { recursive: true, force: true });
    for (const run of runs) expect(brokenLaws(run.events, run.prompts)).toEqual([]);
    expect(running(instance)).toEqual([]);
  };
  return { provider, server, cwd, folder, instance, begin, dispose };
}

export const running = (instance: string) => processesOfRuns((runId) => runId.startsWith(`${instance}.`));
export const pids = (instance: string) => running(instance).map((process) => process.pid);

/** SIGKILL to all of them; one may have ended by itself meanwhile. */
export function killAll(instance: string): void {
  for (const pid of pids(instance)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** The model applies a patch. */
export const patch = (...lines: string[]) =>
  `[[tool: apply_patch ${JSON.stringify({ input: ['*** Begin Patch', ...lines, '*** End Patch'].join('\n') })}]]`;

/** The model runs a command. */
export const command = (cmd: string, more: object = {}) =>
  `[[tool: exec_command ${JSON.stringify({ cmd, login: false, ...more })}]]`;

/** One process for all conversations. Codex looks at folders and shells with helpers of its own for a moment when a thread is opened. */
export async function onlyCodexRuns(instance: string): Promise<void> {
  await expect.poll(() => running(instance).length, { timeout: 20_000 }).toBe(1);
}
