import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { runIdVariable } from './environment.ts';

export interface TreeProcess {
  pid: number;
  parent: number;
  /** Session id on Linux, process group on macOS: what a shell and all it starts have in common. */
  group: number;
  /** When it began, in the system's own words: a pid that is used again is another process. */
  started: string;
}

interface Row extends TreeProcess {
  marked: boolean;
}

/**
 * Every process of the runs whose id `accepts` takes: those that carry the marker in their environment, and those that dropped it but are
 * children, or members of a session, of one that does. This process is never among them. Zombies have no environment and do not count.
 * @param known - processes that were found before and count as long as they run, whatever became of their parents.
 * Reads the process table synchronously (about 20 µs a process on Linux): for starting and stopping, not for the hot path. Empty on Windows.
 */
export function processesOfRuns(
  accepts: (runId: string) => boolean,
  known: readonly TreeProcess[] = [],
): TreeProcess[] {
  if (process.platform === 'win32') return [];
  const rows = process.platform === 'linux' ? readProc(accepts) : readPs(accepts);
  const self = rows.find((row) => row.pid === process.pid);
  const before = new Map(known.map((one) => [one.pid, one.started]));
  const counts = (row: Row) => row.pid !== process.pid && (row.marked || before.get(row.pid) === row.started);
  const found = new Map(rows.filter(counts).map((row) => [row.pid, row]));
  if (found.size === 0) return [];
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    const groups = new Set([...found.values()].map((row) => row.group));
    // A run has a session of its own; ours would mean that it was started without one, and then it says nothing.
    groups.delete(self?.group ?? 0);
    for (const row of rows) {
      if (row.pid === process.pid || row.pid === 1) continue;
      if (found.has(row.parent) || groups.has(row.group)) found.set(row.pid, row);
    }
  }
  return [...found.values()].map(({ pid, parent, group, started }) => ({ pid, parent, group, started }));
}

/** Every process of this machine, whoever started it. Empty on Windows. */
export function processTable(): TreeProcess[] {
  if (process.platform === 'win32') return [];
  const nobody = () => false;
  return process.platform === 'linux' ? readProc(nobody) : readPs(nobody);
}

/** proc(5): `/proc/PID/environ` is NUL separated; others' processes refuse to be read, and are not ours. */
function readProc(accepts: (runId: string) => boolean): Row[] {
  const rows: Row[] = [];
  const key = `${runIdVariable}=`;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const stat = readProcFile(`/proc/${pid}/stat`);
      // The second field is the name in parentheses, which may contain anything; then: state, parent, group, session; the 22nd: start.
      const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [state, parent, , session] = rest;
      if (state === 'Z' || state === 'X') continue;
      rows.push({
        pid,
        parent: Number(parent),
        group: Number(session),
        started: rest[19] ?? '',
        marked: hasMarker(pid, key, accepts),
      });
    } catch {
      // Gone meanwhile.
    }
  }
  return rows;
}

function hasMarker(pid: number, key: string, accepts: (runId: string) => boolean): boolean {
  let environ: string;
  try {
    environ = readProcFile(`/proc/${pid}/environ`);
  } catch {
    return false;
  }
  const at = environ.startsWith(key) ? 0 : environ.indexOf(`\0${key}`) + 1;
  if (at === 0 && !environ.startsWith(key)) return false;
  const end = environ.indexOf('\0', at);
  return accepts(environ.slice(at + key.length, end === -1 ? undefined : end));
}

let buffer = Buffer.alloc(65_536);

/**
 * One file of /proc, as Latin-1. Into the same buffer every time: these files do not tell their size, so `readFileSync` takes 64 KB anew for each,
 * and a look at the table left the process many megabytes larger.
 */
function readProcFile(path: string): string {
  const file = openSync(path, 'r');
  try {
    for (let length = 0; ; ) {
      const read = readSync(file, buffer, length, buffer.length - length, null);
      if (read === 0) return buffer.toString('latin1', 0, length);
      length += read;
      if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.alloc(buffer.length)]);
    }
  } finally {
    closeSync(file);
  }
}

/** BSD and macOS ps(1): `-E` adds the environment to the command, for one's own processes only. */
function readPs(accepts: (runId: string) => boolean): Row[] {
  const marker = new RegExp(` ${runIdVariable}=([^ ]+)`);
  const listing = execFileSync('ps', ['-Eww', '-ax', '-o', 'pid=,ppid=,pgid=,stat=,lstart=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listing.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s(.*)$/.exec(line);
    if (match === null || match[4]?.startsWith('Z')) return [];
    const runId = marker.exec(` ${match[6]}`)?.[1];
    const marked = runId !== undefined && accepts(runId);
    return [
      { pid: Number(match[1]), parent: Number(match[2]), group: Number(match[3]), started: match[5] ?? '', marked },
    ];
  });
}
