import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Problem } from '../../protocol/errors.ts';
import type { CliListener, CliProcess, StartCli } from '../process/cli-process.ts';
import { cliEnvironment, secretValues } from '../process/environment.ts';
import { type FoundExecutable, findExecutable, usualPlaces } from '../process/find-executable.ts';
import { newRunId } from '../process/run-id.ts';
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

/**
 * Variables that the person's own configuration says Codex reads a key from: `env_key` of a model provider, `bearer_token_env_var` of an MCP
 * server. Read with two patterns instead of a TOML parser: a name too many is a variable the person named there themselves.
 */
export function keyVariables(host: Pick<CodexHost, 'env' | 'home'>): string[] {
  let config: string;
  try {
    config = readFileSync(join(codexHome(host), 'config.toml'), 'utf8');
  } catch {
    return [];
  }
  const names = config.matchAll(/^[^#\n]*\b(?:env_key|bearer_token_env_var)\s*=\s*["']([A-Za-z_]\w*)["']/gm);
  return [...new Set([...names].map((match) => match[1] as string))];
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
const args = ['-c', 'features.unbounded_connection_retries=false', 'app-server'];

export interface Launched {
  process: CliProcess;
  runId: string;
  /** Variables with keys that the tools of the agent get emptied. */
  secretNames: readonly string[];
}

/** Starts the app-server. @returns a problem when there is nothing to start. */
export function launchCodex(host: CodexHost, listener: CliListener): Launched | { problem: Problem } {
  const found = findCodex(host);
  if (!found.found) return { problem: missingProblem(found) };
  const runId = newRunId(host.instance);
  const env = codexEnvironment(host, found.path, runId);
  const secretNames = keyVariables(host).filter((name) => env[name] !== undefined);
  const secrets = [...secretValues(env), ...secretNames.flatMap((name) => env[name] || [])];
  const cwd = existsSync(host.home) ? host.home : dirname(found.path);
  return { process: host.startCli({ file: found.path, args, cwd, env, runId, secrets }, listener), runId, secretNames };
}
