import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { ownClisVariable } from '../providers/process/find-executable.ts';
import { type LoginShellOptions, mergePaths, readLoginShellPath } from './login-shell-path.ts';

/** The environment in which CLIs are looked for and started. */
export interface CliSurroundings {
  /** Like `process.env`; its PATH grows once the login shell has answered. */
  readonly env: NodeJS.ProcessEnv;
  /** Resolves when the login shell has told its PATH; the first call asks it. Never rejects. */
  ready(): Promise<void>;
  /** The next `ready` asks again: the person has installed something and wants it to be found. */
  renew(): void;
  /** Ends a login shell that still answers; none is asked any more. */
  close(): Promise<void>;
}

export interface CliSurroundingsOptions extends LoginShellOptions {
  /** Where the app itself installs CLIs. */
  clisDir: string;
  /** Handed in by tests. */
  read?: typeof readLoginShellPath;
}

/**
 * A copy of our environment for CLIs. The login shell is asked for its PATH at the first need, not at the start: that takes as long as the
 * person's start files do, and no window waits for it.
 */
export function createCliSurroundings(options: CliSurroundingsOptions): CliSurroundings {
  const { read = readLoginShellPath } = options;
  const env: NodeJS.ProcessEnv = { ...options.env, [ownClisVariable]: options.clisDir };
  const name = Object.keys(env).find((one) => one.toUpperCase() === 'PATH') ?? 'PATH';
  const given = env[name];
  let asked: Promise<void> | null = null;
  const closing = new AbortController();

  function take(path: string | null): void {
    if (path === null) return;
    const folders = path.split(delimiter).filter((folder) => existsSync(folder));
    const login = folders.join(delimiter);
    // In a terminal a PATH was chosen (a virtual environment, another Node); a dock has none of its own. A shell counts itself in SHLVL.
    env[name] = options.env.SHLVL ? mergePaths(given, login) : mergePaths(login, given);
  }

  return {
    env,
    ready() {
      asked ??= read({ ...options, signal: closing.signal }).then(take, () => undefined);
      return asked;
    },
    renew() {
      asked = null;
    },
    async close() {
      closing.abort();
      await asked;
    },
  };
}
