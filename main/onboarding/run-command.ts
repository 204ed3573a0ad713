import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcesses } from '../providers/process/end-processes.ts';
import { processesOfRuns } from '../providers/process/process-table.ts';
import type { RunRecords } from '../providers/process/run-records.ts';
import { startable } from '../providers/process/startable.ts';

export interface CommandToRun {
  file: string;
  args: readonly string[];
  cwd: string;
  /** Complete, with the run marker in it. */
  env: { readonly [name: string]: string };
  runId: string;
  records?: RunRecords | undefined;
}

/** `code` null: it was ended by a signal, or never ran (`errno`). */
export interface CommandEnd {
  code: number | null;
  errno?: string;
}

const graceMs = 2000;

/**
 * Runs a program to its end, without input and without a shell; what it writes to stdout and stderr is told as it comes. When `signal` is aborted, it
 * and everything it started is ended.
 */
export async function runCommand(
  { file, args, cwd, env, runId, records }: CommandToRun,
  onOutput: (text: string) => void,
  signal: AbortSignal,
): Promise<CommandEnd> {
  if (signal.aborted) return { code: null };
  const command = startable({ file, args }, env);
  if (command === null) return { code: null, errno: 'EINVAL' };
  const child = spawn(command.file, [...command.args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const forget = child.pid === undefined ? undefined : records?.add(child.pid, runId);
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onOutput);
  const find = (known?: Parameters<typeof processesOfRuns>[1]) => processesOfRuns((id) => id === runId, known);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const end = new Promise<CommandEnd>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve({ code: null, errno: error.code ?? 'UNKNOWN' }));
    child.once('exit', (code) => resolve({ code }));
  });
  const onAbort = () => {
    if (process.platform === 'win32' && child.pid !== undefined) {
      spawn('taskkill', ['/PID', String(child.pid), '/T', '/F'], { windowsHide: true }).on('error', () => child.kill());
      return;
    }
    void endProcesses(find, graceMs).then(() => child.kill('SIGKILL'));
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const ended = await end;
  signal.removeEventListener('abort', onAbort);
  if (ended.errno === undefined) {
    const left = await endProcesses(find, graceMs);
    await Promise.race([closed, delay(500)]);
    if (left.length === 0) forget?.();
  }
  return ended;
}
