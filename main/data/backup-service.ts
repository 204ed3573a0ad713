import { statSync } from 'node:fs';
import type { Log } from '../orchestrator/ports.ts';
import type { BackupReason, TaskResult } from '../protocol/data.ts';
import { type Saying, say } from '../protocol/saying.ts';
import type { Settings } from '../protocol/settings.ts';
import type { NamedFile } from '../storage/attachment-uses.ts';
import {
  type Backup,
  describeBackups,
  isSound,
  listBackups,
  makeBackup,
  removeDatabase,
  removeExpired,
} from '../storage/backups.ts';
import { runOnDatabase } from '../storage/database-thread.ts';
import type { Db } from '../storage/open-database.ts';
import type { AttachmentCare } from './attachment-care.ts';
import type { DataStateFile } from './data-state.ts';

const hourMs = 3_600_000;
/** How often it is looked whether a backup is due. */
const lookMs = 5 * 60_000;
/** A larger database, with its files that no backup has yet, is not copied while the app closes: that must be quick. The last automatic backup has it. */
const atCloseBytes = 64 * 1_048_576;

export type MadeBackup = TaskResult<'backup'>;
type Found = Pick<MadeBackup, 'contents' | 'warning' | 'say'>;

export interface BackupService {
  /**
   * Makes a backup and checks it: all pages, the schema and every hash chain. One at a time; another one waits.
   * @param onProgress - pages, first of copying, then of nothing that could be told.
   * @throws {Error} when it could not be written, or is not whole: then there is none.
   */
  make(
    reason: BackupReason,
    onProgress?: (step: 'copying' | 'checking', done: number, total: number) => void,
  ): Promise<MadeBackup>;
  /** Removes one; its files go with it, as far as no other one names them. */
  remove(path: string): Promise<void>;
  /** Runs work over the files of backups while none is made. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** A last backup, when there is something new and it is quick. */
  close(): Promise<void>;
}

export interface BackupServiceParts {
  db: Db;
  database: string;
  folder: string;
  settings: () => Pick<Settings, 'backup_automatic' | 'backup_every_hours' | 'backup_keep'>;
  state: DataStateFile;
  attachments: Pick<AttachmentCare, 'namedBy' | 'namedHere' | 'keep' | 'release'>;
  log: Log;
  now?: () => number;
}

/** Is it time for an automatic backup? Pure. @param changedAt - when something last happened in the log, milliseconds since 1970; 0: never. */
export function isBackupDue(backups: readonly Backup[], changedAt: number, everyHours: number, now: number): boolean {
  const last = backups.reduce((newest, { madeAt }) => Math.max(newest, madeAt), 0);
  return changedAt > last && now - last >= everyHours * hourMs;
}

/** Backs the database up: by the clock, at the end, and whenever somebody asks. */
export function createBackupService(parts: BackupServiceParts): BackupService {
  const { db, database, folder, settings, state, attachments, log, now = Date.now } = parts;
  const lastChange = db.prepare<[], { at: number | null }>('SELECT max(updated_at) AS at FROM sessions');
  const changedAt = () => lastChange.get()?.at ?? 0;
  let running: Promise<unknown> = Promise.resolve();
  const closing = new AbortController();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = running.then(work);
    running = done.catch(() => {});
    return done;
  };

  const release = () =>
    attachments
      .release()
      // They are in the way of nothing, and looked at again the next time.
      .catch((error: unknown) => log.warn('files of old backups could not be removed', { error: String(error) }));

  const removeOld = async () => {
    // While the app closes, files wait for the next start.
    if (removeExpired(folder, settings().backup_keep) > 0 && !closing.signal.aborted) await release();
  };

  const make: BackupService['make'] = (reason, onProgress) =>
    inTurn(async () => {
      const at = now();
      let found: Found = { contents: null, warning: null };
      try {
        const path = await makeBackup(db, folder, at, {
          reason,
          onProgress: (done, total) => onProgress?.('copying', done, total),
          async check(copy) {
            onProgress?.('checking', 0, 0);
            const checked = await checkCopy(copy, closing.signal);
            found = checked.found;
            const named = checked.named ?? (await attachments.namedBy(copy));
            const held = await attachments.keep(named, {
              onProgress: (done, total) => onProgress?.('copying', done, total),
              signal: closing.signal,
            });
            if (found.contents) found = { ...found, contents: { ...found.contents, attachments: held } };
          },
        });
        await removeOld();
        const { warning, say: named } = found;
        state.note({ last_backup: { at, ok: warning === null, message: warning ?? '', ...(named && { say: named }) } });
        log.debug('backup made', { path });
        const backup = describeBackups(folder).find((one) => one.path === path);
        if (!backup) throw new Error('The backup is gone already.');
        return { backup, ...found };
      } catch (error) {
        const message = String((error as Error)?.message ?? error);
        state.note({ last_backup: { at, ok: false, message } });
        log.warn('backup failed', { error: message });
        throw error;
      }
    });

  const atClose = () =>
    inTurn(async () => {
      if (changedAt() <= (listBackups(folder)[0]?.madeAt ?? 0)) return;
      // Nothing is added any more: what is named here is what the copy names, and no thread has to be waited for.
      const { named, bytesToKeep } = attachments.namedHere();
      if (statSync(database).size + bytesToKeep > atCloseBytes) return;
      const at = now();
      try {
        const path = await makeBackup(db, folder, at, {
          async check(copy) {
            if (!isSound(copy)) throw new Error('The copy is damaged.');
            await attachments.keep(named);
          },
        });
        await removeOld();
        state.note({ last_backup: { at, ok: true, message: '' } });
        log.debug('backup made', { path });
      } catch (error) {
        state.note({ last_backup: { at, ok: false, message: String((error as Error)?.message ?? error) } });
        log.warn('backup failed', { error: String(error) });
      }
    });

  const timer = setInterval(() => {
    const { backup_automatic, backup_every_hours } = settings();
    if (
      !backup_automatic ||
      closing.signal.aborted ||
      !isBackupDue(listBackups(folder), changedAt(), backup_every_hours, now())
    )
      return;
    // What went wrong stands in the state and in the log.
    make('automatic').catch(() => {});
  }, lookMs);
  timer.unref();

  return {
    make,
    inTurn,
    remove: (path) =>
      inTurn(async () => {
        removeDatabase(path);
        await release();
      }),
    async close() {
      closing.abort();
      clearInterval(timer);
      await running;
      if (settings().backup_automatic) await atClose();
    },
  };
}

/**
 * What a copy holds. One whose pages are whole but whose log somebody altered is kept all the same: it is what there is, and a restore refuses it by name.
 * @throws {Error} when its pages are damaged.
 */
async function checkCopy(copy: string, signal: AbortSignal): Promise<{ found: Found; named: NamedFile[] | null }> {
  const found = await runOnDatabase({ do: 'look', path: copy }, { signal });
  if (found.ok) return { found: { contents: found.contents, warning: null }, named: found.named };
  if (found.why === 'altered')
    return unsound(
      `The record does not fit its hashes: ${found.detail}.`,
      say('data.copyAltered', { detail: found.detail }),
    );
  if (found.why === 'foreign')
    return unsound(
      `The database has parts that are not of this app: ${found.detail}.`,
      say('data.copyForeign', { detail: found.detail }),
    );
  throw new Error(`The copy is not whole: ${found.detail}`);
}

const unsound = (warning: string, named: Saying) => ({ found: { contents: null, warning, say: named }, named: null });
