import { say } from '../../protocol/saying.ts';
import type { ProviderInfo } from '../../protocol/values.ts';
import { secretValues } from '../process/environment.ts';
import { redact } from '../process/redact.ts';
import { newRunId } from '../process/run-id.ts';
import { ask } from '../shared/ask.ts';
import { type Fields, fields, string } from '../shared/fields.ts';
import { missingCli } from '../shared/missing-cli.ts';
import { isOlder } from '../shared/version.ts';
import {
  type ClaudeHost,
  claudeEnvironment,
  findClaude,
  keyVariable,
  missingProblem,
  overrideVariable,
} from './launch.ts';
import { bounded, installCommand, signInCommand } from './problems.ts';

/** Older ones were never tried with what we ask of them. */
export const oldestVersion = '2.1.0';
/** The range of versions the app was tried with. */
const triedVersions = { from: '2.1.197', to: '2.1.328' };

export type Detected = Pick<
  ProviderInfo,
  'state' | 'path' | 'version' | 'account' | 'problem' | 'known_good' | 'key_stored'
>;

/** What does not depend on this machine. */
export const claudeFacts = {
  npm_package: '@anthropic-ai/claude-code',
  sign_in_command: signInCommand,
  key_variable: keyVariable,
} as const satisfies Partial<ProviderInfo>;

export function knownGood(version: string): NonNullable<ProviderInfo['known_good']> {
  if (isOlder(version, triedVersions.from)) return 'older';
  return isOlder(triedVersions.to, version) ? 'newer' : 'tried';
}

/**
 * Looks for Claude Code: where it is, which version, signed in or not. Asks only the CLI itself (`--version`, `auth status`), which answers
 * both without a network. "Signed in" means that a credential is there; whether it is still good shows at the first message.
 */
export async function detectClaude(host: ClaudeHost): Promise<Detected> {
  const found = findClaude(host);
  if (!found.found) {
    const problem = missingProblem(found);
    // Nobody has sent a message yet.
    const next =
      found.rejected.length > 0
        ? (problem.next ?? '').replace(', and send the message again', ', then look again')
        : `Install it with the command below, or set ${overrideVariable} to where it is, then look again.`;
    return missingCli(found, { name: 'Claude Code', variable: overrideVariable, installCommand, problem, next });
  }
  const { path } = found;
  const env = claudeEnvironment(host, path, newRunId(host.instance));
  const asked = await ask(path, ['--version'], env);
  const version = /^v?(\d+\.\d+\.\d+\S*)/.exec(asked.stdout.trim())?.[1];
  if (version === undefined) {
    const words = bounded(redact((asked.stderr || asked.stdout).trim(), secretValues(env)), 300);
    return {
      state: 'broken',
      path,
      problem: {
        say: say('hint.noAnswer', {
          name: 'Claude Code',
          path,
          why: words || (asked.failure ?? ''),
          variable: overrideVariable,
        }),
        message: `${path} does not answer as Claude Code does (${asked.failure ?? 'no version number'})${words === '' ? '.' : `: ${words}`}`,
        next: `Install Claude Code anew, or set ${overrideVariable} to the right program.`,
        command: installCommand,
      },
    };
  }
  const known_good = knownGood(version);
  if (isOlder(version, oldestVersion)) {
    const message = `Claude Code ${version} is older than ${oldestVersion}, the oldest version this app works with.`;
    return {
      state: 'too_old',
      path,
      version,
      known_good,
      problem: {
        say: say('hint.tooOld', { name: 'Claude Code', version, oldest: oldestVersion }),
        message,
        next: 'Update it.',
        command: 'claude update',
      },
    };
  }
  const about = { path, version, known_good };
  // It comes before whatever else the CLI could be signed in with; whether it is good shows at the first message.
  if (host.keys?.get('claude'))
    return { state: 'ready', ...about, account: 'API key kept by this app', key_stored: true };
  const status = readStatus((await ask(path, ['auth', 'status'], env)).stdout);
  if (status?.loggedIn === false) {
    const problem = {
      say: say('hint.notSignedIn', { name: 'Claude Code' }),
      message: 'Claude Code is installed but not signed in.',
      next: 'Sign in with it in a terminal, or store an API key for it in the settings.',
      command: signInCommand,
    };
    return { state: 'not_signed_in', ...about, key_stored: false, problem };
  }
  const account = status === null ? undefined : accountLabel(status);
  return { state: 'ready', ...about, key_stored: false, ...(account === undefined ? {} : { account }) };
}

/** JSON since 2.1; null for anything else, which then says nothing about being signed in. */
function readStatus(stdout: string): Fields | null {
  try {
    return fields(JSON.parse(stdout));
  } catch {
    return null;
  }
}

function accountLabel(status: Fields): string | undefined {
  const plan = string(status.subscriptionType);
  if (plan !== undefined && plan !== '') return `Claude ${plan.charAt(0).toUpperCase()}${plan.slice(1)}`;
  const method = string(status.authMethod);
  const labels: { readonly [method: string]: string } = {
    api_key: 'API key',
    oauth_token: 'OAuth token',
    'claude.ai': 'Claude account',
  };
  return method === undefined || method === 'none' ? undefined : (labels[method] ?? method);
}
