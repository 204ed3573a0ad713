import type { TreeProcess } from './process-table.ts';

/** How a CLI ended. Told once, after its last line, when nothing of its process tree is left. */
export type CliExit =
  | {
      kind: 'exited';
      code: number | null;
      signal: NodeJS.Signals | null;
      /** A line over the limit came; the process was ended for it. */
      lineTooLong: boolean;
      /** It had closed its stdin and lived on; it was ended for it. What was written last was never read. */
      deaf?: boolean | undefined;
      /** End of what it wrote to stderr, redacted. */
      stderr: string;
      /** Processes that could not be ended. */
      left: readonly TreeProcess[];
    }
  /** It never ran. */
  | { kind: 'not_started'; reason: 'missing' | 'not_executable' | 'folder' | 'other'; errno: string; path: string };

export interface CliListener {
  /** One line of stdout. */
  onLine(line: string): void;
  onExit(exit: CliExit): void;
}

export interface CliLaunch {
  /** The executable; never a shell. */
  file: string;
  args: readonly string[];
  cwd: string;
  /** Complete environment, with the run marker in it. */
  env: { readonly [name: string]: string };
  runId: string;
  /** Values that are taken out of stderr. */
  secrets: readonly string[];
  /** Text the child finds at its file descriptor 3, and what it starts does not: a key that is not to stand in the environment. */
  descriptor3?: string | undefined;
}

/** One running CLI and everything it starts. */
export interface CliProcess {
  readonly pid: number | undefined;
  /** Writes to stdin; text for a process that is gone is dropped (its end is told by `onExit`). */
  write(text: string): void;
  /** What runs now: the CLI and all it started. @param known - found before; see `processesOfRuns`. */
  processes(known?: readonly TreeProcess[]): TreeProcess[];
  /**
   * Ends everything: stdin is closed, `politeMs` to leave by itself, SIGTERM to all, `graceMs`, SIGKILL until none is left. Idempotent;
   * resolves after `onExit`.
   */
  stop(how?: { politeMs?: number; graceMs?: number }): Promise<void>;
}

/** Starts a CLI. Nothing is called back before it returns. */
export type StartCli = (launch: CliLaunch, listener: CliListener) => CliProcess;
