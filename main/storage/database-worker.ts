import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { type NamedFile, namedFilesIn } from './attachment-uses.ts';
import { makeSelfContained } from './backups.ts';
import type { DatabaseJob, FromDatabaseThread } from './database-thread.ts';
import { checkFiles } from './kept-files.ts';
import { type LookedInto, lookIntoDatabase } from './look-into-database.ts';
import { isDamage } from './recovery.ts';
import { measureSessions } from './session-sizes.ts';

/** Work over a whole database file: it takes seconds, and everybody's streams go through the thread that asked for it. */
async function work(job: DatabaseJob): Promise<unknown> {
  switch (job.do) {
    case 'look':
      return look(job.path, job.folders);
    case 'named': {
      const all = new Map<string, NamedFile>();
      for (const path of job.paths) for (const file of neededBy(path)) all.set(file.attachment_id, file);
      return [...all.values()];
    }
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

async function look(path: string, folders: readonly string[] | undefined): Promise<LookedInto> {
  const found = lookIntoDatabase(path);
  if (!found.ok || folders === undefined) return found;
  const attachments = await checkFiles(found.named, folders, (done, total) => tell({ progress: [done, total] }));
  return { ...found, contents: { ...found.contents, attachments } };
}

/** A backup whose pages are damaged is never opened, so it needs no file. */
function neededBy(path: string): NamedFile[] {
  try {
    return namedFilesIn(path);
  } catch (error) {
    if (isDamage(error)) return [];
    throw error;
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
