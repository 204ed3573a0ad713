import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { LastRun } from '../protocol/data.ts';

const State = z.object({
  last_backup: LastRun.nullable().catch(null),
  last_restore: LastRun.nullable().catch(null),
  last_retention: LastRun.nullable().catch(null),
});
export type DataState = z.infer<typeof State>;

/** How what happens by itself ended last. A file beside the database: it has to tell of a restore, and of a database that takes nothing. */
export interface DataStateFile {
  get(): DataState;
  note(change: Partial<DataState>): void;
}

export function createDataState(path: string): DataStateFile {
  let now: DataState = { last_backup: null, last_restore: null, last_retention: null };
  try {
    now = State.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Never written, or damaged: nothing of the data depends on it.
  }
  return {
    get: () => now,
    note(change) {
      now = { ...now, ...change };
      try {
        writeFileSync(`${path}.part`, `${JSON.stringify(now)}\n`, { mode: 0o600 });
        renameSync(`${path}.part`, path);
      } catch {
        // It stands in memory until the disk takes it again.
      }
    },
  };
}
