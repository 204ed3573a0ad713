import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { linuxBegan } from './start-time.ts';

/** A CLI that was started and whose end was not noted. */
export interface RunRecord {
  pid: number;
  /** See `StartedProcess`. */
  began: string;
  runId: string;
}

/**
 * Running CLIs, one small file each, in a folder of the home: after a crash the next start ends what is left by pid and time of start, also a process
 * that dropped the marker of its run, and where the environment of others cannot be read.
 */
export interface RunRecords {
  /** Best effort: a full disk does not keep a CLI from starting. @returns takes the record away again. */
  add(pid: number, runId: string): () => void;
  /** What an earlier life of the app left, damaged records left out. */
  list(): RunRecord[];
  clear(): void;
}

export function createRunRecords(folder: string, now: () => number = Date.now): RunRecords {
  const pathOf = (pid: number) => join(folder, `${pid}.json`);
  return {
    add(pid, runId) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const began = (process.platform === 'linux' ? linuxBegan(pid) : null) ?? String(now());
        writeFileSync(pathOf(pid), JSON.stringify({ pid, began, runId } satisfies RunRecord), { mode: 0o600 });
      } catch {
        // The marker in its environment is the other way to find it.
      }
      return () => {
        try {
          rmSync(pathOf(pid), { force: true });
        } catch {
          // A record that stays names a process that is gone; the next start sees that.
        }
      };
    },
    list() {
      let names: string[];
      try {
        names = readdirSync(folder);
      } catch {
        return [];
      }
      return names.flatMap((name) => {
        if (!/^\d+\.json$/.test(name)) return [];
        try {
          const { pid, began, runId } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Partial<RunRecord>;
          if (typeof pid !== 'number' || typeof began !== 'string' || typeof runId !== 'string') return [];
          return Number.isInteger(pid) && pid > 1 ? [{ pid, began, runId }] : [];
        } catch {
          return [];
        }
      });
    },
    clear() {
      try {
        rmSync(folder, { recursive: true, force: true });
      } catch {
        // As above.
      }
    },
  };
}
