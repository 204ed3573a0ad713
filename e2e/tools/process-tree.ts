import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/**
 * Processes that carry a marker in their environment, this one excepted. An environment is inherited, so a marker given to a CLI finds
 * everything it started, also what left its process group or session.
 * @param marker - one whole variable such as `GW_RUN_ID=3f2a`.
 */
export function processesMarked(marker: string): number[] {
  const pids = process.platform === 'linux' ? markedInProc(marker) : markedInPs(marker);
  return pids.filter((pid) => pid !== process.pid);
}

/** Waits until none of the processes runs any more. @returns those that still run when the time (10 s by default) is over. */
export async function waitGone(pids: readonly number[], timeoutMs = 10_000): Promise<number[]> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const left = pids.filter(isRunning);
    if (left.length === 0 || performance.now() >= deadline) return left;
    await setTimeout(20);
  }
}

/** The command line of a process, arguments separated by spaces; empty when it has ended. */
export function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** A zombie has ended: it only waits for its parent to ask how. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return process.platform !== 'linux' || procState(pid) !== 'Z';
}

/** Third field of `/proc/PID/stat` (proc(5)); the second is a name in parentheses that may itself contain some. */
function procState(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  } catch {
    return 'Z';
  }
}

function markedInProc(marker: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(marker);
      } catch {
        return false;
      }
    });
}

/** BSD and macOS: `-E` appends the environment to the command; only one's own processes show it. */
function markedInPs(marker: string): number[] {
  const listing = execFileSync('ps', ['-Eww', '-ax', '-o', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listing
    .split('\n')
    .filter((line) => ` ${line} `.includes(` ${marker} `))
    .map((line) => Number.parseInt(line, 10));
}
