import type { RestartWay } from '../server-queries.ts';

/** Told to a supervisor that this end is not the last one: not zero, so that "restart on failure" does it too. */
export const supervisedExitCode = 75;

/** Node 22.15 and later, not on Windows; not in the types yet. */
type Execve = (file: string, args: readonly string[], env: NodeJS.ProcessEnv) => never;
type MaybeExecve = { execve?: Execve; platform: string };

/**
 * How a server can start again. Replacing itself keeps the process id, the terminal and whatever supervises it; it needs `execve(2)`. Else only a
 * supervisor can, and whether there is one cannot be seen: it has to be said (`QUARTERDECK_SUPERVISED=1`).
 */
export function restartWay(env: Record<string, string | undefined>, from: object): RestartWay {
  const { execve, platform } = from as MaybeExecve;
  if (typeof execve === 'function' && platform !== 'win32') return 're-exec';
  return env.QUARTERDECK_SUPERVISED === '1' ? 'supervisor' : null;
}

/** Tells the process that takes the place of another one where pages were served: those that are open come back there. */
const portBefore = 'QUARTERDECK_PORT_BEFORE';

/**
 * Puts a fresh process in the place of this one, with the same arguments; nobody is shown a browser a second time.
 * @param url - where this one served.
 */
export function restartProcess(url: string | null): void {
  const { execve } = process as unknown as MaybeExecve;
  const args = process.argv.slice(1).filter((one) => one !== '--open');
  const port = url === null ? {} : { [portBefore]: new URL(url).port };
  execve!(process.execPath, [process.execPath, ...process.execArgv, ...args], { ...process.env, ...port });
}

/** The port of the process that this one took the place of; null: it did not. Asked once: a later start has nothing to do with it. */
export function takePortBefore(env: Record<string, string | undefined>): number | null {
  const port = Number(env[portBefore]);
  delete env[portBefore];
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
}
