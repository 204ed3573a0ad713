import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ProviderKeys } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { CliListener, CliProcess, StartCli } from '../process/cli-process.ts';
import { cliEnvironment, secretValues } from '../process/environment.ts';
import { type FoundExecutable, findExecutable, usualPlaces } from '../process/find-executable.ts';
import { newRunId } from '../process/run-id.ts';
import { isOlder } from '../shared/version.ts';
import { notInstalled, notUsable } from './problems.ts';

/** Where and how Claude Code is started. */
export interface ClaudeHost {
  /** Our own environment; what of it the CLI gets is decided in `cliEnvironment`. */
  env: NodeJS.ProcessEnv;
  /** The person's home folder. */
  home: string;
  /** Names this app's runs, so that its next life finds them. See `instanceName`. */
  instance: string;
  startCli: StartCli;
  /** API keys the person stored in the app. */
  keys?: ProviderKeys | undefined;
  /** Resolves when `env` is complete (the login shell has told its PATH); nothing is started before. Never rejects. */
  ready?: (() => Promise<void>) | undefined;
}

export const overrideVariable = 'QUARTERDECK_CLAUDE_PATH';

export const keyVariable = 'ANTHROPIC_API_KEY';
/** What would contradict a key that was stored here. */
const otherCredentials = ['ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN'];
const descriptorVariable = 'CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR';
/** The oldest version seen to take its key from a file descriptor; 2.1.197 does not. */
const descriptorSince = '2.1.328';

/**
 * Variables that are Claude Code's own: sign-in, where it talks to, what it is allowed. Listed one by one, because others of the same prefix
 * are marks of a session around us (`CLAUDECODE`, `CLAUDE_CODE_ENTRYPOINT`, `CLAUDE_CODE_SSE_PORT`, ...).
 */
const own = [
  'ANTHROPIC_*',
  'CLAUDE_CONFIG_DIR',
  'CLAUDE_CODE_OAUTH_TOKEN',
  'CLAUDE_CODE_API_KEY_HELPER_TTL_MS',
  'CLAUDE_CODE_USE_*',
  'CLAUDE_CODE_SKIP_*',
  'CLAUDE_CODE_DISABLE_*',
  'CLAUDE_CODE_ENABLE_*',
  'CLAUDE_CODE_MAX_*',
  'CLAUDE_CODE_EFFORT_LEVEL',
  'CLAUDE_CODE_SUBAGENT_MODEL',
  'CLAUDE_CODE_SUBPROCESS_ENV_SCRUB',
  'CLAUDE_CODE_SHELL*',
  'CLAUDE_CODE_TMPDIR',
  'CLAUDE_CODE_GIT_BASH_PATH',
  'CLAUDE_CODE_CLIENT_*',
  'CLAUDE_CODE_EXTRA_BODY',
  'CLAUDE_ENV_FILE',
  'MAX_THINKING_TOKENS',
  'MAX_MCP_OUTPUT_TOKENS',
  'MCP_TIMEOUT',
  'MCP_TOOL_TIMEOUT',
];

/** The cloud's credentials, when Claude Code gets its models from there. */
const clouds: readonly (readonly [string, readonly string[]])[] = [
  ['CLAUDE_CODE_USE_BEDROCK', ['AWS_*']],
  ['CLAUDE_CODE_USE_VERTEX', ['GOOGLE_*', 'GCLOUD_*', 'CLOUD_ML_*', 'VERTEX_*']],
  ['CLAUDE_CODE_USE_FOUNDRY', ['AZURE_*']],
];

export function findClaude({ env, home }: Pick<ClaudeHost, 'env' | 'home'>): FoundExecutable {
  return findExecutable({
    name: 'claude',
    env,
    home,
    override: env[overrideVariable],
    places: [`${home}/.local/bin`, `${home}/.claude/local`, `${home}/.claude/bin`],
    programInPackage: 'node_modules/@anthropic-ai/claude-code/bin/claude.exe',
  });
}

/** What a run of this executable gets: it finds `node` beside itself, and its tools what a terminal would find. */
export function claudeEnvironment({ env, home }: Pick<ClaudeHost, 'env' | 'home'>, file: string, runId: string) {
  const path = [dirname(file), ...usualPlaces(env, home)].filter((folder) => existsSync(folder));
  const cloud = clouds.flatMap(([name, names]) => (env[name] ? names : []));
  return cliEnvironment(env, { own: [...own, ...cloud], path, runId });
}

export function missingProblem(found: Extract<FoundExecutable, { found: false }>): Problem {
  const first = found.rejected[0];
  return first === undefined ? notInstalled(found.looked) : notUsable(first.path, first.errno);
}

/**
 * Gives the stored key to one run. Newer versions read it from a descriptor, which their tools do not inherit; for one that is known to be older
 * it stands in the environment, as it would in the person's own shell. Changes `env`.
 * @param version - of the CLI, where it is known; else the key is kept from its tools, even if the CLI then does not find it.
 * @returns what the descriptor holds; undefined when the key stands in `env`.
 */
export function handOverKey(
  env: { [name: string]: string },
  key: string,
  version: string | undefined,
): string | undefined {
  for (const name of otherCredentials) delete env[name];
  if (process.platform === 'win32' || (version !== undefined && isOlder(version, descriptorSince))) {
    env[keyVariable] = key;
    return undefined;
  }
  delete env[keyVariable];
  env[descriptorVariable] = '3';
  return key;
}

/**
 * Starts one process of Claude Code.
 * @param version - what was found out before of the version installed, where it was.
 * @returns a problem when there is nothing to start.
 */
export function launchClaude(
  host: ClaudeHost,
  { cwd, args, version }: { cwd: string; args: readonly string[]; version?: string | undefined },
  listener: CliListener,
): { started: CliProcess } | { problem: Problem } {
  const found = findClaude(host);
  if (!found.found) return { problem: missingProblem(found) };
  const runId = newRunId(host.instance);
  const env = claudeEnvironment(host, found.path, runId);
  const key = host.keys?.get('claude') ?? null;
  const descriptor3 = key === null ? undefined : handOverKey(env, key, version);
  const secrets = [...secretValues(env), ...(key === null ? [] : [key])];
  return { started: host.startCli({ file: found.path, args, cwd, env, runId, secrets, descriptor3 }, listener) };
}
