import { type ChildProcess, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcesses } from '../process/end-processes.ts';
import { cliEnvironment } from '../process/environment.ts';
import { processesOfRuns } from '../process/process-table.ts';
import { newRunId } from '../process/run-id.ts';

export interface CommandEnd {
  exit_code: number | null;
  signal: string | null;
  /** It never ran; why, in one sentence. */
  problem?: string;
}

export interface RunningCommand {
  /** Settles when the command ended and nothing it started is left. Never rejects. */
  readonly done: Promise<CommandEnd>;
  /** Ends the command and all it started. Idempotent; resolves with `done`. */
  kill(): Promise<void>;
}

export type StartCommand = (wanted: {
  command: string;
  cwd: string;
  /** What it writes to stdout and stderr, as it comes. */
  onText: (text: string) => void;
}) => RunningCommand;

/** From SIGTERM to SIGKILL, milliseconds. */
const graceMs = 1_000;
/** How long a pipe may stay open after everything that we can see is gone. */
const drainMs = 500;

function spawnShell(command: string, cwd: string, env: Record<string, string>): ChildProcess {
  const windows = process.platform === 'win32';
  return spawn(windows ? 'cmd.exe' : '/bin/sh', windows ? ['/d', '/s', '/c', `"${command}"`] : ['-c', command], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A session of its own, so that all it starts can be told from ours.
    detached: !windows,
    windowsHide: true,
    windowsVerbatimArguments: windows,
  });
}

/**
 * Starts shell commands with the person's environment, marked so that everything they start can be found again.
 * @param instance - as given to `newRunId`: what an earlier life of the app left behind is found by it.
 */
export function createStartCommand(instance: string, base: NodeJS.ProcessEnv): StartCommand {
  return ({ command, cwd, onText }) => {
    const runId = newRunId(instance);
    const env = { ...cliEnvironment(base, { own: [], runId }), NO_COLOR: '1', TERM: 'dumb' };
    const find = () => processesOfRuns((id) => id === runId);
    let settle: (end: CommandEnd) => void = () => undefined;
    const done = new Promise<CommandEnd>((resolve) => {
      settle = resolve;
    });
    let child: ChildProcess;
    try {
      child = spawnShell(command, cwd, env);
    } catch (error) {
      settle({ exit_code: null, signal: null, problem: startProblem(error) });
      return { done, kill: () => done.then(() => undefined) };
    }
    for (const stream of [child.stdout, child.stderr]) {
      const decoder = new StringDecoder('utf8');
      stream?.on('data', (chunk: Buffer) => onText(decoder.write(chunk)));
      stream?.on('error', () => undefined);
    }
    child.on('error', (error) => settle({ exit_code: null, signal: null, problem: startProblem(error) }));
    child.on('exit', (exit_code, signal) => {
      void (async () => {
        const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
        // What it left in the background belongs to nobody any more.
        await endTree();
        await Promise.race([closed, delay(drainMs)]);
        child.stdout?.destroy();
        child.stderr?.destroy();
        settle({ exit_code, signal });
      })();
    });
    /** A process in the middle of execve has no environment to find it by for a moment; its process group has it still. */
    const endTree = async () => {
      await endProcesses(find, graceMs);
      if (child.pid !== undefined && signalGroup(child.pid)) await endProcesses(find, 0);
    };
    let killing: Promise<void> | null = null;
    const kill = () => {
      killing ??= (async () => {
        if (process.platform === 'win32' && child.pid !== undefined) {
          spawn('taskkill', ['/PID', String(child.pid), '/T', '/F'], { windowsHide: true }).on('error', () =>
            child.kill(),
          );
        } else {
          await endTree();
        }
        await done;
      })();
      return killing;
    };
    return { done, kill };
  };
}

/** False when the group is empty. */
function signalGroup(leader: number): boolean {
  if (process.platform === 'win32') return false;
  try {
    process.kill(-leader, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

/** The code of the system's error. */
const startProblem = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';
