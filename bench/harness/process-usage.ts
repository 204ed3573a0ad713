import { readdirSync, readFileSync } from 'node:fs';

/** CPU time a process has used so far in all its threads, milliseconds. */
export function cpuMs(pid: number): number {
  try {
    let sum = 0;
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const told = /se\.sum_exec_runtime\s*:\s*([\d.]+)/.exec(readFileSync(`/proc/${pid}/task/${task}/sched`, 'utf8'));
      if (told === null) return ticksMs(pid);
      sum += Number(told[1]);
    }
    return sum;
  } catch {
    // A kernel without it (or a thread that ended meanwhile): the coarse clock has it as well.
    return ticksMs(pid);
  }
}

/** The same in ticks of 10 ms. */
function ticksMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

/**
 * Memory of a process, MB of 2^20 bytes. PSS: a page that n processes share counts 1/n in each. NaN where the system does not tell (not Linux).
 */
export function memoryMb(pid: number): { pss: number; private: number } {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const kb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN);
    return { pss: kb('Pss') / 1024, private: (kb('Private_Clean') + kb('Private_Dirty')) / 1024 };
  } catch {
    return { pss: Number.NaN, private: Number.NaN };
  }
}
