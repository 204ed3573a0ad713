import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiskUse } from '../protocol/data.ts';
import type { Attachment } from '../protocol/values.ts';
import { listBackups } from '../storage/backups.ts';
import { backupFiles } from '../storage/kept-files.ts';
import { openDatabase } from '../storage/open-database.ts';
import { DataWorld, dayMs } from './data-test-support.ts';

let world: DataWorld;
beforeEach(() => {
  world = new DataWorld();
});
afterEach(() => world.end());

const liveFile = (one: Attachment) => join(world.paths.attachments, one.attachment_id, 'content');
const isHere = (one: Attachment) => existsSync(liveFile(one));
const kept = () => {
  const folder = backupFiles(world.paths.backups);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
};
const idsOf = (...all: Attachment[]) => all.map(({ attachment_id }) => attachment_id).sort();

/** Deletes every archived session, as by hand. */
async function deleteArchived(): Promise<void> {
  world.clock.advance(2 * dayMs);
  await world.done('retention', 'retention_run', { before: world.clock.now() });
}

/** Makes of a backup one as versions before the uses of attachments made it. */
function makeOld(path: string): void {
  const db = new Database(path);
  db.exec('DROP TABLE attachment_uses; DROP TABLE attachments_let_go');
  db.pragma('user_version = 180');
  db.close();
}

describe('deleting a session', () => {
  it('removes the files that nothing else names: no other session, fork, draft or message that waits', async () => {
    const [alone, shared, forked, drafted, waits] = ['alone', 'shared', 'forked', 'drafted', 'waits'].map((text) =>
      world.attachment(`${text}.txt`, `bytes of ${text}`),
    ) as [Attachment, Attachment, Attachment, Attachment, Attachment];
    await world.spoken('old', { archived: true, attachments: [alone, shared, drafted, waits] });
    await world.spoken('another', { attachments: [shared] });
    const parent = await world.spoken('parent', { attachments: [forked] });
    const client = world.connect();
    await client.result({ type: 'fork_session', session_id: parent, before_seq: null });
    await client.result({ type: 'archive_session', session_id: parent, archived: true });
    world.db
      .prepare('INSERT INTO drafts (key, text, rev, written_at, attachments) VALUES (?, ?, 1, 1, ?)')
      .run('new', '', JSON.stringify([drafted]));
    const { session_id } = await world.session();
    const other = world.connect();
    await other.result({ type: 'message', session_id, text: 'work' });
    await other.result({ type: 'message', session_id, text: 'then this', attachments: [waits] });
    client.connection?.close();

    await deleteArchived();
    expect(world.titles()).not.toContain('old');
    expect([alone, shared, forked, drafted, waits].map(isHere)).toEqual([false, true, true, true, true]);
    expect(existsSync(dirname(liveFile(alone)))).toBe(false);
    expect(world.db.prepare('SELECT count(*) FROM attachments_let_go').pluck().get()).toBe(0);
  });

  it('overwrites their bytes once the last backup that holds them is gone', async () => {
    const secret = world.attachment('secret.txt', 'nobody may read this again');
    await world.spoken('old', { archived: true, attachments: [secret] });
    await deleteArchived();
    expect(isHere(secret)).toBe(false);
    const left = openSync(join(backupFiles(world.paths.backups), secret.attachment_id), 'r');
    const bytes = () => {
      const all = Buffer.alloc(fstatSync(left).size);
      readSync(left, all, 0, all.length, 0);
      return all.toString('utf8');
    };
    expect(bytes()).toBe('nobody may read this again');
    const [backup] = listBackups(world.paths.backups);
    await world.query('backup_delete', { name: basename(backup!.path) });
    expect(kept()).toEqual([]);
    // Who still has it open finds nothing of it.
    expect(bytes()).toBe('\0'.repeat(secret.bytes));
    closeSync(left);
  });

  it.each(['before they are taken away', 'before they are overwritten'])(
    'that is cut off %s is finished after the next start',
    async (moment) => {
      const gone = world.attachment('gone.txt', 'to go');
      const stays = world.attachment('stays.txt', 'to stay');
      const old = await world.spoken('old', { archived: true, attachments: [gone, stays] });
      await world.spoken('another', { attachments: [stays] });
      expect(world.orchestrator.remove(old, 'by hand')).toBe(true);
      if (moment === 'before they are overwritten') {
        mkdirSync(join(world.paths.attachments, 'uploads'), { recursive: true });
        cpSync(dirname(liveFile(gone)), join(world.paths.attachments, 'uploads', 'gone-1'), { recursive: true });
        rmSync(dirname(liveFile(gone)), { recursive: true });
      }
      await world.restart();
      await world.data.tidyFiles();
      expect([isHere(gone), isHere(stays)]).toEqual([false, true]);
      expect(readdirSync(join(world.paths.attachments, 'uploads'))).toEqual([]);
      expect(world.db.prepare('SELECT count(*) FROM attachments_let_go').pluck().get()).toBe(0);
    },
  );

  it('leaves what nothing ever named for a day, in which a message may still come', async () => {
    const orphan = world.attachment('orphan.txt', 'of a version that forgot it');
    world.clock.advance(Date.now() - world.clock.now());
    await world.data.tidyFiles();
    expect(isHere(orphan)).toBe(true);
    world.clock.advance(1.5 * dayMs);
    await world.data.tidyFiles();
    expect(isHere(orphan)).toBe(false);
  });
});

describe('a backup', () => {
  it('holds the files, each once for all backups, and says so; the disk is taken once', async () => {
    const notes = world.attachment('notes.txt', 'x'.repeat(4000));
    await world.spoken('one', { attachments: [notes] });
    await world.spoken('two', { attachments: [notes] });
    const { contents } = await world.done('backup', 'backup_make');
    expect(contents?.attachments).toEqual({ files: 1, bytes: 4000, missing: 0 });
    world.clock.advance(1000);
    await world.done('backup', 'backup_make');
    expect(kept()).toEqual(idsOf(notes));
    expect(readFileSync(join(backupFiles(world.paths.backups), notes.attachment_id), 'utf8')).toBe('x'.repeat(4000));
    const use = await world.query<DiskUse>('disk_use');
    const databases = listBackups(world.paths.backups).reduce((sum, { path }) => sum + readFileSync(path).length, 0);
    // A clone is counted as a file of its own; a second name is not.
    expect([databases, databases + 4000]).toContain(use.backups);
    expect(use.attachments).toBe(4000);
  });

  it('that is made at the end holds them as well', async () => {
    const notes = world.attachment('notes.txt', 'of today');
    await world.spoken('one', { attachments: [notes] });
    await world.data.close();
    expect(listBackups(world.paths.backups)).toMatchObject([{ reason: 'automatic' }]);
    expect(kept()).toEqual(idsOf(notes));
  });

  it('says which of its files are nowhere, and finds one that was altered', async () => {
    const gone = world.attachment('gone.txt', 'gone');
    const spoilt = world.attachment('spoilt.txt', 'spoilt');
    await world.spoken('one', { attachments: [gone, spoilt] });
    rmSync(liveFile(gone));
    const { backup, contents, warning } = await world.done('backup', 'backup_make');
    expect([contents?.attachments, warning]).toEqual([{ files: 2, bytes: 10, missing: 1 }, null]);
    const look = async () => (await world.done('look', 'backup_look', { source: backup.name })).attachments?.missing;
    expect(await look()).toBe(1);
    for (const path of [liveFile(spoilt), join(backupFiles(world.paths.backups), spoilt.attachment_id)]) {
      rmSync(path);
      writeFileSync(path, 'spoilT');
    }
    expect(await look()).toBe(2);
    // What is not what was sent is not taken into a new one either.
    rmSync(join(backupFiles(world.paths.backups), spoilt.attachment_id));
    world.clock.advance(1000);
    expect((await world.done('backup', 'backup_make')).contents?.attachments?.missing).toBe(2);
    expect(kept()).toEqual([]);
  });

  it('gives its files back with its sessions, also after the files of now had gone, and so does the one of before', async () => {
    const old = world.attachment('old.txt', 'of the old one');
    await world.spoken('old', { archived: true, attachments: [old] });
    await deleteArchived();
    const fresh = world.attachment('fresh.txt', 'of the new one');
    await world.spoken('new', { attachments: [fresh] });
    expect([isHere(old), isHere(fresh)]).toEqual([false, true]);

    const [before] = listBackups(world.paths.backups);
    await world.done('restore', 'restore_plan', { source: before!.path });
    expect(await world.restart()).toMatchObject({ ok: true, missing: 0 });
    expect(world.titles()).toEqual(['old']);
    expect(readFileSync(liveFile(old), 'utf8')).toBe('of the old one');

    // What only the set-aside database names goes from here, and stays with the backups.
    world.clock.advance(Date.now() - world.clock.now());
    await world.data.tidyFiles();
    world.clock.advance(2 * dayMs);
    await world.data.tidyFiles();
    expect([isHere(old), isHere(fresh)]).toEqual([true, false]);
    expect(kept()).toEqual(idsOf(old, fresh));
    const back = listBackups(world.paths.backups).find(({ reason }) => reason === 'before-restore');
    await world.done('restore', 'restore_plan', { source: back!.path });
    expect(await world.restart()).toMatchObject({ ok: true, missing: 0 });
    expect(world.titles()).toEqual(['new']);
    expect(readFileSync(liveFile(fresh), 'utf8')).toBe('of the new one');
  });

  it('that lies elsewhere brings the files that lie beside it', async () => {
    const notes = world.attachment('notes.txt', 'on a stick');
    await world.spoken('old', { attachments: [notes] });
    const { backup } = await world.done('backup', 'backup_make');
    const stick = join(world.folder, 'stick');
    mkdirSync(stick);
    copyFileSync(backup.path, join(stick, 'mine.db'));
    cpSync(backupFiles(world.paths.backups), join(stick, 'attachments'), { recursive: true });
    rmSync(world.paths.backups, { recursive: true });
    rmSync(world.paths.attachments, { recursive: true });
    // What stands in its place here is as long, and not what was sent.
    mkdirSync(backupFiles(world.paths.backups), { recursive: true });
    writeFileSync(join(backupFiles(world.paths.backups), notes.attachment_id), 'on A stick');
    await world.done('restore', 'restore_plan', { source: join(stick, 'mine.db') });
    // A file that others may write to gets no second name here; and it is not there any more at the next start.
    expect(statSync(join(stick, 'attachments', notes.attachment_id)).nlink).toBe(1);
    rmSync(stick, { recursive: true });
    await world.data.tidyFiles();
    expect(await world.restart()).toMatchObject({ ok: true, missing: 0 });
    expect(readFileSync(liveFile(notes), 'utf8')).toBe('on a stick');
  });

  it('of a version that kept no files opens as ever, and gets those that are still here', async () => {
    const here = world.attachment('here.txt', 'still here');
    const gone = world.attachment('gone.txt', 'gone');
    const old = await world.spoken('old', { archived: true, attachments: [here, gone] });
    const { backup } = await world.done('backup', 'backup_make');
    rmSync(backupFiles(world.paths.backups), { recursive: true });
    makeOld(backup.path);
    rmSync(liveFile(gone));
    // Deleted by that version, which left the file.
    expect(world.orchestrator.remove(old, 'by hand')).toBe(true);
    world.db.exec('DELETE FROM attachments_let_go');

    expect((await world.done('look', 'backup_look', { source: backup.name })).attachments).toMatchObject({
      files: 2,
      missing: 1,
    });
    world.clock.advance(Date.now() - world.clock.now());
    await world.data.tidyFiles();
    world.clock.advance(2 * dayMs);
    await world.data.tidyFiles();
    expect(isHere(here)).toBe(false);
    expect(kept()).toEqual(idsOf(here));

    await world.done('restore', 'restore_plan', { source: backup.name });
    expect(await world.restart()).toMatchObject({ ok: true, missing: 1 });
    expect(world.titles()).toEqual(['old']);
    expect(readFileSync(liveFile(here), 'utf8')).toBe('still here');
    expect(world.db.prepare('SELECT count(*) FROM attachment_uses').pluck().get()).toBe(2);
  });

  it('keeps its files as long as one backup names them, and no longer', async () => {
    const both = world.attachment('both.txt', 'in both');
    await world.spoken('one', { attachments: [both] });
    const first = await world.done('backup', 'backup_make');
    world.clock.advance(1000);
    const later = world.attachment('later.txt', 'in the second');
    await world.spoken('two', { attachments: [later] });
    const second = await world.done('backup', 'backup_make');
    writeFileSync(join(backupFiles(world.paths.backups), 'half.0123456789ab.part'), 'left by a crash');
    await world.query('backup_delete', { name: second.backup.name });
    expect(kept()).toEqual(idsOf(both));
    await world.query('backup_delete', { name: first.backup.name });
    expect(kept()).toEqual([]);
    // Those of now have nothing to do with it.
    expect([readFileSync(liveFile(both), 'utf8'), isHere(later)]).toEqual(['in both', true]);
  });
});

describe('a database of before', () => {
  it('learns at its first opening which sessions name which files, past what was damaged', async () => {
    const notes = world.attachment('notes.txt', 'noted');
    const session_id = await world.spoken('one', { attachments: [notes] });
    const { backup } = await world.done('backup', 'backup_make');
    makeOld(backup.path);
    const db = new Database(backup.path);
    db.prepare(`UPDATE events SET body = '{"attachments":[{ cut off' WHERE seq = 1`).run();
    db.close();
    const opened = openDatabase(backup.path);
    expect(opened.prepare('SELECT * FROM attachment_uses').all()).toEqual([
      { session_id, attachment_id: notes.attachment_id, bytes: notes.bytes },
    ]);
    opened.close();
  });
});
