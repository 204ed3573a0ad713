import type { ProviderInfo } from '../../protocol/values.ts';
import { isOlder } from '../claude/detect.ts';
import { secretValues } from '../process/environment.ts';
import { redact } from '../process/redact.ts';
import { newRunId } from '../process/run-id.ts';
import { ask } from './ask.ts';
import {
  type CodexHost,
  codexEnvironment,
  findCodex,
  keyVariables,
  missingProblem,
  overrideVariable,
} from './launch.ts';
import { bounded, installCommand, signInCommand } from './problems.ts';

/** Older ones were never tried with what we ask of them: the app-server's items and approvals as they are now. */
export const oldestVersion = '0.130.0';

export type Detected = Pick<ProviderInfo, 'state' | 'path' | 'version' | 'account' | 'problem'>;

/**
 * Looks for Codex: where it is, which version, signed in or not. Asks only the CLI itself (`--version`, `login status`), which answers both
 * without a network. "Signed in" means that a credential is there; whether it is still good shows at the first message.
 */
export async function detectCodex(host: CodexHost): Promise<Detected> {
  const found = findCodex(host);
  if (!found.found) {
    const { message, next = '' } = missingProblem(found);
    const broken = found.rejected.length > 0;
    const path = found.rejected[0]?.path;
    const command = broken ? undefined : { command: installCommand };
    return {
      state: broken ? 'broken' : 'not_found',
      ...(path === undefined ? {} : { path }),
      problem: { message, next, ...command },
    };
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
        message: `${path} does not answer as Codex does (${asked.failure ?? 'no version number'})${words === '' ? '.' : `: ${words}`}`,
        next: `Install Codex anew, or set ${overrideVariable} to the right program.`,
        command: installCommand,
      },
    };
  }
  if (isOlder(version, oldestVersion)) {
    const message = `Codex ${version} is older than ${oldestVersion}, the oldest version this app works with.`;
    const command = `${installCommand}@latest`;
    return { state: 'too_old', path, version, problem: { message, next: 'Update it.', command } };
  }
  const status = await ask(path, ['login', 'status'], env);
  const words = `${status.stdout}\n${status.stderr}`;
  // A model provider of the person's own, with its key in the environment, needs no sign-in.
  const ownKey = keyVariables(host).some((name) => env[name]);
  if (/not logged in/i.test(words) && !ownKey) {
    const problem = {
      message: 'Codex is installed but not signed in.',
      next: 'Sign in with it in a terminal.',
      command: signInCommand,
    };
    return { state: 'not_signed_in', path, version, problem };
  }
  const account = accountLabel(words) ?? (ownKey ? 'API key' : undefined);
  return { state: 'ready', path, version, ...(account === undefined ? {} : { account }) };
}

/** `login status` writes a sentence to stderr; part of the key may stand in it, so only its kind is taken. */
function accountLabel(words: string): string | undefined {
  if (/api key/i.test(words)) return 'API key';
  if (/chatgpt/i.test(words)) return 'ChatGPT';
  return undefined;
}
