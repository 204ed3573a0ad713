import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyFile } from '../cli/verify-file.ts';
import type { BackupContents, DataOverview, DiskUse, RetentionPreview } from '../protocol/data.ts';
import { type Backup, isSound, listBackups } from '../storage/backups.ts';
import { openDatabase } from '../storage/open-database.ts';
import { isBackupDue } from './backup-service.ts';
import { DataWorld, dayMs } from './data-test-support.ts';

let world: DataWorld;
beforeEach(() => {
  world = new DataWorld();
});
afterEach(() => world.end());

describe('a backup', () => {
  it('is a whole copy that was checked, says what it holds, and leaves nothing else behind', async () => {
    await world.spoken('one');
    await world.spoken('two');
    const { backup, contents, warning } = await world.done('backup', 'backup_make');
    expect(contents).toMatchObject({ sessions: 2, newest: world.clock.now() });
    expect(contents?.events).toBeGreaterThan(6);
    expect(warning).toBeNull();
    expect(backup).toMatchObject({ reason: 'manual', bytes: statSync(backup.path).size });
    expect(readdirSync(world.paths.backups)).toEqual([backup.name]);
    expect(isSound(backup.path)).toBe(true);
    const { last_backup, backups } = await world.query<DataOverview>('data_overview');
    expect(last_backup).toMatchObject({ ok: true });
    expect(backups).toEqual([backup]);
  });

  it('of a record that somebody altered is kept, and says so', async () => {
    const session_id = await world.spoken('one');
    world.db
      .prepare(`UPDATE events SET body = replace(body, 'You said', 'You shouted') WHERE session_id = ?`)
      .run(session_id);
    const { contents, warning } = await world.done('backup', 'backup_make');
    expect(contents).toBeNull();
    expect(warning).toContain(session_id);
    expect((await world.query<DataOverview>('data_overview')).last_backup).toMatchObject({ ok: false });
    expect(listBackups(world.paths.backups)).toHaveLength(1);
  });

  it('that cannot be written says why, and the failure is remembered', async () => {
    writeFileSync(world.paths.backups, 'a file where the folder should be');
    const { state, problem } = await world.task('backup_make');
    expect(state).toBe('failed');
    expect(problem).toMatchObject({ code: 'storage_failed', message: 'The backup could not be made.' });
    expect((await world.query<DataOverview>('data_overview')).last_backup).toMatchObject({ ok: false });
  });

  it('is removed when a person says so; only what is in the list can be', async () => {
    const { backup } = await world.done('backup', 'backup_make');
    await expect(world.query('backup_delete', { name: '../quarterdeck.db' })).rejects.toThrow('no such backup');
    await world.query('backup_delete', { name: backup.name });
    expect(readdirSync(world.paths.backups)).toEqual([]);
  });

  it('is made by the clock only when something changed, and the last one is old enough', () => {
    const made = (madeAt: number): Backup => ({ path: '', madeAt, reason: 'automatic' });
    const hour = 3_600_000;
    expect(isBackupDue([], 5, 1, 10 * hour)).toBe(true);
    expect(isBackupDue([], 0, 1, 10 * hour)).toBe(false);
    expect(isBackupDue([made(9 * hour)], 9 * hour + 1, 1, 10 * hour)).toBe(true);
    expect(isBackupDue([made(9 * hour)], 9 * hour + 1, 2, 10 * hour)).toBe(false);
    expect(isBackupDue([made(5 * hour)], 5 * hour, 2, 10 * hour)).toBe(false);
  });

  it('waits for nothing: a second task is refused while one runs', async () => {
    await world.spoken('one');
    const first = world.task('backup_make');
    await expect(world.query('backup_make')).rejects.toThrow('Something else is being done');
    expect((await first).state).toBe('done');
  });
});

describe('restoring', () => {
  it('shows what the backup holds and what would be lost, and changes nothing', async () => {
    const old = await world.spoken('old');
    const { backup } = await world.done('backup', 'backup_make');
    world.clock.advance(1000);
    await world.spoken('new');
    await world.connect().result({ type: 'rename_session', session_id: old, title: 'old, renamed' });
    const contents = await world.done('look', 'backup_look', { source: backup.name });
    expect(contents).toMatchObject({ sessions: 1, brings: 0, made_at: backup.made_at });
    expect(contents.loses).toEqual({ missing: 1, older: 1, titles: ['new', 'old, renamed'] });
    expect(world.titles().sort()).toEqual(['new', 'old, renamed']);
  });

  it('opens the backup at the next start, and keeps what was there as a backup that leads back', async () => {
    await world.spoken('old');
    const { backup } = await world.done('backup', 'backup_make');
    world.clock.advance(1000);
    await world.spoken('new');
    const { contents, restart: byItself } = await world.done('restore', 'restore_plan', { source: backup.name });
    expect([contents.sessions, byItself]).toEqual([1, true]);
    expect(world.titles()).toHaveLength(2);
    expect((await world.query<DataOverview>('data_overview')).planned_restore).toMatchObject({ name: backup.name });

    const outcome = await world.restart();
    expect(outcome).toMatchObject({ ok: true });
    expect(world.titles()).toEqual(['old']);
    expect(world.store.verify().ok).toBe(true);
    expect(existsSync(world.paths.restore)).toBe(false);

    const kept = listBackups(world.paths.backups).find(({ reason }) => reason === 'before-restore');
    await world.done('restore', 'restore_plan', { source: kept!.path });
    await world.restart();
    expect(world.titles().sort()).toEqual(['new', 'old']);
  });

  it('lets nobody in again: keys, permissions and doors stay as they are now', async () => {
    const key = (id: string, revoked: number | null) =>
      world.db
        .prepare(
          `INSERT INTO api_keys (id, name, key_hash, prefix, scopes, created_at, revoked_at) VALUES (?, 'k', ?, 'qd', '[]', 1, ?)`,
        )
        .run(id, `hash of ${id}`, revoked);
    const rule = (id: string) =>
      world.db.prepare(`INSERT INTO folder_rules VALUES (?, '/p', 'demo', '{}', 1, '{}', NULL)`).run(id);
    const set = (name: string, value: string) =>
      world.db.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)').run(name, value);
    key('revoked since', null);
    key('deleted since', null);
    rule('withdrawn since');
    set('gateway', '{"lan":true}');
    set('delete_archived_after_days', '30');
    set('idle_close_minutes', '7');
    const { backup } = await world.done('backup', 'backup_make');
    world.db.exec(`UPDATE api_keys SET revoked_at = 5 WHERE id = 'revoked since'`);
    world.db.exec(`DELETE FROM api_keys WHERE id = 'deleted since'`);
    world.db.exec('DELETE FROM folder_rules');
    key('made since', null);
    rule('given since');
    set('gateway', '{"lan":false}');
    set('idle_close_minutes', '9');
    await world.done('restore', 'restore_plan', { source: backup.name });
    await world.restart();
    const rows = (sql: string) => world.db.prepare(sql).raw().all();
    expect(rows('SELECT id, revoked_at FROM api_keys ORDER BY id')).toEqual([
      ['made since', null],
      ['revoked since', 5],
    ]);
    expect(rows('SELECT rule_id FROM folder_rules')).toEqual([['given since']]);
    // What was brought back must not be deleted within a minute.
    expect(rows('SELECT name, value FROM settings ORDER BY name')).toEqual([
      ['gateway', '{"lan":false}'],
      ['idle_close_minutes', '7'],
    ]);
  });

  it('takes a database that another installation has open, with what stands in its log of writes', async () => {
    const other = openDatabase(join(world.folder, 'other.db'));
    other.prepare('INSERT INTO drafts (key, text, rev, written_at) VALUES (?, ?, 1, 1)').run('new', 'half a thought');
    expect(statSync(join(world.folder, 'other.db-wal')).size).toBeGreaterThan(0);
    await world.done('restore', 'restore_plan', { source: join(world.folder, 'other.db') });
    other.close();
    await world.restart();
    expect(world.db.prepare('SELECT text FROM drafts').pluck().all()).toEqual(['half a thought']);
  });

  it('can be called off before the start', async () => {
    await world.spoken('old');
    const { backup } = await world.done('backup', 'backup_make');
    await world.spoken('new');
    await world.done('restore', 'restore_plan', { source: backup.name });
    await world.query('restore_cancel');
    expect(await world.restart()).toBeNull();
    expect(world.titles().sort()).toEqual(['new', 'old']);
  });

  const made = (spoil: (path: string) => void) => async () => {
    await world.spoken('one');
    const { backup } = await world.done('backup', 'backup_make');
    spoil(backup.path);
    return backup.path;
  };
  const withDatabase = (change: (db: Database.Database) => void) =>
    made((path) => {
      const db = new Database(path);
      change(db);
      db.close();
    });
  it.each([
    [
      'a text file',
      'it is no database',
      async () => {
        const path = join(world.folder, 'notes.txt');
        writeFileSync(path, 'not a database at all '.repeat(500));
        return path;
      },
    ],
    [
      'an empty file',
      'it is no database',
      async () => {
        writeFileSync(join(world.folder, 'empty.db'), '');
        return join(world.folder, 'empty.db');
      },
    ],
    [
      'a database of something else',
      'other parts than Quarterdeck makes',
      async () => {
        const path = join(world.folder, 'foreign.db');
        new Database(path).exec('CREATE TABLE recipes (name TEXT)').close();
        return path;
      },
    ],
    ['a backup of a newer version', 'newer version', withDatabase((db) => db.pragma('user_version = 99990'))],
    [
      'a backup to which somebody added a trigger',
      'other parts than Quarterdeck makes',
      withDatabase((db) =>
        db.exec(`CREATE TRIGGER let_in AFTER INSERT ON sessions BEGIN UPDATE api_keys SET revoked_at = NULL; END`),
      ),
    ],
    [
      'a backup with a page overwritten',
      'damaged',
      made((path) => {
        const bytes = readFileSync(path);
        bytes.fill(0xee, 8192, 8192 + 4096);
        writeFileSync(path, bytes);
      }),
    ],
    [
      'a backup that was cut off',
      'damaged',
      made((path) => writeFileSync(path, readFileSync(path).subarray(0, 20_000))),
    ],
    [
      'a backup in which one word was altered',
      'does not fit its hashes',
      withDatabase((db) => db.exec(`UPDATE events SET body = replace(body, 'You said', 'You sang')`)),
    ],
    [
      'a backup in which an event is missing',
      'does not fit its hashes',
      withDatabase((db) => db.exec('DELETE FROM events WHERE seq = 2')),
    ],
  ])('refuses %s, and nothing changes', async (_what, sentence, make) => {
    const source = await make();
    const before = world.titles();
    for (const type of ['backup_look', 'restore_plan'] as const) {
      const { state, problem } = await world.task(type, { source });
      expect(state).toBe('failed');
      expect(problem?.message).toContain(sentence);
      expect(problem?.impact).toBe('Nothing was changed.');
    }
    expect(existsSync(world.paths.restore)).toBe(false);
    expect(await world.restart()).toBeNull();
    expect(world.titles()).toEqual(before);
  });

  it('refuses what is not there, and what is not named by an absolute path', async () => {
    await expect(world.query('restore_plan', { source: join(world.folder, 'no.db') })).rejects.toThrow(
      'no such backup',
    );
    await expect(world.query('restore_plan', { source: 'quarterdeck.db' })).rejects.toThrow('no such backup');
  });
});

describe('deleting archived sessions that are old', () => {
  it('shows first how many, and deletes them as a whole after a backup, with no chain of another broken', async () => {
    const old = await world.spoken('old and archived', { archived: true });
    await world.spoken('old, in the list');
    world.clock.advance(40 * dayMs);
    await world.spoken('new and archived', { archived: true });
    const preview = await world.query<RetentionPreview>('retention_preview', { days: 30 });
    expect(preview).toMatchObject({ sessions: 1, kept: 0, titles: ['old and archived'] });
    expect(preview.bytes).toBeGreaterThan(100);
    expect(world.titles()).toHaveLength(3);

    const watcher = world.connect();
    await watcher.result({ type: 'watch_sessions' });
    const { deleted, backup } = await world.done('retention', 'retention_run', { before: preview.before });
    expect(deleted).toBe(1);
    expect(backup).toMatchObject({ reason: 'before-deletion' });
    expect(world.titles().sort()).toEqual(['new and archived', 'old, in the list']);
    expect(watcher.frames).toContainEqual({ type: 'session_gone', session_id: old });
    expect(world.store.verify()).toMatchObject({ ok: true });
    expect(world.store.head(old)).toBeNull();
    expect(readFileSync(world.path).includes('old and archived')).toBe(false);
  });

  it('remembers the end of the chain of what is gone, and nothing that was said', async () => {
    const session_id = await world.spoken('old', { archived: true });
    const head = world.store.head(session_id);
    world.clock.advance(2 * dayMs);
    await world.done('retention', 'retention_run', { before: world.clock.now() });
    const row = world.db.prepare('SELECT * FROM deleted_sessions').get() as Record<string, unknown>;
    expect(row).toMatchObject({ session_id, head_seq: head?.seq, reason: 'by hand', deleted_at: world.clock.now() });
    expect((row.head_hash as Buffer).toString('hex')).toBe(head?.hash);
    const everywhere = ['events', 'sessions', 'approvals', 'session_rules', 'session_costs', 'open_item_chunks'];
    for (const table of everywhere)
      expect(world.db.prepare(`SELECT count(*) FROM ${table} WHERE session_id = ?`).pluck().get(session_id)).toBe(0);
  });

  it('keeps one in which a turn runs, an answer is waited for, or somebody looks', async () => {
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'work' });
    await client.result({ type: 'archive_session', session_id, archived: true });
    const looked = await world.spoken('looked at', { archived: true });
    const reader = world.connect();
    await reader.result({ type: 'attach', session_id: looked, after_seq: 0 });
    world.clock.advance(40 * dayMs);
    const preview = await world.query<RetentionPreview>('retention_preview', { days: 30 });
    expect(preview).toMatchObject({ sessions: 0, kept: 2 });
    const { deleted, kept } = await world.done('retention', 'retention_run', { before: preview.before });
    expect([deleted, kept]).toEqual([0, 2]);
    expect(world.orchestrator.summaries()).toHaveLength(2);
  });

  it('deletes nothing when the backup cannot be made', async () => {
    await world.spoken('old', { archived: true });
    world.clock.advance(40 * dayMs);
    writeFileSync(world.paths.backups, 'a file where the folder should be');
    expect(await world.task('retention_run', { before: world.clock.now() })).toMatchObject({ state: 'failed' });
    expect(world.titles()).toEqual(['old']);
  });

  it('happens by itself only when the settings say so', async () => {
    await world.spoken('old', { archived: true });
    world.clock.advance(40 * dayMs);
    await world.data.retainBySettings();
    expect(world.titles()).toEqual(['old']);
    world.settings = { ...world.settings, delete_archived_after_days: 30 };
    await world.data.retainBySettings();
    expect(world.titles()).toEqual([]);
    expect((await world.query<DataOverview>('data_overview')).last_retention).toMatchObject({ ok: true });
  });

  it('leaves its number to nobody, and the way back is the backup', async () => {
    const session_id = await world.spoken('old', { archived: true });
    world.clock.advance(2 * dayMs);
    const { backup } = await world.done('retention', 'retention_run', { before: world.clock.now() });
    const contents: BackupContents = await world.done('look', 'backup_look', { source: backup!.name });
    expect(contents).toMatchObject({ brings: 1, loses: { missing: 0, older: 0, titles: [] } });
    await world.done('restore', 'restore_plan', { source: backup!.name });
    await world.restart();
    expect(world.store.verify(session_id)).toMatchObject({ ok: true });
    // It is here again, so it does not count as deleted.
    expect(world.db.prepare('SELECT count(*) FROM deleted_sessions').pluck().get()).toBe(0);
  });
});

describe('taking everything elsewhere', () => {
  const unzip = (path: string) => {
    const folder = join(world.folder, 'unzipped');
    mkdirSync(folder);
    execFileSync('python3', [
      '-c',
      'import sys,zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])',
      path,
      folder,
    ]);
    return folder;
  };

  it('writes every session, verifiable, and the files that stand in them', async () => {
    world.secret = 'sk-very-secret-0123';
    const here = world.attachment('notes.txt', 'what I wrote down');
    const gone = world.attachment('gone.txt', 'nobody has this any more');
    await world.spoken('one', { attachments: [here, gone] });
    await world.spoken(`two, with ${world.secret} in it`, { archived: true });
    await world.spoken('one');
    rmSync(join(world.paths.attachments, gone.attachment_id), { recursive: true });
    const result = await world.done('export', 'export_everything', { path: world.folder });
    expect(result).toMatchObject({ sessions: 3, attachments: 1, missing: 1, bytes: statSync(result.path).size });
    const folder = unzip(result.path);
    const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
      sessions: { file: string; title: string }[];
    };
    expect(index.sessions).toHaveLength(3);
    expect(new Set(index.sessions.map(({ file }) => file)).size).toBe(3);
    for (const { file } of index.sessions) {
      const report = await verifyFile(join(folder, file));
      expect(report).toMatchObject({ ok: true, value: { ok: true } });
    }
    expect(readFileSync(join(folder, 'attachments', here.attachment_id, 'notes.txt'), 'utf8')).toBe(
      'what I wrote down',
    );
    expect(readFileSync(result.path).includes(world.secret)).toBe(false);
    const texts = index.sessions.map(({ file }) => readFileSync(join(folder, file), 'utf8'));
    expect(texts.filter((text) => text.includes('[redacted]'))).toHaveLength(1);
    expect([...texts, JSON.stringify(index)].join().includes(world.secret)).toBe(false);
  });

  it('takes the place of no file, and leaves no half one', async () => {
    await world.spoken('one');
    const path = join(world.folder, 'mine.zip');
    writeFileSync(path, 'mine');
    expect(await world.task('export_everything', { path })).toMatchObject({ state: 'failed' });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(
      await world.task('export_everything', { path: join(world.folder, 'no', 'such', 'folder.zip') }),
    ).toMatchObject({
      state: 'failed',
      problem: { message: 'The archive could not be written.' },
    });
    expect(readdirSync(world.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('goes into a folder of its own where no place was named, and is the owner’s alone', async () => {
    await world.spoken('one');
    const { path } = await world.done('export', 'export_everything');
    expect(path.startsWith(world.paths.exports)).toBe(true);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
  });
});

describe('what it takes on the disk', () => {
  it('adds up, and names the largest sessions', async () => {
    await world.spoken('small');
    await world.spoken('large', { says: 'x'.repeat(18_000) });
    world.attachment('a.txt', 'x'.repeat(5000));
    await world.done('backup', 'backup_make');
    copyFileSync(world.path, join(world.folder, 'something-else'));
    const use = await world.query<DiskUse>('disk_use');
    expect(use.attachments).toBe(5000);
    expect(use.database).toBeGreaterThan(20_000);
    expect(use.backups).toBe(statSync(listBackups(world.paths.backups)[0]!.path).size);
    expect(use.other).toBeGreaterThan(0);
    expect(use.total).toBe(use.database + use.attachments + use.backups + use.logs + use.vault + use.other);
    expect(use.sessions.map(({ title }) => title.slice(0, 5))).toEqual(['large', 'small']);
    expect(use.sessions[0]!.bytes).toBeGreaterThan(18_000);
  });
});
