import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, isAbsolute } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcesses } from '../providers/process/end-processes.ts';
import { cliEnvironment } from '../providers/process/environment.ts';
import { processesOfRuns } from '../providers/process/process-table.ts';
import { newRunId } from '../providers/process/run-id.ts';

export interface LoginShellOptions {
  env: NodeJS.ProcessEnv;
  /** The person's home folder. */
  home: string;
  /** Names this app's runs; see `instanceName`. */
  instance: string;
  /** After so long the shell is ended and nothing was learnt, milliseconds. */
  timeoutMs?: number;
  /** Ends the shell at once; nothing was learnt then. */
  signal?: AbortSignal;
}

const outputBytes = 1024 * 1024;

/** The shell of this user's account; null where there is none (Windows, a service account). */
export function loginShell(env: NodeJS.ProcessEnv): string | null {
  if (process.platform === 'win32') return null;
  let shell = env.SHELL;
  try {
    shell ||= userInfo().shell ?? undefined;
  } catch {
    // A user without an account entry (a container).
  }
  if (!shell || !isAbsolute(shell) || !existsSync(shell)) return null;
  return /\/(?:false|nologin)$/.test(shell) ? null : shell;
}

/**
 * Asks the login shell for its PATH: an app that was started from a dock or a menu has one that knows neither nvm nor Homebrew nor pipx. The shell
 * reads the person's own start files, so it may take long, ask for something or print anything: it gets no input, the answer stands between two
 * marks, and what it leaves running is ended.
 * @returns the PATH; null when there is no shell, it did not answer in time or said nothing useful.
 */
export async function readLoginShellPath(options: LoginShellOptions): Promise<string | null> {
  const { env, home, instance, timeoutMs = 3000, signal } = options;
  const shell = loginShell(env);
  if (shell === null || signal?.aborted) return null;
  const mark = `_${randomBytes(8).toString('hex')}_`;
  const runId = newRunId(instance);
  const printenv = ['/usr/bin/printenv', '/bin/printenv'].find((path) => existsSync(path)) ?? 'printenv';
  // `echo`, `;` and a program by its path mean the same in sh, bash, zsh, fish and tcsh.
  const command = `echo ${mark}; ${printenv} PATH; echo ${mark}`;
  const child = spawn(shell, [...flags(shell), command], {
    cwd: existsSync(home) ? home : '/',
    env: {
      ...cliEnvironment(env, { own: [], runId }),
      TERM: 'dumb',
      // Start files can look for this; oh-my-zsh and its like do not ask for an update then.
      QUARTERDECK_RESOLVING_PATH: '1',
      DISABLE_AUTO_UPDATE: 'true',
      ZSH_TMUX_AUTOSTART: 'false',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  let output = '';
  const answer = () => output.split(mark).length >= 3;
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('close', () => resolve());
    signal?.addEventListener('abort', () => resolve(), { once: true });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < outputBytes) output += text;
      // A shell that goes on after its last word is not waited for.
      if (answer()) resolve();
    });
  });
  await Promise.race([ended, delay(timeoutMs, undefined, { ref: false })]);
  child.stdout?.destroy();
  if (child.exitCode === null || !answer())
    await endProcesses((known) => processesOfRuns((id) => id === runId, known), 100);
  const path = output.split(mark)[1]?.trim();
  return path === undefined || !path.split(delimiter).some((folder) => isAbsolute(folder)) ? null : path;
}

/** csh and its like take `-l` only alone; every other shell is login and interactive, as the one in a terminal window is. */
function flags(shell: string): string[] {
  return /csh$/.test(shell) ? ['-ic'] : ['-ilc'];
}

/** The entries of both, each once; the first one's come first. Relative entries are left out: they depend on where a program works. */
export function mergePaths(...paths: (string | null | undefined)[]): string {
  const entries = paths.flatMap((path) => (path ?? '').split(delimiter)).filter((entry) => isAbsolute(entry));
  return [...new Set(entries)].join(delimiter);
}
