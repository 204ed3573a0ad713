import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { makeSelfContained } from './backups.ts';
import type { DatabaseJob, FromDatabaseThread } from './database-thread.ts';
import { lookIntoDatabase } from './look-into-database.ts';
import { measureSessions } from './session-sizes.ts';

/** Work over a whole database file: it takes seconds, and everybody's streams go through the thread that asked for it. */
async function work(job: DatabaseJob): Promise<unknown> {
  switch (job.do) {
    case 'look':
      return lookIntoDatabase(job.path);
    case 'copy': {
      // SQLite's own way to copy: also of a database that somebody has open, with what stands in the log of writes beside it.
      const source = new Database(job.from, { readonly: true, fileMustExist: true });
      try {
        await source.backup(job.to, {
          progress({ totalPages, remainingPages }) {
            tell({ progress: [totalPages - remainingPages, totalPages] });
            return 2000;
          },
        });
      } finally {
        source.close();
      }
      makeSelfContained(job.to);
      return null;
    }
    case 'measure': {
      const db = new Database(job.path, { readonly: true, fileMustExist: true });
      try {
        return measureSessions(db, job.most);
      } finally {
        db.close();
      }
    }
  }
}

const tell = (message: FromDatabaseThread): void => parentPort!.postMessage(message);
const failed = (error: unknown): FromDatabaseThread => ({
  failed: { message: String((error as Error)?.message ?? error), code: (error as { code?: string })?.code ?? null },
});

work(workerData as DatabaseJob).then(
  (answer) => tell({ answer }),
  (error: unknown) => tell(failed(error)),
);
