import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { endProcesses } from './end-processes.ts';
import { processesOfRuns, processTable, type TreeProcess } from './process-table.ts';
import type { RunRecord, RunRecords } from './run-records.ts';
import { linuxBegan, runningProcesses, type StartedProcess, sameStart } from './start-time.ts';

const run = promisify(execFile);

/**
 * Ends the CLIs that an earlier life of the app started and never saw ending, and all that they started. A pid that was given to another process
 * meanwhile is told apart by its time of start and not touched.
 * The records stay when the list of processes could not be read, or one of these did not end: the next start tries again.
 * @returns how many recorded CLIs were still there.
 */
export async function endRecordedRuns(records: RunRecords, graceMs = 2000): Promise<number> {
  const recorded = records.list();
  if (recorded.length === 0) return 0;
  let left: RunRecord[] = [];
  try {
    left = await stillRunning(recorded);
    if (process.platform === 'win32') {
      for (const { pid } of left) {
        await run('taskkill', ['/PID', String(pid), '/T', '/F'], { windowsHide: true }).catch(() => undefined);
      }
    } else if (left.length > 0) {
      const roots = rootsOf(new Set(left.map((record) => record.pid)));
      const find = (known: readonly TreeProcess[]) => processesOfRuns(() => false, known.length > 0 ? known : roots);
      if ((await endProcesses(find, graceMs)).length > 0) return left.length;
    }
  } catch {
    // No list of processes to be had, and a pid alone says nothing.
    return left.length;
  }
  records.clear();
  return left.length;
}

/** Those whose pid still belongs to the process that was recorded. */
async function stillRunning(recorded: readonly RunRecord[]): Promise<RunRecord[]> {
  if (process.platform === 'linux') return recorded.filter(({ pid, began }) => linuxBegan(pid) === began);
  return matching(recorded, await runningProcesses());
}

/** Exported for its tests: the records that fit a list of processes, this process itself left out. */
export function matching(recorded: readonly RunRecord[], running: readonly StartedProcess[]): RunRecord[] {
  const byPid = new Map(running.map((one) => [one.pid, one]));
  return recorded.filter(({ pid, began }) => {
    const found = byPid.get(pid);
    return found !== undefined && pid !== process.pid && sameStart(began, found.began);
  });
}

/** The processes with these pids as the process table tells them, for looking for what they started. */
function rootsOf(pids: ReadonlySet<number>): TreeProcess[] {
  return processTable().filter((one) => pids.has(one.pid));
}
