import { type ChildProcess, spawn } from 'node:child_process';
import type { Exit } from './surface.ts';

/** A started process whose output is kept. */
export interface AppProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  output(): string;
  readonly exited: Promise<Exit>;
  /** Resolves with what `read` first makes of the whole output; rejects, with the output, when the process ends before that. */
  until<T>(read: (output: string) => T | undefined): Promise<T>;
}

/** @param ipc - whether to open Node's message channel to it. */
export function startProcess(
  command: string,
  args: string[],
  options: { env: Record<string, string | undefined>; cwd: string; ipc: boolean },
): AppProcess {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: mergedEnv(options.env),
    stdio: options.ipc ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const hear = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      for (const listener of hear) listener();
    });
  }
  const exited = new Promise<Exit>((resolve) => {
    child.on('error', (error) => {
      output += `${String(error)}\n`;
      resolve({ code: null, signal: null });
    });
    // "close" comes after the last output; what outlives main and holds its pipes must not hold us.
    child.on('exit', (code, signal) => {
      child.once('close', () => resolve({ code, signal }));
      setTimeout(() => resolve({ code, signal }), 1_000).unref();
    });
  });
  return {
    child,
    pid: child.pid ?? -1,
    output: () => output,
    exited,
    until: (read) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const value = read(output);
          if (value === undefined) return;
          hear.delete(look);
          resolve(value);
        };
        hear.add(look);
        look();
        void exited.then(({ code, signal }) => {
          look();
          reject(
            new Error(`The app ended (${signal ?? `exit code ${code}`}) before it could be used. It wrote:\n${output}`),
          );
        });
      }),
  };
}

/** This process's environment with `more` over it, without what would change how a child's Node or Electron runs. */
export function mergedEnv(more: Record<string, string | undefined>): Record<string, string> {
  const {
    NODE_OPTIONS: _options,
    ELECTRON_RUN_AS_NODE: _asNode,
    NODE_CHANNEL_FD: _channel,
    ...inherited
  } = process.env;
  const merged = Object.entries({ ...inherited, ...more }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(merged);
}
