import { type ChildProcess, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcesses } from '../process/end-processes.ts';
import { processesOfRuns } from '../process/process-table.ts';

export interface TerminalCommand {
  /** A program; without `args` a line for the shell, as agents write it. */
  command: string;
  args: readonly string[];
  cwd: string;
  /** Complete, with the run marker in it. */
  env: { readonly [name: string]: string };
  runId: string;
  /** Bytes of output that are kept, the last ones. */
  outputBytes: number;
}

export interface TerminalExit {
  exitCode: number | null;
  signal: string | null;
}

export interface TerminalListener {
  onText(text: string): void;
  /** It ended, and nothing it started is left. Told once. */
  onExit(exit: TerminalExit): void;
}

export interface TerminalProcess {
  /** What it printed, or the end of it. */
  readonly output: string;
  readonly truncated: boolean;
  readonly exit: TerminalExit | null;
  /** Ends it and all it started. Idempotent. */
  kill(): Promise<void>;
}

export type StartTerminal = (command: TerminalCommand, listener: TerminalListener) => TerminalProcess;

/** SIGTERM to SIGKILL, milliseconds. */
const graceMs = 700;
/** How long a pipe may stay open after everything that we can see is gone. */
const drainMs = 500;
const shell = process.platform === 'win32' ? 'cmd.exe' : '/bin/sh';

/** Runs one command for an agent that does not run its own (ACP, Terminals). No terminal device: output comes by pipes. */
export const startTerminal: StartTerminal = (wanted, listener) => {
  let output = '';
  let truncated = false;
  let exit: TerminalExit | null = null;
  let killing: Promise<void> | null = null;
  const find = () => processesOfRuns((runId) => runId === wanted.runId);
  const settled = Promise.withResolvers<void>();

  const print = (text: string) => {
    if (text === '' || exit !== null) return;
    output += text;
    const over = Buffer.byteLength(output) - wanted.outputBytes;
    if (over > 0) {
      // From the beginning, at a character (ACP, terminal/output).
      truncated = true;
      output = Buffer.from(output)
        .subarray(over)
        .toString('utf8')
        .replace(/^\uFFFD+/, '');
    }
    listener.onText(text);
  };
  const settle = (how: TerminalExit) => {
    if (exit !== null) return;
    exit = how;
    listener.onExit(how);
    settled.resolve();
  };
  const failed = (error: unknown) => {
    print(`${(error as Error).message}\n`);
    settle({ exitCode: 127, signal: null });
  };

  let child: ChildProcess | null = null;
  try {
    child = start(wanted);
  } catch (error) {
    queueMicrotask(() => failed(error));
  }
  for (const stream of [child?.stdout, child?.stderr]) {
    const decoder = new StringDecoder('utf8');
    stream?.on('data', (chunk: Buffer) => print(decoder.write(chunk)));
    stream?.on('error', () => {});
  }
  child?.on('error', failed);
  child?.on('exit', (exitCode, signal) => {
    void (async () => {
      const closed = new Promise<void>((resolve) => child?.once('close', () => resolve()));
      await endProcesses(find, killing === null ? graceMs : 0);
      await Promise.race([closed, delay(drainMs)]);
      for (const stream of [child?.stdout, child?.stderr]) stream?.destroy();
      settle({ exitCode, signal });
    })();
  });

  return {
    get output() {
      return output;
    },
    get truncated() {
      return truncated;
    },
    get exit() {
      return exit;
    },
    kill() {
      killing ??= (async () => {
        if (exit !== null) return;
        if (process.platform === 'win32' && child?.pid !== undefined) {
          spawn('taskkill', ['/PID', String(child.pid), '/T', '/F'], { windowsHide: true }).on('error', () =>
            child.kill(),
          );
        } else {
          await endProcesses(find, graceMs);
          // Where its environment cannot be read it is not found by it: in the middle of execve, and on systems that hide it.
          if (child?.pid !== undefined) killGroup(child.pid);
        }
        await settled.promise;
      })();
      return killing;
    },
  };
};

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {}
}

function start({ command, args, cwd, env }: TerminalCommand): ChildProcess {
  const windows = process.platform === 'win32';
  const options = {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
    // A session of its own, so that all it starts can be told from ours.
    detached: !windows,
    windowsHide: true,
  };
  if (args.length > 0) return spawn(command, [...args], options);
  return windows
    ? spawn(shell, ['/d', '/s', '/c', `"${command}"`], { ...options, windowsVerbatimArguments: true })
    : spawn(shell, ['-c', command], options);
}
