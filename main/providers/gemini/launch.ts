import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Problem } from '../../protocol/errors.ts';
import { say } from '../../protocol/saying.ts';
import type { AcpHost } from '../acp/agent.ts';
import { lostNothing, type Named, notFound, notUsable } from '../acp/problems.ts';
import { cliEnvironment } from '../process/environment.ts';
import { type FoundExecutable, findExecutable, usualPlaces } from '../process/find-executable.ts';
import { detail } from '../shared/problems.ts';
import { quietSettings } from './quiet-settings.ts';

export const overrideVariable = 'QUARTERDECK_GEMINI_PATH';
/** By which the CLI takes an API key. */
export const keyVariable = 'GEMINI_API_KEY';
export const installCommand = 'npm install -g @google/gemini-cli';

export interface GeminiHost extends AcpHost {
  /** A folder of ours for the settings that hold for our processes only; made when it is missing. */
  settingsDir: string;
  /** The key in `env` is one the person stored in the app. */
  keyStored?: boolean;
}

/**
 * Variables that are Gemini CLI's own: sign-in and where it talks to. Listed one by one, because others of the same prefix are marks of a session
 * around us (`GEMINI_CLI`).
 */
const own = [
  'GEMINI_API_KEY',
  'GEMINI_MODEL',
  'GEMINI_CLI_HOME',
  'GEMINI_CLI_SYSTEM_DEFAULTS_PATH',
  'GEMINI_CLI_CUSTOM_HEADERS',
  'GEMINI_API_KEY_AUTH_MECHANISM',
  'GEMINI_FORCE_FILE_STORAGE',
  'GEMINI_FORCE_ENCRYPTED_FILE_STORAGE',
  'GOOGLE_API_KEY',
  'GOOGLE_GEMINI_BASE_URL',
  'GOOGLE_VERTEX_BASE_URL',
  'GOOGLE_GENAI_*',
  'GOOGLE_CLOUD_*',
  'GOOGLE_APPLICATION_CREDENTIALS',
];

export function findGemini({ env, home }: Pick<GeminiHost, 'env' | 'home'>): FoundExecutable {
  return findExecutable({
    name: 'gemini',
    env,
    home,
    override: env[overrideVariable],
    programInPackage: 'node_modules/@google/gemini-cli/bundle/gemini.js',
  });
}

/** What one run is started with. A model is not named here: it is set in the session, as every choice is. */
export function geminiCommand(
  agent: Named,
  host: GeminiHost,
  runId: string,
): { file: string; args: readonly string[]; env: { [name: string]: string } } | { problem: Problem } {
  const found = findGemini(host);
  if (!found.found) return { problem: missingProblem(agent, found) };
  const { file, args, beside } = interpreted(found.path, host);
  const path = [...beside, ...usualPlaces(host.env, host.home)].filter((folder) => existsSync(folder));
  const env = cliEnvironment(host.env, { own, path, runId });
  // Without it the launcher starts a second Node process and swallows SIGINT, SIGTERM and SIGHUP.
  env.GEMINI_CLI_NO_RELAUNCH = 'true';
  try {
    env.GEMINI_CLI_SYSTEM_SETTINGS_PATH = quietSettings({
      ...{ dir: host.settingsDir, env: host.env, home: host.home, childEnv: env },
      useKey: host.keyStored === true,
    });
  } catch (error) {
    return { problem: settingsProblem(agent, host.settingsDir, error) };
  }
  // `--skip-trust`: without it the CLI ends with code 55 in a folder it was not told to trust. Opening a session there is the person's word.
  return { file, args: [...args, '--acp', '--skip-trust'], env };
}

export function missingProblem(agent: Named, found: Extract<FoundExecutable, { found: false }>): Problem {
  const [rejected] = found.rejected;
  if (rejected !== undefined) return notUsable(agent, rejected.path, rejected.errno);
  return notFound(agent, `Looked at ${found.looked} places on PATH and in the usual folders.`);
}

/** Without the file the CLI would report on the person, update itself, and give its keys to the shells of its tools: it is not started. */
function settingsProblem({ name }: Named, dir: string, error: unknown): Problem {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return {
    code: 'provider_failed',
    say: say('gemini.settingsNotWritten', { name, folder: dir, code }),
    message: `${name} was not started: the settings it gets from this app could not be written in ${dir} (${code}).`,
    impact: lostNothing,
    next: 'Make room on the disk, or make that folder writable again, and send the message again.',
    ...detail(message),
  };
}

/**
 * The npm package is a script for Node. It is run with the Node that lies beside its link (nvm and its like keep them together), else with the one
 * on PATH: an app started from a dock has neither in its own PATH, and `#!/usr/bin/env node` would find another one or none.
 */
function interpreted(path: string, { env, home }: GeminiHost): { file: string; args: string[]; beside: string[] } {
  const script = realScript(path);
  const beside = [dirname(path)];
  if (script === null) return { file: path, args: [], beside };
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const near = join(dirname(path), name);
  if (existsSync(near)) return { file: near, args: [script], beside };
  const node = findExecutable({ name: 'node', env, home });
  return node.found
    ? { file: node.path, args: [script], beside: [...beside, dirname(node.path)] }
    : { file: path, args: [], beside };
}

function realScript(path: string): string | null {
  try {
    const real = realpathSync(path);
    return /\.[cm]?js$/.test(real) ? real : null;
  } catch {
    return null;
  }
}
