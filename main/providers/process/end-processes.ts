import { setTimeout } from 'node:timers/promises';
import { processesOfRuns, type TreeProcess } from './process-table.ts';

const pollMs = 20;
/** Rounds of SIGKILL; each finds what was started while the one before ran. */
const killRounds = 50;

/**
 * Ends processes until none is left: SIGTERM, `graceMs` to go, then SIGKILL.
 * @param find - looks for what is still there; asked again and again, so that a process started meanwhile is found too. It is told what was
 * found before: when a shell has ended, what it started may have nothing left that shows where it came from.
 * While the process table cannot be read (`ps` fails under load), those that were found before count as long as they are there.
 * @returns those that could not be ended (another user's, or stuck in the kernel); empty when all are gone. Never rejects.
 */
export async function endProcesses(
  find: (known: readonly TreeProcess[]) => TreeProcess[],
  graceMs: number,
): Promise<TreeProcess[]> {
  const known = new Map<string, TreeProcess>();
  let blind = false;
  const look = () => {
    let found: TreeProcess[];
    try {
      found = find([...known.values()]);
      blind = false;
    } catch {
      blind = true;
      return [...known.values()].filter(({ pid }) => isThere(pid));
    }
    for (const process of found) known.set(`${process.pid} ${process.started}`, process);
    return found;
  };
  let left = look();
  const asked = new Set<number>();
  const deadline = performance.now() + graceMs;
  while ((left.length > 0 || blind) && performance.now() < deadline) {
    for (const { pid } of left) {
      if (!asked.has(pid)) signal(pid, 'SIGTERM');
      asked.add(pid);
    }
    await setTimeout(pollMs);
    left = look();
  }
  for (let round = 0; left.length > 0 && round < killRounds; round++) {
    for (const { pid } of left) signal(pid, 'SIGKILL');
    await setTimeout(pollMs);
    left = look();
  }
  return left;
}

/**
 * Ends what runs of an earlier life of this app left behind (it was killed; its CLIs live on and still write to their sessions).
 * @param instance - as given to `newRunId`.
 * @returns how many processes there were.
 */
export async function endLeftRuns(instance: string, graceMs = 2000): Promise<number> {
  const find = (known?: readonly TreeProcess[]) => processesOfRuns((runId) => runId.startsWith(`${instance}.`), known);
  let count = 0;
  try {
    count = find().length;
  } catch {
    // No list of processes to be had; that must not keep the app from starting.
  }
  if (count > 0) await endProcesses(find, graceMs);
  return count;
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A process that is gone already is what we want. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {}
}
