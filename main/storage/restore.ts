import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { namedFilesIn } from './attachment-uses.ts';
import { backupName, isSound, makeSelfContained } from './backups.ts';
import { bringBackFiles } from './kept-files.ts';
import { openDatabase } from './open-database.ts';

/**
 * Opening a backup in the place of the database, in two halves. While the app runs, the backup is copied and checked, and a note of it is written last:
 * from that moment on it is decided. The next start carries it out before it opens anything. Each step is one rename, and says by what it leaves
 * behind how far it came, so that a start after a kill at any place goes on there: there is always the state of before, or that of the backup.
 */
export interface RestorePaths {
  database: string;
  backups: string;
  /** Folder of its own: the checked copy, and the note. */
  restore: string;
  /** Images and files of messages. */
  attachments: string;
}

export interface RestoreNote {
  /** What was restored, as a person knows it: the name of a backup, or of a file. */
  name: string;
  /** When that was made; null: nobody knows. */
  made_at: number | null;
  planned_at: number;
}

export type RestoreOutcome =
  /** `missing`: files of messages that the backup names and nobody has any more. */
  | { ok: true; note: RestoreNote; kept: string | null; aside: string | null; missing: number }
  | { ok: false; note: RestoreNote; error: string };

const placesOf = ({ restore }: Pick<RestorePaths, 'restore'>) => ({
  /** What is copied and checked. */
  copy: join(restore, 'copy.db'),
  /** What was checked. */
  checked: join(restore, 'checked.db'),
  note: join(restore, 'note.json'),
});

/** The databases that are about to be restored: the files they name are needed. */
export function plannedCopies(restore: string): string[] {
  const { copy, checked } = placesOf({ restore });
  return [copy, checked].filter((path) => existsSync(path));
}

/** Where a backup is copied to before it is checked. What an earlier attempt left there is gone. */
export function beginRestore(paths: RestorePaths): string {
  cancelRestore(paths);
  mkdirSync(paths.restore, { recursive: true, mode: 0o700 });
  return placesOf(paths).copy;
}

/** The copy was found to be whole: from now on the next start opens it. */
export function planRestore(paths: RestorePaths, note: RestoreNote): void {
  const { copy, checked, note: file } = placesOf(paths);
  syncFile(copy);
  renameSync(copy, checked);
  writeFileSync(`${file}.part`, JSON.stringify(note), { mode: 0o600, flush: true });
  syncFolder(paths.restore);
  renameSync(`${file}.part`, file);
  syncFolder(paths.restore);
}

/** Nothing is restored at the next start. The note goes first: without it, the rest means nothing. */
export function cancelRestore(paths: RestorePaths): void {
  rmSync(placesOf(paths).note, { force: true });
  rmSync(paths.restore, { recursive: true, force: true });
}

/** The restore that waits for the next start; null: none. */
export function plannedRestore(paths: RestorePaths): RestoreNote | null {
  try {
    const { name, made_at, planned_at } = JSON.parse(readFileSync(placesOf(paths).note, 'utf8')) as RestoreNote;
    return typeof name === 'string' && typeof planned_at === 'number'
      ? { name, made_at: made_at ?? null, planned_at }
      : null;
  } catch {
    return null;
  }
}

/**
 * Carries out what was planned, before the database is opened. What was here is kept as a backup. Who may come in, with what, and what they were allowed
 * stays as it is now: a backup lets nobody in again.
 * @param step - told after each step that changed something on disk; for tests that end the process there.
 * @returns null when nothing was planned. An outcome that is not ok has changed nothing.
 */
export function applyPlannedRestore(
  paths: RestorePaths,
  now: number,
  step: (name: string) => void = () => {},
): RestoreOutcome | null {
  const note = plannedRestore(paths);
  if (!note) {
    // Half a copy, and nothing that was decided.
    rmSync(paths.restore, { recursive: true, force: true });
    return null;
  }
  const { checked } = placesOf(paths);
  const kept = join(paths.backups, backupName(note.planned_at, 'before-restore'));
  const aside = `${paths.database}.damaged-${note.planned_at}`;
  let missing = 0;
  try {
    if (existsSync(checked)) {
      if (existsSync(paths.database)) {
        if (!isSound(checked)) throw new Error('The copy that was to be restored is damaged now.');
        const whole = closeUp(paths.database);
        step('closed up');
        prepare(checked, whole ? paths.database : null, now);
        step('prepared');
        mkdirSync(paths.backups, { recursive: true, mode: 0o700 });
        // Nothing of its log of writes may ever stand beside the other one.
        for (const suffix of ['-wal', '-shm']) moveAway(paths.database + suffix, aside + suffix);
        renameSync(paths.database, whole ? kept : aside);
        syncFolder(paths.backups);
        step('set aside');
      }
      for (const suffix of ['-wal', '-shm']) moveAway(paths.database + suffix, aside + suffix);
      // Before the database that names them: at no moment does it name a file that could have been there and is not.
      missing = bringBackFiles(namedFilesIn(checked), paths.attachments, paths.backups);
      step('files');
      renameSync(checked, paths.database);
      syncFolder(join(paths.database, '..'));
      step('in place');
    }
    cancelRestore(paths);
    step('forgotten');
    return {
      ok: true,
      note,
      kept: existsSync(kept) ? basename(kept) : null,
      aside: existsSync(aside) ? basename(aside) : null,
      missing,
    };
  } catch (error) {
    // What was here goes back to its place, where it left it.
    if (!existsSync(paths.database)) for (const from of [kept, aside]) moveAway(from, paths.database);
    try {
      cancelRestore(paths);
    } catch {
      // A disk that takes nothing; the next start tries the same again.
    }
    return { ok: false, note, error: String((error as Error)?.message ?? error) };
  }
}

const moveAway = (from: string, to: string): void => {
  if (existsSync(from) && !existsSync(to)) renameSync(from, to);
};

/** Takes what stands in the log of writes into the file itself. @returns whether it is a whole database. */
function closeUp(path: string): boolean {
  try {
    openDatabase(path).close();
    makeSelfContained(path);
    return isSound(path);
  } catch (error) {
    // Of a newer version: that is no damage, and it must not be replaced.
    if (String((error as Error)?.message).startsWith('schema_too_new')) throw error;
    return false;
  }
}

/** Who may come in, with which key, and what agents may do without asking. */
const access = [
  'api_keys',
  'devices',
  'logins',
  'sign_in',
  'gateway_identity',
  'provider_keys',
  'folder_rules',
] as const;

/**
 * Brings the copy up to this version, and takes over from the present what no backup may change. Done again after a kill, it comes to the same.
 * Archived sessions are not deleted by themselves any more: what was brought back would go again within a minute.
 */
function prepare(copy: string, present: string | null, now: number): void {
  const db = openDatabase(copy);
  try {
    if (present !== null) db.prepare('ATTACH ? AS present').run(present);
    db.transaction(() => {
      if (present !== null) {
        for (const table of access) {
          db.exec(`DELETE FROM main.${table}`);
          db.exec(`INSERT INTO main.${table} SELECT * FROM present.${table}`);
        }
        db.exec(`DELETE FROM main.settings WHERE name IN ('gateway', 'gateway_origins')`);
        db.exec(
          `INSERT INTO main.settings SELECT * FROM present.settings WHERE name IN ('gateway', 'gateway_origins')`,
        );
        db.exec('INSERT OR REPLACE INTO main.deleted_sessions SELECT * FROM present.deleted_sessions');
      }
      db.exec('DELETE FROM main.deleted_sessions WHERE session_id IN (SELECT session_id FROM main.sessions)');
      // Nobody signs in by a login that has ended since.
      db.prepare('DELETE FROM main.logins WHERE expires_at < ?').run(now);
      db.exec(`DELETE FROM main.settings WHERE name = 'delete_archived_after_days'`);
    }).immediate();
    if (present !== null) db.exec('DETACH present');
  } finally {
    db.close();
  }
  makeSelfContained(copy);
  syncFile(copy);
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A rename is on disk once its folder is; Windows has no such thing. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
