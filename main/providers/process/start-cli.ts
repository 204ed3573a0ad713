import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../../protocol/limits.ts';
import type { CliExit, CliLaunch, CliListener, CliProcess, StartCli } from './cli-process.ts';
import { endProcesses } from './end-processes.ts';
import { createLineReader } from './line-reader.ts';
import { processesOfRuns, type TreeProcess } from './process-table.ts';
import type { RunRecords } from './run-records.ts';
import { startable } from './startable.ts';
import { createTail } from './stderr-tail.ts';

const stderrBytes = 8192;
const defaultGraceMs = 2000;
/** After the process ended and its tree is gone, how long its pipes may still be open (someone we cannot see holds them). */
const drainMs = 500;
/** A process that does not read its stdin any more may just be ending; after this long it is not. */
const deafMs = 500;

export interface StartCliOptions {
  maxLineBytes?: number;
  /** Where running CLIs are noted, so that the next start of the app finds what a crash left. */
  records?: RunRecords;
}

/** Starts real processes. Every expected failure comes through `onExit`. */
export function createStartCli({ maxLineBytes = limits.cliLineBytes, records }: StartCliOptions = {}): StartCli {
  return (launch, listener) => startCli(launch, listener, maxLineBytes, records);
}

function startCli(launch: CliLaunch, listener: CliListener, maxLineBytes: number, records?: RunRecords): CliProcess {
  // A CLI that serves several conversations has their tools marked below its own mark: `RUN.1`, `RUN.2`, …
  const isOurs = (runId: string) => runId === launch.runId || runId.startsWith(`${launch.runId}.`);
  const find = (known?: readonly TreeProcess[]) => processesOfRuns(isOurs, known);
  const stderr = createTail(stderrBytes, launch.secrets);
  let lineTooLong = false;
  let deaf = false;
  let stopping: Promise<void> | null = null;
  let done = false;
  let told: () => void = () => {};
  const exited = new Promise<void>((resolve) => {
    told = resolve;
  });

  let child: ChildProcess;
  const command = startable(launch, launch.env);
  if (command === null) {
    queueMicrotask(() => finish({ kind: 'not_started', reason: 'not_executable', errno: 'EINVAL', path: launch.file }));
    return { pid: undefined, write: () => {}, processes: () => [], stop: () => exited };
  }
  try {
    child = spawn(command.file, [...command.args], {
      cwd: launch.cwd,
      env: launch.env,
      stdio: ['pipe', 'pipe', 'pipe', ...(launch.descriptor3 === undefined ? [] : (['pipe'] as const))],
      // A session of its own: Ctrl+C in our terminal is not its business, and what it starts can be told from ours.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
  } catch (error) {
    // Arguments with NUL, an environment that is too large: spawn throws instead of telling.
    queueMicrotask(() => finish(notStarted(error as NodeJS.ErrnoException)));
    return { pid: undefined, write: () => {}, processes: () => [], stop: () => exited };
  }

  const forget = child.pid === undefined ? () => {} : records?.add(child.pid, launch.runId);
  const reader = createLineReader({
    maxBytes: maxLineBytes,
    onLine: (line) => {
      if (!done) listener.onLine(line);
    },
    onTooLong: () => {
      lineTooLong = true;
      child.stdout?.destroy();
      void stop({ politeMs: 0 });
    },
  });
  child.stdout?.on('data', (chunk: Buffer) => reader.push(chunk));
  child.stdout?.on('end', () => reader.end());
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A process that ended does not read any more (EPIPE); its exit says so. One that lives on would never answer.
  child.stdin?.once('error', () => {
    const timer = setTimeout(() => {
      if (done || stopping !== null || child.exitCode !== null || child.signalCode !== null) return;
      deaf = true;
      void stop({ politeMs: 0 });
    }, deafMs);
    timer.unref();
  });
  for (const stream of child.stdio ?? []) stream?.on('error', () => {});
  if (launch.descriptor3 !== undefined) (child.stdio?.[3] as Writable | undefined)?.end(launch.descriptor3);
  child.on('error', (error) => {
    if (child.pid === undefined) finish(notStarted(error as NodeJS.ErrnoException));
  });
  child.on('exit', (code, signal) => void afterExit(code, signal));

  return {
    pid: child.pid,
    write(text) {
      if (!done && child.stdin?.writable) child.stdin.write(text);
    },
    processes: find,
    stop,
  };

  function stop({
    politeMs = 0,
    graceMs = defaultGraceMs,
  }: {
    politeMs?: number;
    graceMs?: number;
  } = {}): Promise<void> {
    stopping ??= (async () => {
      if (child.pid === undefined) return exited;
      child.stdin?.end();
      if (politeMs > 0) await Promise.race([exited, delay(politeMs, undefined, { ref: false })]);
      if (!done) await endTree(child, find, graceMs);
      await exited;
    })();
    return stopping;
  }

  /** What it started and left is ended too: nobody owns it any more, and it may hold the pipes. */
  async function afterExit(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const left = await endProcesses(find, defaultGraceMs);
    await Promise.race([closed, delay(drainMs)]);
    reader.end();
    if (left.length === 0) forget?.();
    finish({ kind: 'exited', code, signal, lineTooLong, deaf, stderr: stderr.text(), left });
  }

  function notStarted(error: NodeJS.ErrnoException): CliExit {
    const errno = error.code ?? 'UNKNOWN';
    // The system says ENOENT (or EACCES) for a bad working folder as well, and names the program.
    if (!isUsableFolder(launch.cwd)) return { kind: 'not_started', reason: 'folder', errno, path: launch.cwd };
    // ENOENT for a file that is there means that the interpreter of a script is not.
    const missing = errno === 'ENOENT' && !existsSync(launch.file);
    const reason = missing ? 'missing' : errno === 'EACCES' || errno === 'EPERM' ? 'not_executable' : 'other';
    return { kind: 'not_started', reason, errno, path: launch.file };
  }

  function finish(exit: CliExit): void {
    if (done) return;
    done = true;
    for (const stream of [child?.stdin, child?.stdout, child?.stderr]) stream?.destroy();
    try {
      listener.onExit(exit);
    } finally {
      told();
    }
  }
}

async function endTree(
  child: ChildProcess,
  find: (known: readonly TreeProcess[]) => TreeProcess[],
  graceMs: number,
): Promise<void> {
  if (process.platform === 'win32' && child.pid !== undefined) {
    spawn('taskkill', ['/PID', String(child.pid), '/T', '/F'], { windowsHide: true }).on('error', () =>
      child.kill('SIGKILL'),
    );
    return;
  }
  await endProcesses(find, graceMs);
  // Where the process table cannot be read, at least the CLI itself.
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}

function isUsableFolder(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
