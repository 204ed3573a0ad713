import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProviderKeys } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { CliListener, CliProcess, StartCli } from '../process/cli-process.ts';
import { cliEnvironment, secretValues } from '../process/environment.ts';
import { type FoundExecutable, findExecutable, usualPlaces } from '../process/find-executable.ts';
import { newRunId } from '../process/run-id.ts';
import { type KeyUse, planKey, readKeySources } from './api-key.ts';
import { notInstalled, notUsable } from './problems.ts';

/** Where and how Codex is started. */
export interface CodexHost {
  /** Our own environment; what of it the CLI gets is decided in `cliEnvironment`. */
  env: NodeJS.ProcessEnv;
  /** The person's home folder. */
  home: string;
  /** Names this app's runs, so that its next life finds them. See `instanceName`. */
  instance: string;
  startCli: StartCli;
  /** Keys the person stored in the app. */
  keys?: ProviderKeys;
}

export const overrideVariable = 'QUARTERDECK_CODEX_PATH';

/**
 * Variables that are Codex's own. Listed one by one, because others of the same prefix are marks of a session around us (`CODEX_SANDBOX`,
 * `CODEX_THREAD_ID`, ...). `OPENAI_API_KEY` is not among them: the app-server ignores it, and the tools must not see it.
 */
const own = ['CODEX_HOME', 'CODEX_CA_CERTIFICATE', 'OPENAI_BASE_URL', 'OPENAI_ORGANIZATION', 'OPENAI_PROJECT'];

export function findCodex({ env, home }: Pick<CodexHost, 'env' | 'home'>): FoundExecutable {
  return findExecutable({
    name: 'codex',
    env,
    home,
    override: env[overrideVariable],
    places: [`${home}/.local/bin`, `${home}/.codex/bin`],
    programInPackage:
      'node_modules/@openai/codex/node_modules/@openai/codex-win32-x64/vendor/x86_64-pc-windows-msvc/bin/codex.exe',
  });
}

export function codexHome({ env, home }: Pick<CodexHost, 'env' | 'home'>): string {
  return env.CODEX_HOME || join(home, '.codex');
}

/** Variables that the person's own configuration says Codex reads a key from. */
export function keyVariables(host: Pick<CodexHost, 'env' | 'home'>): string[] {
  return readKeySources(codexHome(host)).variables;
}

/** The key the person stored in the app; null: there is none. */
export function storedKey(host: Pick<CodexHost, 'keys'>): string | null {
  return host.keys?.get('codex') || null;
}

/** How the stored key would be used now. */
export function keyUse(host: Pick<CodexHost, 'env' | 'home' | 'keys'>): KeyUse {
  return planKey(storedKey(host), readKeySources(codexHome(host)));
}

/** What a run of this executable gets: it finds `node` beside itself, and its tools what a terminal would find. */
export function codexEnvironment(host: Pick<CodexHost, 'env' | 'home'>, file: string, runId: string) {
  const path = [dirname(file), ...usualPlaces(host.env, host.home)].filter((folder) => existsSync(folder));
  return cliEnvironment(host.env, { own: [...own, ...keyVariables(host)], path, runId });
}

export function missingProblem(found: Extract<FoundExecutable, { found: false }>): Problem {
  const first = found.rejected[0];
  return first === undefined ? notInstalled(found.looked) : notUsable(first.path, first.errno);
}

/**
 * Started in the person's home: the process serves conversations in many folders. Without the feature a turn that cannot reach its model
 * provider would wait for the network without end; a key that an older version does not know is no error for it.
 */
const args = ['-c', 'features.unbounded_connection_retries=false'];

/** For a process that is only asked: no looking for plugins, which would ask other services. */
const probeArgs = ['-c', 'features.plugins=false', '-c', 'features.apps=false'];

export interface Launched {
  process: CliProcess;
  runId: string;
  /** Variables with keys that the tools of the agent get emptied. */
  secretNames: readonly string[];
  /** The stored key this process works with; null: none. */
  key: string | null;
  /** The key it has to be signed in with before anything else. */
  login: string | null;
}

/** Starts the app-server. @param probe - it is only asked what it knows. @returns a problem when there is nothing to start. */
export function launchCodex(host: CodexHost, listener: CliListener, probe = false): Launched | { problem: Problem } {
  const found = findCodex(host);
  if (!found.found) return { problem: missingProblem(found) };
  const runId = newRunId(host.instance);
  const key = storedKey(host);
  const use = keyUse(host);
  const env = { ...codexEnvironment(host, found.path, runId), ...use.env };
  const secretNames = keyVariables(host).filter((name) => env[name] !== undefined);
  const secrets = [
    ...secretValues(env),
    ...secretNames.flatMap((name) => env[name] || []),
    ...(key === null ? [] : [key]),
  ];
  const cwd = existsSync(host.home) ? host.home : dirname(found.path);
  const launch = {
    file: found.path,
    args: [...args, ...(probe ? probeArgs : []), ...use.args, 'app-server'],
    cwd,
    env,
    runId,
    secrets,
  };
  return { process: host.startCli(launch, listener), runId, secretNames, key, login: use.login };
}
