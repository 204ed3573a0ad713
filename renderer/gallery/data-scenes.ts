import type {
  BackupContents,
  BackupFile,
  BackupReason,
  DataOverview,
  DataTask,
  DiskUse,
  LogPage,
  RetentionPreview,
} from '../../main/protocol/data.ts';
import type { Problem } from '../../main/protocol/errors.ts';
import type { ClientFrame } from '../../main/protocol/frames.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import { say } from '../../main/protocol/saying.ts';
import { plainDesktop } from './desktop-scenes.ts';
import { claude, demo } from './samples.ts';
import type { Scene } from './scene.ts';

const home = '/home/ada/.local/share/quarterdeck';
const hour = 3_600_000;
const mb = 1_048_576;
const providers = [claude, demo];

const backup = (ago: number, bytes: number, reason: BackupReason = 'automatic'): BackupFile => {
  const made_at = Date.now() - ago;
  const name = `quarterdeck-${made_at}${reason === 'automatic' ? '' : `-${reason}`}.db`;
  return { name, path: `${home}/backups/${name}`, made_at, bytes, reason };
};
const backups = [
  backup(0.4 * hour, 41.2 * mb),
  backup(1.4 * hour, 41 * mb, 'manual'),
  backup(2.4 * hour, 40.7 * mb),
  backup(26 * hour, 39.5 * mb, 'before-deletion'),
  backup(30 * hour, 44 * mb),
  backup(54 * hour, 43 * mb),
  backup(80 * hour, 42 * mb, 'before-restore'),
];

const contents: BackupContents = {
  ...{
    sessions: 34,
    events: 12_408,
    bytes: 39.5 * mb,
    newest: Date.now() - 27 * hour,
    made_at: Date.now() - 26 * hour,
    attachments: { files: 212, bytes: 84 * mb, missing: 2 },
  },
  brings: 3,
  loses: {
    missing: 2,
    older: 4,
    titles: ['Retry with jitter in the net layer', 'Nightly report', 'Release notes for 4.2'],
  },
};
const task = (kind: DataTask['kind'], result: DataTask['result']): DataTask => ({
  ...{ task_id: `task_${kind}`, kind, state: result === null ? 'running' : 'done', step: 'checking' },
  ...{ done: 0, total: 0, started_at: Date.now(), result, problem: null },
});
const results: Partial<Record<DataTask['kind'], DataTask['result']>> = {
  backup: { backup: backups[0]!, contents, warning: null },
  look: contents,
  restore: { contents, restart: false },
  export: {
    path: `${home}/exports/quarterdeck-2026-11-08-1551.zip`,
    bytes: 73 * mb,
    sessions: 34,
    attachments: 12,
    missing: 1,
  },
  retention: { deleted: 12, kept: 1, backup: backups[3]! },
};

const overview = (state: Scene['data']): DataOverview => ({
  home,
  backup_folder: `${home}/backups`,
  backups: state === 'empty' ? [] : backups,
  last_backup:
    state === 'empty'
      ? null
      : state === 'waiting'
        ? { at: Date.now() - hour, ok: false, message: 'database or disk is full' }
        : { at: backups[0]!.made_at, ok: true, message: '' },
  planned_restore:
    state === 'waiting' ? { name: backups[3]!.name, made_at: backups[3]!.made_at, planned_at: Date.now() } : null,
  last_restore: null,
  last_retention: state === 'empty' ? null : { at: Date.now() - 26 * hour, ok: true, message: '' },
  can_restart: true,
  task: state === 'waiting' ? { ...task('export', null), step: 'writing', done: 12, total: 34 } : null,
});

const disk = (state: Scene['data']): DiskUse => ({
  ...{ database: 41.2 * mb, unused: 6 * mb, attachments: 23 * mb, backups: 291 * mb, logs: 7 * mb, vault: 118 * mb },
  ...{ other: 260 * mb, total: 740 * mb },
  sessions:
    state === 'empty'
      ? []
      : [
          'Retry with jitter in the net layer',
          'Move the billing worker to the new queue, and keep the old one for a week',
          'Nightly report',
        ].map((title, at) => ({
          session_id: `ses_large000${at}` as SessionId,
          title,
          archived: at === 2,
          bytes: (14 - 5 * at) * mb,
          events: 4_100 - 1_300 * at,
        })),
});

const log: LogPage = {
  file: `${home}/logs/main.log`,
  version: '1',
  same: false,
  more: true,
  lines: (
    [
      ['info', 'started {"composition":"headless","url":"http://127.0.0.1:8741/","version":"0.1.0"}'],
      ['info', 'a connection was opened {"door":"websocket","client":"Firefox 142 on Linux"}'],
      ['warn', 'the usual port is taken; another one is used {"port":8741}'],
      ['info', 'archived sessions were deleted {"deleted":12,"kept":1}'],
      [
        'error',
        'an agent ended by itself {"provider":"codex","exit_code":101,"stderr":"thread main panicked: [redacted]"}',
      ],
    ] as const
  ).map(([level, text], at) => ({ id: `0.${at}`, at: Date.now() - (5 - at) * 60_000, level, text })),
};

const failing: Problem = {
  code: 'storage_failed',
  say: say('storage.failed'),
  message: 'The database could not be written.',
  impact: 'Nothing new can be stored. What was stored before is safe.',
  next: 'Run "quarterdeck doctor" to see why, then try again.',
};

const refusals: Record<DataTask['kind'], Problem> = {
  backup: {
    code: 'storage_full',
    say: say('data.backupFailed', { full: 1 }),
    message: 'The backup could not be made.',
    impact: 'There is no new backup; the older ones are as they were.',
    next: 'Free some space on the disk, then try again.',
    detail: 'database or disk is full',
  },
  look: {
    code: 'conflict',
    say: say('data.altered'),
    message: 'The record in this backup was altered: it does not fit its hashes.',
    impact: 'Nothing was changed.',
    next: 'Choose another backup; the details name the session.',
    detail: 'ses_V1StGXR8Z5: event 12 does not fit its hash',
  },
  restore: {
    code: 'storage_failed',
    say: say('data.restoreFailed', { full: 0 }),
    message: 'The backup could not be copied.',
    impact: 'Nothing was changed; nothing will be restored.',
    next: 'Look at the details, then try again.',
    detail: 'EIO: i/o error, write',
  },
  export: {
    code: 'storage_failed',
    say: say('data.exportFailed', { full: 0 }),
    message: 'The archive could not be written.',
    impact: 'There is no archive; your sessions are as they were.',
    next: 'Look at the details, then try again.',
    detail: "EACCES: permission denied, open '/media/ada/stick/quarterdeck-2026-11-08-1551.zip.part'",
  },
  retention: {
    code: 'storage_full',
    say: say('data.retentionFailed', { full: 1 }),
    message: 'The archived sessions could not be deleted.',
    impact: 'What was not deleted is as it was.',
    next: 'Free some space on the disk, then try again.',
    detail: 'database or disk is full',
  },
};
const restoredWith = (lost: number): Problem => ({
  code: 'interrupted',
  tone: lost > 0 ? 'note' : 'good',
  say: say('data.restored', {
    ...{ made: '2026-11-07 13:51', name: 'quarterdeck-1794059460000.db' },
    ...{ before: 'quarterdeck-1794153060000-before-restore.db', aside: 0, lost },
  }),
  message: 'The backup of 2026-11-07 13:51 UTC was restored (quarterdeck-1794059460000.db).',
  impact: `What was here before is kept as quarterdeck-1794153060000-before-restore.db in the list of backups.${lost > 0 ? ` ${lost} files of messages are missing: nowhere on this disk is what was sent.` : ''} Keys, devices, sign-ins and lasting permissions are as they were before the restore.`,
  next: 'To go back, restore that copy in Settings > Data. Archived sessions are not deleted by themselves until you switch that on there.',
});

/** What the gateway answers to questions about the data as a whole; null: it is none of those questions. */
export function dataAnswer(frame: ClientFrame, scene: Scene): { ok: boolean; value: unknown } | null {
  const state = scene.data ?? 'filled';
  const ok = (value: unknown) => ({ ok: true, value });
  switch (frame.type) {
    case 'data_overview':
      return state === 'failing' ? { ok: false, value: failing } : ok(overview(state));
    case 'disk_use':
      return ok(disk(state));
    case 'retention_preview': {
      const some = state !== 'empty';
      const preview: RetentionPreview = {
        ...{ before: 0, sessions: some ? 12 : 0, kept: some ? 1 : 0, bytes: some ? 8 * mb : 0 },
        titles: some ? ['Try the new linter', 'Draft of the talk'] : [],
      };
      return ok(preview);
    }
    case 'log_read':
      return ok(frame.unless === log.version ? { ...log, lines: [], same: true } : log);
    case 'data_task': {
      const kind = frame.task_id.slice('task_'.length) as DataTask['kind'];
      if (state === 'refusing') return ok({ ...task(kind, null), state: 'failed', problem: refusals[kind] });
      return ok(state === 'waiting' ? { ...overview(state).task } : task(kind, results[kind] ?? null));
    }
    case 'backup_make':
      return ok(task('backup', null));
    case 'backup_look':
      return ok(task('look', null));
    case 'restore_plan':
      return ok(task('restore', null));
    case 'export_everything':
      return ok(task('export', null));
    case 'retention_run':
      return ok(task('retention', null));
    default:
      return null;
  }
}

const pane = (tab: 'data' | 'diagnostics' | 'about', more: Partial<Scene> = {}): Scene => ({
  sessions: [],
  providers,
  route: { name: 'settings', tab },
  ...more,
});

/** The pane of the data in every state, the log below the doctor, and what the app is made of. */
export const dataScenes: Record<string, Scene> = {
  data: pane('data'),
  'data-empty': pane('data', { data: 'empty' }),
  'data-failing': pane('data', { data: 'failing' }),
  'data-waiting': pane('data', { data: 'waiting' }),
  'data-refusing': pane('data', { data: 'refusing' }),
  'data-restored': pane('data', { notices: [restoredWith(0)] }),
  'data-restored-in-part': pane('data', {
    notices: [restoredWith(2)],
  }),
  'data-window': pane('data', { desktop: plainDesktop }),
  'data-narrow-key': pane('data', { scopes: ['chat', 'sessions:read', 'server:read'] }),
  'diagnostics-narrow-key': pane('diagnostics', { scopes: ['chat', 'sessions:read', 'server:read'] }),
};
