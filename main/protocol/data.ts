import { z } from 'zod';
import { Problem } from './errors.ts';
import { SessionId } from './ids.ts';
import { limits } from './limits.ts';
import { query } from './query.ts';
import { Saying } from './saying.ts';

/** Times are milliseconds since 1970, sizes bytes. */
const time = z.number().int().nonnegative();
const count = z.number().int().nonnegative();

/** Why a backup was made: by the clock, by a person, or because what was there was about to be replaced or deleted. */
export const BackupReason = z.enum(['automatic', 'manual', 'before-restore', 'before-deletion']);
export type BackupReason = z.infer<typeof BackupReason>;

/** One file in the folder of backups. */
export const BackupFile = z.object({
  name: z.string(),
  path: z.string(),
  made_at: time,
  bytes: count,
  reason: BackupReason,
});
export type BackupFile = z.infer<typeof BackupFile>;

/** Images and files that messages and drafts name, each once. */
export const FilesHeld = z.object({
  files: count,
  bytes: count,
  /** Of these, the ones whose bytes are nowhere any more, or are not what was sent. */
  missing: count,
});
export type FilesHeld = z.infer<typeof FilesHeld>;

/** What a database holds, after all of it was read: its pages, its schema, and the hash chain of every session. */
export const DatabaseContents = z.object({
  sessions: count,
  events: count,
  bytes: count,
  /** When something last happened in it; null: nothing ever did. */
  newest: time.nullable(),
  /** Absent: nobody looked for them. */
  attachments: FilesHeld.optional(),
});
export type DatabaseContents = z.infer<typeof DatabaseContents>;

const losses = z.object({
  /** Sessions that are here now and not in the backup. */
  missing: count,
  /** Sessions of which something is here now that is not in the backup. */
  older: count,
  /** The first few of both, the newest first. */
  titles: z.array(z.string()).max(10),
});

/** What a backup holds, and what restoring it would take away. */
export const BackupContents = DatabaseContents.extend({
  /** Of a backup of the list; of a file, its last change. */
  made_at: time.nullable(),
  /** Sessions that are in the backup and not here now. */
  brings: count,
  loses: losses,
});
export type BackupContents = z.infer<typeof BackupContents>;

const taskResults = {
  /** `warning`: the file is whole, but what stands in its log is not what was written; `say` names it. */
  backup: z.object({
    backup: BackupFile,
    contents: DatabaseContents.nullable(),
    warning: z.string().nullable(),
    say: Saying.optional(),
  }),
  look: BackupContents,
  /** It waits for the next start. `restart`: the app can begin that itself (`restart`). */
  restore: z.object({ contents: BackupContents, restart: z.boolean() }),
  export: z.object({ path: z.string(), bytes: count, sessions: count, attachments: count, missing: count }),
  retention: z.object({ deleted: count, kept: count, backup: BackupFile.nullable() }),
} as const;

/** Something that takes a while; one at a time. */
export const DataTask = z.object({
  task_id: z.string(),
  kind: z.enum(['backup', 'look', 'restore', 'export', 'retention']),
  state: z.enum(['running', 'done', 'failed']),
  /** What it is at. */
  step: z.enum(['copying', 'checking', 'writing', 'deleting']),
  /** How far this step is; `total` 0: that cannot be told. */
  done: count,
  total: count,
  started_at: time,
  /** By its kind: see the question that began it. */
  result: z.union([z.null(), ...Object.values(taskResults)]),
  problem: Problem.nullable(),
});
export type DataTask = z.infer<typeof DataTask>;
export type TaskKind = DataTask['kind'];
export type TaskResult<K extends TaskKind> = z.infer<(typeof taskResults)[K]>;

/** How the last attempt at something that happens by itself ended. `say` names the message, where it is the app's own. */
export const LastRun = z.object({ at: time, ok: z.boolean(), message: z.string(), say: Saying.optional() });
export type LastRun = z.infer<typeof LastRun>;

export const DataOverview = z.object({
  home: z.string(),
  backup_folder: z.string(),
  backups: z.array(BackupFile),
  last_backup: LastRun.nullable(),
  /** A restore that waits for the next start. */
  planned_restore: z.object({ name: z.string(), made_at: time.nullable(), planned_at: time }).nullable(),
  last_restore: LastRun.nullable(),
  last_retention: LastRun.nullable(),
  /** The app can start again by itself; else a person has to. */
  can_restart: z.boolean(),
  /** What is under way, or ended last. */
  task: DataTask.nullable(),
});
export type DataOverview = z.infer<typeof DataOverview>;

export const DiskUse = z.object({
  database: count,
  /** Room inside the database that nothing stands in any more; it is used again. */
  unused: count,
  attachments: count,
  backups: count,
  logs: count,
  /** What was read of the CLIs' own conversations. */
  vault: count,
  /** CLIs the app installed itself, and everything else in its folder. */
  other: count,
  total: count,
  /** The largest sessions, by the bytes of their events. */
  sessions: z.array(
    z.object({ session_id: SessionId, title: z.string(), archived: z.boolean(), bytes: count, events: count }),
  ),
});
export type DiskUse = z.infer<typeof DiskUse>;

/** Which archived sessions a retention would delete. */
export const RetentionPreview = z.object({
  /** Sessions in which nothing happened since then. */
  before: time,
  sessions: count,
  /** Archived and old enough, but a turn, a question, a queue or a goal is there. */
  kept: count,
  bytes: count,
  /** The first of them, the oldest first. */
  titles: z.array(z.string()).max(50),
});
export type RetentionPreview = z.infer<typeof RetentionPreview>;

export const LogLevel = z.enum(['debug', 'info', 'warn', 'error']);
export const LogLine = z.object({
  /** Names the line within its file. */
  id: z.string(),
  at: time.nullable(),
  level: LogLevel,
  text: z.string(),
});
export type LogLine = z.infer<typeof LogLine>;
export const LogPage = z.object({
  file: z.string(),
  /** Oldest first. */
  lines: z.array(LogLine),
  /** What the files are now; asked with it again, nothing is read as long as they are the same. */
  version: z.string(),
  /** Nothing is new since `unless`: `lines` is empty. */
  same: z.boolean(),
  /** There is more before the first line than was looked through or fits. */
  more: z.boolean(),
});
export type LogPage = z.infer<typeof LogPage>;

/** A backup by its name in the list, or any file on the machine of the app by its absolute path. */
const source = z.string().min(1).max(limits.pathChars);

/** Backups, what happens by itself, and what is under way. Answer: `DataOverview`. */
export const DataOverviewQuery = query('data_overview', {});
/** How far something is. Answer: `DataTask`. */
export const DataTaskQuery = query('data_task', { task_id: z.string().max(64) });
/** Begins a backup. Answer: `DataTask`, in the end with `{backup, contents, warning}`. */
export const BackupMake = query('backup_make', {});
/** Removes one backup of the list. */
export const BackupDelete = query('backup_delete', { name: z.string().min(1).max(100) });
/** Reads all of a backup. Answer: `DataTask`, in the end with `BackupContents`. */
export const BackupLook = query('backup_look', { source });
/**
 * Copies and checks a backup, and notes that it is to be opened at the next start; until then nothing changes. Answer: `DataTask`, in the end with
 * `{contents, restart}`.
 */
export const RestorePlan = query('restore_plan', { source });
/** Forgets a restore that waits for the next start. */
export const RestoreCancel = query('restore_cancel', {});
/**
 * Writes every session, and the files that stand in them, into one ZIP archive. `path`: absolute, of a file that does not exist, or a folder; absent:
 * the folder `exports` in the data folder. Answer: `DataTask`, in the end with `{path, bytes, sessions, attachments, missing}`.
 */
export const ExportEverything = query('export_everything', {
  format: z.enum(['json', 'md', 'html']).default('json'),
  path: z.string().min(1).max(limits.pathChars).optional(),
});
/** Which archived sessions have not changed for so many days. Answer: `RetentionPreview`. */
export const RetentionPreviewQuery = query('retention_preview', { days: z.number().int().min(1).max(36_500) });
/**
 * Makes a backup, then deletes the archived sessions in which nothing happened since `before`, as a preview named it. Answer: `DataTask`, in the end
 * with `{deleted, kept, backup}`.
 */
export const RetentionRun = query('retention_run', { before: time });
/** Answer: `DiskUse`. */
export const DiskUseQuery = query('disk_use', {});
/** The last lines of the log, secrets taken out. Answer: `LogPage`. */
export const LogRead = query('log_read', {
  /** Lines of this level and above. */
  level: LogLevel.default('info'),
  /** Words that stand in the line, whatever their case. */
  text: z.string().trim().min(1).max(200).optional(),
  limit: z.number().int().min(1).max(1000).default(400),
  /** `version` of the answer before. */
  unless: z.string().max(100).optional(),
});

export const dataQueries = [
  DataOverviewQuery,
  DataTaskQuery,
  BackupMake,
  BackupDelete,
  BackupLook,
  RestorePlan,
  RestoreCancel,
  ExportEverything,
  RetentionPreviewQuery,
  RetentionRun,
  DiskUseQuery,
  LogRead,
] as const;
