import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A running process, told from a later one with the same pid by when it began. */
export interface StartedProcess {
  pid: number;
  parent: number;
  /** Linux: id of this boot and clock ticks since it, exact. Elsewhere: milliseconds since 1970, as exact as the system tells. */
  began: string;
}

let boot: string | undefined;

/** Linux only: when a process began; null when it is gone. proc(5): the 22nd field of `stat`. About 30 µs. */
export function linuxBegan(pid: number): string | null {
  try {
    boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, , , , ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? null : `${boot} ${rest[15]}`;
  } catch {
    return null;
  }
}

/** Every process of this user, where there is no /proc: with ps(1), on Windows with CIM. Takes up to a second or two. */
export async function runningProcesses(platform: NodeJS.Platform = process.platform): Promise<StartedProcess[]> {
  if (platform === 'win32') {
    const script =
      'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) " + $_.CreationDate.ToUniversalTime().ToString("o") }';
    const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], {
      windowsHide: true,
      timeout: 20_000,
      maxBuffer: 16 * 1024 * 1024,
    });
    return readWindowsList(stdout);
  }
  const { stdout } = await run('ps', ['-ax', '-o', 'pid=,ppid=,lstart='], {
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    timeout: 20_000,
    maxBuffer: 16 * 1024 * 1024,
  });
  return readPsList(stdout);
}

/** `  501     1 Fri Nov 20 14:02:11 2026`, in UTC. */
export function readPsList(text: string): StartedProcess[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\w{3}\s+\w{3}\s+\d+\s+[\d:]+\s+\d{4})\s*$/.exec(line);
    return match === null ? [] : row(match[1], match[2], Date.parse(`${match[3]} UTC`));
  });
}

/** `4512 888 2026-11-20T14:02:11.4411230Z`. */
export function readWindowsList(text: string): StartedProcess[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const match = /^(\d+) (\d+) (\S+)$/.exec(line.trim());
    return match === null ? [] : row(match[1], match[2], Date.parse(match[3]!.replace(/(\.\d{3})\d*Z$/, '$1Z')));
  });
}

function row(pid: string | undefined, parent: string | undefined, began: number): StartedProcess[] {
  return Number.isNaN(began) ? [] : [{ pid: Number(pid), parent: Number(parent), began: String(began) }];
}

/** Two readings of the same clock by different means; ps tells whole seconds. */
const toleranceMs = 2500;

export function sameStart(recorded: string, found: string): boolean {
  if (recorded === found) return true;
  const [a, b] = [Number(recorded), Number(found)];
  return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= toleranceMs;
}
