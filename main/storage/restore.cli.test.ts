import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSound, listBackups, makeBackup } from './backups.ts';
import { backupFiles } from './kept-files.ts';
import { type Db, openDatabase } from './open-database.ts';
import { openWithRecovery } from './recovery.ts';
import { applyPlannedRestore, beginRestore, planRestore, type RestorePaths } from './restore.ts';

let folder: string;
let paths: RestorePaths;

const note = { name: 'a backup', made_at: 1_700_000_000_000, planned_at: 1_800_000_000_000 };
/** Each state names a file of its own. */
const idOf = (text: string) => createHash('sha256').update(text).digest('hex');
const write = (db: Db, text: string) =>
  db
    .prepare('INSERT OR REPLACE INTO drafts (key, text, rev, written_at, attachments) VALUES (?, ?, 1, 1, ?)')
    .run('new', text, JSON.stringify([{ attachment_id: idOf(text), bytes: text.length }]));
const fileOf = (text: string) => join(paths.attachments, idOf(text), 'content');
const read = (db: Db) => db.prepare('SELECT text FROM drafts').pluck().get();

/** A present with something in its log of writes, and a plan to restore what was before. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-restore-'));
  paths = {
    database: join(folder, 'quarterdeck.db'),
    backups: join(folder, 'backups'),
    restore: join(folder, 'restore'),
    attachments: join(folder, 'attachments'),
  };
  // That of the backup is with the backups alone, that of now is here alone.
  mkdirSync(backupFiles(paths.backups), { recursive: true });
  writeFileSync(join(backupFiles(paths.backups), idOf('then')), 'then');
  mkdirSync(dirname(fileOf('now')), { recursive: true });
  writeFileSync(fileOf('now'), 'now');
  const db = openDatabase(paths.database);
  write(db, 'then');
  const copy = await makeBackup(db, join(folder, 'elsewhere'), 1_700_000_000_000);
  write(db, 'now');
  db.close();
  writeFileSync(beginRestore(paths), readFileSync(copy));
  planRestore(paths, note);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Carries it out in a process of its own, which is killed at that step. */
async function killedAt(step: string): Promise<void> {
  const program = join(import.meta.dirname, 'restore-killed-test-support.ts');
  const child = spawn(
    process.execPath,
    [program, paths.database, paths.backups, paths.restore, paths.attachments, step],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () => reject(new Error(`it ended before "${step}"`)));
  });
  const gone = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  child.kill('SIGKILL');
  expect(await gone).toBe('SIGKILL');
}

describe('a restore that is killed', () => {
  it.each(['closed up', 'prepared', 'set aside', 'files', 'in place', 'forgotten'])(
    'at "%s" is finished by the next start, with both states whole and every file there that the open one names',
    async (step) => {
      await killedAt(step);
      if (existsSync(paths.database)) {
        // Wherever it was killed: what stands in the place of the database names nothing that is gone.
        const between = new Database(paths.database, { readonly: true });
        const named = read(between) as string;
        between.close();
        expect(readFileSync(fileOf(named), 'utf8')).toBe(named);
      }
      const outcome = applyPlannedRestore(paths, Date.now());
      if (step === 'forgotten') expect(outcome).toBeNull();
      else expect(outcome).toMatchObject({ ok: true, kept: 'quarterdeck-1800000000000-before-restore.db', missing: 0 });
      for (const text of ['then', 'now']) expect(readFileSync(fileOf(text), 'utf8')).toBe(text);
      const { db, notices } = openWithRecovery(paths.database, paths.backups, 42, true);
      expect([read(db), notices]).toEqual(['then', []]);
      db.close();
      const [kept, ...others] = listBackups(paths.backups);
      expect(others).toEqual([]);
      expect(isSound(kept!.path)).toBe(true);
      const before = openDatabase(kept!.path);
      expect(read(before)).toBe('now');
      before.close();
      expect(existsSync(paths.restore)).toBe(false);
      expect(readdirSync(folder).sort()).toEqual(['attachments', 'backups', 'elsewhere', 'quarterdeck.db']);
    },
  );

  it('while it was still copying, or before the note of it was written, never was', () => {
    rmSync(join(paths.restore, 'note.json'));
    writeFileSync(join(paths.restore, 'copy.db'), 'half a copy');
    expect(applyPlannedRestore(paths, Date.now())).toBeNull();
    const { db } = openWithRecovery(paths.database, paths.backups, 42, true);
    expect(read(db)).toBe('now');
    db.close();
    expect(existsSync(paths.restore)).toBe(false);
  });
});

describe('a restore that cannot be carried out', () => {
  it('leaves everything as it was when the copy was damaged in the meantime, and is not tried again', () => {
    const checked = join(paths.restore, 'checked.db');
    writeFileSync(checked, readFileSync(checked).fill(0xee, 4096, 8192));
    expect(applyPlannedRestore(paths, Date.now())).toMatchObject({
      ok: false,
      error: expect.stringContaining('damaged'),
    });
    expect(applyPlannedRestore(paths, Date.now())).toBeNull();
    const db = openDatabase(paths.database);
    expect(read(db)).toBe('now');
    db.close();
  });

  it('tells how many files nobody has any more, and opens the rest', () => {
    rmSync(backupFiles(paths.backups), { recursive: true });
    expect(applyPlannedRestore(paths, Date.now())).toMatchObject({ ok: true, missing: 1 });
    expect(existsSync(fileOf('then'))).toBe(false);
  });

  it('puts back what was set aside when the other one cannot take its place', () => {
    rmSync(paths.backups, { recursive: true });
    writeFileSync(paths.backups, 'a file where the folder should be');
    expect(applyPlannedRestore(paths, Date.now())).toMatchObject({ ok: false });
    const db = openDatabase(paths.database);
    expect(read(db)).toBe('now');
    db.close();
  });

  it('never replaces a database of a newer version', () => {
    const db = openDatabase(paths.database);
    db.pragma('user_version = 99990');
    db.close();
    expect(applyPlannedRestore(paths, Date.now())).toMatchObject({
      ok: false,
      error: expect.stringContaining('schema_too_new'),
    });
    expect(listBackups(paths.backups)).toEqual([]);
  });

  it('keeps a damaged database beside the restored one', () => {
    writeFileSync(paths.database, 'nonsense '.repeat(1000));
    expect(applyPlannedRestore(paths, Date.now())).toMatchObject({
      ok: true,
      kept: null,
      aside: 'quarterdeck.db.damaged-1800000000000',
    });
    expect(readFileSync(`${paths.database}.damaged-1800000000000`, 'utf8')).toContain('nonsense');
    const db = openDatabase(paths.database);
    expect(read(db)).toBe('then');
    db.close();
  });
});
