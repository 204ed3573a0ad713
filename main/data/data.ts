import { basename, dirname, isAbsolute, join } from 'node:path';
import type { homePaths } from '../home.ts';
import { refuseQuery } from '../orchestrator/connection.ts';
import type { Orchestrator } from '../orchestrator/orchestrator.ts';
import type { Log, QueryHandlers } from '../orchestrator/ports.ts';
import type { DataOverview, DataTask } from '../protocol/data.ts';
import type { Settings } from '../protocol/settings.ts';
import type { AttachmentStore } from '../storage/attachment-store.ts';
import { describeBackups, listBackups } from '../storage/backups.ts';
import { runOnDatabase } from '../storage/database-thread.ts';
import { backupFiles } from '../storage/kept-files.ts';
import { beginsAsDatabase } from '../storage/look-into-database.ts';
import type { Db } from '../storage/open-database.ts';
import { beginRestore, cancelRestore, plannedRestore, planRestore } from '../storage/restore.ts';
import { createAttachmentCare } from './attachment-care.ts';
import { createBackupService } from './backup-service.ts';
import type { DataStateFile } from './data-state.ts';
import { diskUse } from './disk-use.ts';
import { archivePath, type EverythingParts, exportEverything, exportFolder } from './export-everything.ts';
import { compare, findSource, type Source } from './look-at-backup.ts';
import { noBackup, noTask, notAbsolute, taskProblem, taskRunning, unfitProblem } from './problems.ts';
import { deleteLaidAside, previewRetention } from './retention.ts';
import { type Advance, createTasks, TaskRefused } from './tasks.ts';

export interface DataParts extends Pick<EverythingParts, 'page' | 'redact'> {
  db: Db;
  attachments: AttachmentStore;
  home: string;
  paths: ReturnType<typeof homePaths>;
  settings: () => Settings;
  state: DataStateFile;
  orchestrator: Orchestrator;
  /** The app can start again by itself. */
  canRestart: () => boolean;
  newId: () => string;
  log: Log;
  now?: () => number;
}

type Names =
  | 'data_overview'
  | 'data_task'
  | 'backup_make'
  | 'backup_delete'
  | 'backup_look'
  | 'restore_plan'
  | 'restore_cancel'
  | 'export_everything'
  | 'retention_preview'
  | 'retention_run'
  | 'disk_use';

const largestSessions = 10;

/** Everything about the data as a whole: backups, restoring, taking it elsewhere, deleting what is old, and what it takes on the disk. */
export function createData(parts: DataParts) {
  const { db, home, paths, attachments, settings, state, orchestrator, log, now = Date.now } = parts;
  const ending = new AbortController();
  const { signal } = ending;
  const care = createAttachmentCare({ db, attachments, paths, log, signal });
  const backups = createBackupService({
    ...{ db, database: paths.database, folder: paths.backups, settings, state, attachments: care, log },
    now,
  });
  const tasks = createTasks(parts.newId, now, (kind, error) => {
    log.warn('a task over the data failed', { kind, error: String((error as Error)?.stack ?? error) });
    return taskProblem(kind, error);
  });
  const begun = (task: DataTask | null) => task ?? refuseQuery(taskRunning);

  /** Reads all of it, in a copy where it may be written to. @throws {TaskRefused} with the reason why it is not taken. */
  async function lookAt({ path, madeAt }: Source, folders: readonly string[], advance: Advance) {
    advance('checking', 0, 0);
    const onProgress = (done: number, total: number): void => advance('checking', done, total);
    const found = await runOnDatabase({ do: 'look', path, folders }, { onProgress, signal });
    if (!found.ok) throw new TaskRefused(unfitProblem(found.why, found.detail));
    const contents = compare(found.contents, found.heads, orchestrator.summaries(), madeAt);
    return { contents, named: found.named };
  }

  /** Where its files lie when it was copied elsewhere together with them. */
  const besideOf = ({ path }: Source): string => join(dirname(path), 'attachments');
  /** Where the files that a database names may stand: those of backups, those beside it where it lies elsewhere, and those that are here now. */
  const foldersOf = (source: Source): string[] => [
    ...new Set([backupFiles(paths.backups), besideOf(source), paths.attachments]),
  ];

  /** SQLite's own copy: also of a database that is in use. What is no database is said before anything is written. */
  async function copyOf(source: Source, advance: Advance): Promise<string> {
    const copy = beginRestore(paths);
    try {
      if (!beginsAsDatabase(source.path)) throw new TaskRefused(unfitProblem('no_database', source.path));
      const onProgress = (done: number, total: number): void => advance('copying', done, total);
      await runOnDatabase({ do: 'copy', from: source.path, to: copy }, { onProgress, signal });
      return copy;
    } catch (error) {
      cancelRestore(paths);
      const { code } = error as { code?: string };
      if (code === 'SQLITE_NOTADB') throw new TaskRefused(unfitProblem('no_database', source.path));
      if (code?.startsWith('SQLITE_CORRUPT')) throw new TaskRefused(unfitProblem('damaged', String(error)));
      if (code?.startsWith('SQLITE_CANTOPEN') || code === 'EACCES')
        throw new TaskRefused(unfitProblem('unreadable', String(error)));
      throw error;
    }
  }

  const withSource = (named: string, begin: (source: Source) => DataTask | null) => {
    const source = findSource(paths.backups, named);
    return source ? begun(begin(source)) : refuseQuery(noBackup);
  };

  async function retain(before: number, reason: string, advance: Advance) {
    // Without a sound copy of what is here, nothing goes.
    const { backup } = await backups.make('before-deletion', advance);
    const done = await deleteLaidAside(orchestrator, before, reason, (at, of) => advance('deleting', at, of));
    await removeFiles(care.removeLetGo);
    const message = `${done.deleted} deleted, ${done.kept} kept`;
    state.note({ last_retention: { at: now(), ok: true, message } });
    log.info('archived sessions were deleted', { ...done });
    return { ...done, backup };
  }

  /** What could not be removed now is looked at again. */
  const removeFiles = (work: () => Promise<void>): Promise<void> =>
    backups.inTurn(work).catch((error: unknown) => {
      if (!signal.aborted) log.warn('files that nothing refers to could not be removed', { error: String(error) });
    });

  const bytesOf = (session_ids: readonly string[]): number => {
    const one = db
      .prepare<[string], number | null>('SELECT sum(octet_length(body)) FROM events WHERE session_id = ?')
      .pluck();
    return session_ids.reduce((sum, id) => sum + (one.get(id) ?? 0), 0);
  };

  const queries: Pick<QueryHandlers, Names> = {
    data_overview(): DataOverview {
      const { last_backup, last_restore, last_retention } = state.get();
      return {
        home,
        backup_folder: paths.backups,
        backups: describeBackups(paths.backups),
        ...{ last_backup, last_restore, last_retention },
        planned_restore: plannedRestore(paths),
        can_restart: parts.canRestart(),
        task: tasks.current(),
      };
    },
    data_task({ task_id }) {
      const task = tasks.current();
      return task?.task_id === task_id ? task : refuseQuery(noTask);
    },
    backup_make: () => begun(tasks.begin('backup', 'copying', (advance) => backups.make('manual', advance))),
    async backup_delete({ name }) {
      const found = listBackups(paths.backups).find(({ path }) => basename(path) === name);
      if (!found) return refuseQuery(noBackup);
      if (tasks.current()?.state === 'running') return refuseQuery(taskRunning);
      await backups.remove(found.path);
      return {};
    },
    backup_look: ({ source }) =>
      withSource(source, (found) =>
        tasks.begin('look', 'checking', async (advance) => (await lookAt(found, foldersOf(found), advance)).contents),
      ),
    restore_plan: ({ source }) =>
      withSource(source, (found) =>
        tasks.begin('restore', 'copying', async (advance) => {
          const copy = await copyOf(found, advance);
          try {
            // What was copied is what is checked, and what is opened.
            const { contents, named } = await lookAt({ ...found, path: copy }, foldersOf(found), advance);
            // The place it comes from may not be there at the next start.
            const onProgress = (done: number, of: number): void => advance('copying', done, of);
            await backups.inTurn(() => care.keep(named, { onProgress, signal, elsewhere: besideOf(found) }));
            planRestore(paths, { name: found.name, made_at: found.madeAt, planned_at: now() });
            return { contents, restart: parts.canRestart() };
          } catch (error) {
            cancelRestore(paths);
            throw error;
          }
        }),
      ),
    restore_cancel() {
      if (tasks.current()?.state === 'running') return refuseQuery(taskRunning);
      cancelRestore(paths);
      return {};
    },
    export_everything({ format, path }) {
      if (path !== undefined && !isAbsolute(path)) return refuseQuery(notAbsolute);
      return begun(
        tasks.begin('export', 'writing', (advance) =>
          exportEverything(
            {
              ...{ page: parts.page, redact: parts.redact, sessions: orchestrator.summaries(), now: now() },
              ...{ attachment: attachments.content, readAttachment: attachments.read },
            },
            format,
            archivePath(path ?? exportFolder(paths.exports), now()),
            advance,
          ),
        ),
      );
    },
    retention_preview: ({ days }) => previewRetention(orchestrator, days, now(), bytesOf),
    retention_run: ({ before }) =>
      begun(tasks.begin('retention', 'copying', (advance) => retain(Math.min(before, now()), 'by hand', advance))),
    async disk_use() {
      const sizes = await runOnDatabase({ do: 'measure', path: paths.database, most: largestSessions }, { signal });
      return diskUse(home, sizes, orchestrator.summaries());
    },
  };

  return {
    queries,
    backups,
    /** Once after a start, and once a day: every backup has its files, and what nothing needs goes. */
    async tidyFiles(): Promise<void> {
      await removeFiles(care.removeLetGo);
      try {
        await backups.inTurn(care.completeBackups);
        await backups.inTurn(care.release);
      } catch (error) {
        if (signal.aborted) return;
        // What a backup may still name stays until that can be told.
        log.warn('the files of backups could not be looked at', { error: String(error) });
        return;
      }
      await removeFiles(care.sweep);
    },
    /** Deletes what the settings say, once: nothing as long as they say nothing. A backup that could not be made keeps everything. */
    async retainBySettings(): Promise<void> {
      const days = settings().delete_archived_after_days;
      if (days === null || signal.aborted) return;
      const { before, sessions } = previewRetention(orchestrator, days, now(), () => 0);
      if (sessions === 0) return;
      const task = tasks.begin('retention', 'copying', (advance) => retain(before, `after ${days} days`, advance));
      if (!task) return;
      await tasks.idle();
      const ended = tasks.current();
      if (ended?.problem) state.note({ last_retention: { at: now(), ok: false, message: ended.problem.message } });
    },
    async close(): Promise<void> {
      ending.abort();
      await tasks.idle();
      await backups.close();
    },
  };
}
