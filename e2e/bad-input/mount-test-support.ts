import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Wrap } from './app-test-support.ts';

/**
 * Disks that are small or read-only, for one test: mounted in a mount namespace of their own, so that nothing of them is seen outside and
 * nothing is left when the test ends, however it ends.
 */
export interface Mounts {
  /** Stands in front of a program that shall see the mounts. */
  readonly wrap: Wrap;
  /** Where `path` inside is found from outside. */
  outside(path: string): string;
  /** Runs a command inside. */
  run(command: string, ...args: string[]): string;
  close(): Promise<void>;
}

const asRoot = process.getuid?.() === 0;
/** Without root a user namespace gives the right to mount, where the system allows it. */
const unshare = asRoot ? ['unshare', '-m'] : ['unshare', '-rm'];
const enter = (pid: number) => [
  'nsenter',
  '-t',
  String(pid),
  ...(asRoot ? ['-m'] : ['-U', '--preserve-credentials', '-m']),
  '--',
];

/** Why mounts cannot be had here, to be printed with the skipped tests; null: they can. */
export function noMounts(): string | null {
  if (process.platform !== 'linux') return 'mount namespaces are Linux only';
  try {
    execFileSync(
      unshare[0]!,
      [...unshare.slice(1), 'sh', '-c', 'mount -t tmpfs -o size=64k tmpfs /mnt && command -v nsenter'],
      {
        stdio: 'pipe',
      },
    );
    return null;
  } catch (error) {
    return `mounting is not allowed here (${String((error as { stderr?: Buffer }).stderr ?? error).trim()})`;
  }
}

/** @param script - shell commands that mount, e.g. `mount -t tmpfs -o size=4m tmpfs "$1"`; `$1`, `$2` ... are `args`. */
export async function openMounts(script: string, ...args: string[]): Promise<Mounts> {
  // It lives as long as its stdin is open: it ends with us even when we are killed.
  const [file, ...rest] = [...unshare, 'sh', '-e', '-c', `${script}\necho mounted\nexec cat`, 'sh', ...args] as [
    string,
    ...string[],
  ];
  const holder: ChildProcess = spawn(file, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  const pid = holder.pid ?? 0;
  await Promise.race([
    once(holder.stdout!, 'data'),
    once(holder, 'exit').then(() => Promise.reject(new Error(`Mounting failed: ${script}`))),
  ]);
  const wrap = enter(pid);
  return {
    wrap,
    outside: (path) => join(`/proc/${pid}/root`, path),
    run: (command, ...more) =>
      execFileSync(wrap[0]!, [...wrap.slice(1), command, ...more], { encoding: 'utf8', stdio: 'pipe' }),
    async close() {
      const gone = holder.exitCode === null && holder.signalCode === null ? once(holder, 'exit') : null;
      holder.stdin?.end();
      await gone;
    },
  };
}
