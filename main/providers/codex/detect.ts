import { say } from '../../protocol/saying.ts';
import type { ProviderInfo } from '../../protocol/values.ts';
import { secretValues } from '../process/environment.ts';
import { redact } from '../process/redact.ts';
import { newRunId } from '../process/run-id.ts';
import { ask } from '../shared/ask.ts';
import { missingCli } from '../shared/missing-cli.ts';
import { isOlder } from '../shared/version.ts';
import { readKeySources, usualKeyVariable } from './api-key.ts';
import {
  type CodexHost,
  codexEnvironment,
  codexHome,
  findCodex,
  keyVariables,
  missingProblem,
  overrideVariable,
  storedKey,
} from './launch.ts';
import { bounded, installCommand, signInCommand } from './problems.ts';

/**
 * Older ones take no tool servers for one thread and know no goals (0.130 was tried, and 0.140, 0.145, 0.150, 0.160 with the same tests). Up to 0.150
 * the first lines of a command's output can be missing: those Codex itself loses.
 */
export const oldestVersion = '0.140.0';

/** What the app was tried with, end to end. */
export const triedVersion = '0.169.0';

export const npmPackage = '@openai/codex';

export type Detected = Omit<ProviderInfo, 'id' | 'name' | 'built_in' | 'models' | 'capabilities' | 'custom'>;

/** What holds whether it is installed or not. */
function always(host: CodexHost): Pick<Detected, 'npm_package' | 'sign_in_command' | 'key_variable' | 'key_stored'> {
  return {
    npm_package: npmPackage,
    sign_in_command: signInCommand,
    key_variable: readKeySources(codexHome(host)).chosen ?? usualKeyVariable,
    key_stored: storedKey(host) !== null,
  };
}

export async function detectCodex(host: CodexHost): Promise<Detected> {
  return { ...always(host), ...(await look(host)) };
}

/**
 * Looks for Codex: where it is, which version, signed in or not. Asks only the CLI itself (`--version`, `login status`), which answers both
 * without a network. "Signed in" means that a credential is there; whether it is still good shows at the first message.
 */
async function look(host: CodexHost): Promise<Detected> {
  const found = findCodex(host);
  if (!found.found) {
    const problem = missingProblem(found);
    const { next = '' } = problem;
    return missingCli(found, { name: 'Codex', variable: overrideVariable, installCommand, problem, next });
  }
  const { path } = found;
  const env = codexEnvironment(host, path, newRunId(host.instance));
  const asked = await ask(path, ['--version'], env);
  const version = /^codex(?:-cli)?\s+v?(\d+\.\d+\.\d+\S*)/.exec(asked.stdout.trim())?.[1];
  if (version === undefined) {
    const words = bounded(redact((asked.stderr || asked.stdout).trim(), secretValues(env)), 300);
    return {
      state: 'broken',
      path,
      problem: {
        say: say('hint.noAnswer', {
          name: 'Codex',
          path,
          why: words || (asked.failure ?? ''),
          variable: overrideVariable,
        }),
        message: `${path} does not answer as Codex does (${asked.failure ?? 'no version number'})${words === '' ? '.' : `: ${words}`}`,
        next: `Install Codex anew, or set ${overrideVariable} to the right program.`,
        command: installCommand,
      },
    };
  }
  if (isOlder(version, oldestVersion)) {
    const message = `Codex ${version} is older than ${oldestVersion}, the oldest version this app works with.`;
    const command = `${installCommand}@latest`;
    return {
      state: 'too_old',
      path,
      version,
      known_good: 'older',
      problem: {
        say: say('hint.tooOld', { name: 'Codex', version, oldest: oldestVersion }),
        message,
        next: 'Update it.',
        command,
      },
    };
  }
  const known_good =
    version === triedVersion ? 'tried' : isOlder(version, triedVersion) ? ('older' as const) : ('newer' as const);
  // Codex asks it of its own sign-in only, and takes the key of the app instead of that.
  if (storedKey(host) !== null) {
    return { state: 'ready', path, version, known_good, account: 'API key (stored in this app)' };
  }
  const status = await ask(path, ['login', 'status'], env);
  const words = `${status.stdout}\n${status.stderr}`;
  // A model provider of the person's own, with its key in the environment, needs no sign-in.
  const ownKey = keyVariables(host).some((name) => env[name]);
  if (/not logged in/i.test(words) && !ownKey) {
    const problem = {
      say: say('hint.notSignedIn', { name: 'Codex' }),
      message: 'Codex is installed but not signed in.',
      next: 'Sign in with it in a terminal, or store an API key for it in the settings.',
      command: signInCommand,
    };
    return { state: 'not_signed_in', path, version, known_good, problem };
  }
  const account = accountLabel(words) ?? (ownKey ? 'API key' : undefined);
  return { state: 'ready', path, version, known_good, ...(account === undefined ? {} : { account }) };
}

/** `login status` writes a sentence to stderr; part of the key may stand in it, so only its kind is taken. */
function accountLabel(words: string): string | undefined {
  if (/api key/i.test(words)) return 'API key';
  if (/chatgpt/i.test(words)) return 'ChatGPT';
  return undefined;
}
