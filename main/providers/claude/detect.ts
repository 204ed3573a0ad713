import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { ProviderInfo } from '../../protocol/values.ts';
import { secretValues } from '../process/environment.ts';
import { redact } from '../process/redact.ts';
import { newRunId } from '../process/run-id.ts';
import { type ClaudeHost, claudeEnvironment, findClaude, missingProblem, overrideVariable } from './launch.ts';
import { bounded, installCommand, signInCommand } from './problems.ts';
import { type Fields, fields, string } from './wire.ts';

/** Older ones were never tried with what we ask of them. */
export const oldestVersion = '2.1.0';

const timeoutMs = 5000;
const outputBytes = 256 * 1024;

export type Detected = Pick<ProviderInfo, 'state' | 'path' | 'version' | 'account' | 'problem'>;

/**
 * Looks for Claude Code: where it is, which version, signed in or not. Asks only the CLI itself (`--version`, `auth status`), which answers
 * both without a network. "Signed in" means that a credential is there; whether it is still good shows at the first message.
 */
export async function detectClaude(host: ClaudeHost): Promise<Detected> {
  const found = findClaude(host);
  if (!found.found) {
    const { message, next: nextAfterMessage = '' } = missingProblem(found);
    const broken = found.rejected.length > 0;
    // Nobody has sent a message yet.
    const next = broken
      ? nextAfterMessage.replace(', and send the message again', ', then look again')
      : `Install it with the command below, or set ${overrideVariable} to where it is, then look again.`;
    const path = found.rejected[0]?.path;
    const command = broken ? undefined : { command: installCommand };
    return {
      state: broken ? 'broken' : 'not_found',
      ...(path === undefined ? {} : { path }),
      problem: { message, next, ...command },
    };
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
        message: `${path} does not answer as Claude Code does (${asked.failure ?? 'no version number'})${words === '' ? '.' : `: ${words}`}`,
        next: `Install Claude Code anew, or set ${overrideVariable} to the right program.`,
        command: installCommand,
      },
    };
  }
  if (isOlder(version, oldestVersion)) {
    const message = `Claude Code ${version} is older than ${oldestVersion}, the oldest version this app works with.`;
    return { state: 'too_old', path, version, problem: { message, next: 'Update it.', command: 'claude update' } };
  }
  const status = readStatus((await ask(path, ['auth', 'status'], env)).stdout);
  if (status?.loggedIn === false) {
    const problem = {
      message: 'Claude Code is installed but not signed in.',
      next: 'Sign in with it in a terminal.',
      command: signInCommand,
    };
    return { state: 'not_signed_in', path, version, problem };
  }
  const account = status === null ? undefined : accountLabel(status);
  return { state: 'ready', path, version, ...(account === undefined ? {} : { account }) };
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

/** Compares the three numbers of a version. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0)) as [
    number[],
    number[],
  ];
  for (let at = 0; at < 3; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

interface Asked {
  stdout: string;
  stderr: string;
  /** How it failed, e.g. "exit code 1", "no answer in 5 s". */
  failure?: string;
}

function ask(file: string, args: readonly string[], env: { [name: string]: string }): Promise<Asked> {
  return new Promise((resolve) => {
    const options = {
      env,
      cwd: tmpdir(),
      timeout: timeoutMs,
      killSignal: 'SIGKILL' as const,
      maxBuffer: outputBytes,
      windowsHide: true,
    };
    try {
      const child = execFile(file, [...args], options, (error, stdout, stderr) => {
        if (error === null) return resolve({ stdout, stderr });
        const failure = error.killed
          ? `no answer in ${timeoutMs / 1000} s`
          : typeof error.code === 'number'
            ? `exit code ${error.code}`
            : String(error.code);
        return resolve({ stdout, stderr, failure });
      });
      child.stdin?.end();
    } catch (error) {
      resolve({ stdout: '', stderr: '', failure: (error as NodeJS.ErrnoException).code ?? 'not started' });
    }
  });
}
