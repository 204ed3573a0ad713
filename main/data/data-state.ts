import { z } from 'zod';
import { homeFile } from '../home-file.ts';
import { LastRun } from '../protocol/data.ts';

const State = z.object({
  last_backup: LastRun.nullable().catch(null),
  last_restore: LastRun.nullable().catch(null),
  last_retention: LastRun.nullable().catch(null),
  /** When a backup last took the place of the database; null: never, or nobody knows. */
  backup_opened_at: z.number().nullable().catch(null),
});
export type DataState = z.infer<typeof State>;

/** How what happens by itself ended last. A file beside the database: it has to tell of a restore, and of a database that takes nothing. */
export interface DataStateFile {
  get(): DataState;
  note(change: Partial<DataState>): void;
}

export function createDataState(path: string): DataStateFile {
  const file = homeFile(path, State);
  // Never written, or damaged: nothing of the data depends on it.
  let now: DataState = file.read() ?? {
    ...{ last_backup: null, last_restore: null, last_retention: null },
    backup_opened_at: null,
  };
  return {
    get: () => now,
    note(change) {
      now = { ...now, ...change };
      // Where the disk refuses, it stands in memory until the disk takes it again.
      file.write(now);
    },
  };
}
