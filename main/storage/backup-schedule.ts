import { statSync } from 'node:fs';
import type { Log } from '../orchestrator/ports.ts';
import { listBackups, makeBackup } from './backups.ts';
import type { Db } from './open-database.ts';

const firstAfterMs = 5 * 60_000;
const everyMs = 60 * 60_000;
/** A larger database is not copied while the app closes: that must be quick. The hourly backup has it. */
const atCloseBytes = 64 * 1_048_576;

export interface BackupSchedule {
  /** A last backup, when there is something new and it is quick. */
  close(): Promise<void>;
}

/** Backs the database up a few minutes after the start, every hour, and at the end; never when nothing has changed since the last one. */
export function createBackupSchedule(db: Db, path: string, folder: string, log: Log): BackupSchedule {
  const lastChange = db.prepare<[], { at: number | null }>('SELECT max(updated_at) AS at FROM sessions');
  let running: Promise<void> = Promise.resolve();
  const backup = (): Promise<void> => {
    running = running.then(async () => {
      const changed = lastChange.get()?.at ?? 0;
      if (changed <= (listBackups(folder)[0]?.madeAt ?? 0)) return;
      try {
        const made = await makeBackup(db, folder, Date.now());
        log.debug('backup made', { path: made });
      } catch (error) {
        log.warn('backup failed', { error: String(error) });
      }
    });
    return running;
  };
  const first = setTimeout(backup, firstAfterMs);
  const every = setInterval(backup, everyMs);
  first.unref();
  every.unref();
  return {
    async close() {
      clearTimeout(first);
      clearInterval(every);
      await running;
      if (statSync(path).size <= atCloseBytes) await backup();
    },
  };
}
