import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../orchestrator/ports.ts';
import type { FilesHeld } from '../protocol/data.ts';
import type { AttachmentStore } from '../storage/attachment-store.ts';
import { type AttachmentUses, createAttachmentUses, type NamedFile, namedFiles } from '../storage/attachment-uses.ts';
import { listBackups } from '../storage/backups.ts';
import { runOnDatabase } from '../storage/database-thread.ts';
import { backupFiles, releaseFiles, takeFiles } from '../storage/kept-files.ts';
import type { Db } from '../storage/open-database.ts';
import { isFileOf } from '../storage/place-file.ts';
import { plannedCopies } from '../storage/restore.ts';

export interface AttachmentCareParts {
  db: Db;
  attachments: Pick<AttachmentStore, 'ids' | 'unused' | 'takeAway' | 'overwriteGone' | 'removeStale'>;
  paths: { attachments: string; backups: string; restore: string };
  log: Log;
  /** The app is closing: what can wait for the next start does. */
  signal: AbortSignal;
}

export interface AttachmentCare {
  /** What a database names, apart from the thread that serves everybody. */
  namedBy(copy: string): Promise<NamedFile[]>;
  /**
   * Puts these files beside the backups. @param elsewhere - where they lie if their database comes from elsewhere.
   * @throws {Error} when the disk takes no more.
   */
  keep(
    named: readonly NamedFile[],
    options?: { onProgress?: (done: number, total: number) => void; signal?: AbortSignal; elsewhere?: string },
  ): Promise<FilesHeld>;
  /** What is named here and now, and how many bytes of that no backup has yet. */
  namedHere(): { named: NamedFile[]; bytesToKeep: number };
  /** Gives every backup what it names and is still here: one of an older version holds no file yet, nor does the one of before a restore. */
  completeBackups(): Promise<void>;
  /** Removes from the folder of backups what no backup names any more. */
  release(): Promise<void>;
  /** Removes what deleted sessions named and nothing else does. */
  removeLetGo(): Promise<void>;
  /** Removes what nothing has referred to for a day. Only after `completeBackups`: a backup may name it, and have it from nowhere else. */
  sweep(): Promise<void>;
}

/** How many files are looked at before everybody else has their turn. */
const atOnce = 200;

/**
 * Which files of messages stay on the disk, and where. One of its works at a time (the caller's part): a file must not be overwritten here while a backup
 * is given another name of it.
 */
export function createAttachmentCare(parts: AttachmentCareParts): AttachmentCare {
  const { db, attachments, paths, log, signal } = parts;
  const uses: AttachmentUses = createAttachmentUses(db);
  const kept = backupFiles(paths.backups);
  const namedIn = (files: readonly string[], options: { signal: AbortSignal }): Promise<NamedFile[]> =>
    files.length === 0 ? Promise.resolve([]) : runOnDatabase({ do: 'named', paths: files }, options);
  const ofBackups = () =>
    namedIn(
      listBackups(paths.backups).map(({ path }) => path),
      { signal },
    );

  /** A restore that waits for the next start may find here what its backup names. */
  const mayBeNeeded = () => existsSync(paths.restore);
  const finish = async (removed: number) => {
    await attachments.overwriteGone(signal);
    if (removed > 0) log.info('files that nothing refers to were removed', { removed });
  };

  return {
    namedHere() {
      const named = namedFiles(db);
      const waiting = named.filter(({ attachment_id, bytes }) => !isFileOf(join(kept, attachment_id), bytes));
      return { named, bytesToKeep: waiting.reduce((sum, { bytes }) => sum + bytes, 0) };
    },

    namedBy: (copy) => namedIn([copy], { signal }),
    keep: (named, { elsewhere, ...options } = {}) =>
      takeFiles(named, kept, { own: paths.attachments, elsewhere }, options),

    async completeBackups() {
      await takeFiles(await ofBackups(), kept, { own: paths.attachments }, { signal });
    },

    async release() {
      // What is to be restored at the next start names files as well.
      const named = [...(await ofBackups()), ...(await namedIn(plannedCopies(paths.restore), { signal }))];
      const removed = await releaseFiles(kept, new Set(named.map(({ attachment_id }) => attachment_id)), signal);
      if (removed > 0) log.info('files that no backup names were removed', { removed });
    },

    async removeLetGo() {
      await attachments.overwriteGone(signal);
      if (mayBeNeeded()) return;
      let removed = 0;
      // Looked at and taken away in one go: nobody can begin to refer to it in between.
      for (const id of uses.letGo()) {
        if (uses.isNamed(id)) uses.settled(id);
        else if (attachments.takeAway(id)) {
          uses.settled(id);
          removed += 1;
        }
      }
      await finish(removed);
    },

    async sweep() {
      if (mayBeNeeded()) return;
      for (const [at, id] of attachments.ids().entries()) {
        if (!uses.isNamed(id)) attachments.unused(id);
        if (at % atOnce === atOnce - 1) await new Promise((resolve) => setImmediate(resolve));
      }
      await finish(attachments.removeStale());
    },
  };
}
