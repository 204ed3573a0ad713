import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Backup, expiredBackups, isSound, listBackups, makeBackup } from './backups.ts';
import { openDatabase } from './open-database.ts';
import { openWithRecovery } from './recovery.ts';

let folder: string;
let path: string;
let backups: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-recovery-'));
  path = join(folder, 'quarterdeck.db');
  backups = join(folder, 'backups');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const addRule = (db: ReturnType<typeof openDatabase>, id: string) =>
  db.prepare(`INSERT INTO folder_rules VALUES (?, '/project', 'demo', '{}', 1, '{}', NULL)`).run(id);
const ruleIds = (db: ReturnType<typeof openDatabase>) =>
  (db.prepare('SELECT rule_id FROM folder_rules ORDER BY rule_id').all() as { rule_id: string }[]).map(
    (row) => row.rule_id,
  );

/** A database with one rule that is in a backup and one that is not; closed. */
async function madeAndBackedUp(): Promise<void> {
  const db = openDatabase(path);
  addRule(db, 'old');
  await makeBackup(db, backups, 1_700_000_000_000);
  addRule(db, 'new');
  db.close();
}

describe('opening a damaged database', () => {
  it.each([
    [
      'its beginning overwritten',
      () => writeFileSync(path, Buffer.concat([Buffer.alloc(200, 7), readFileSync(path).subarray(200)])),
    ],
    ['cut off in the middle', () => truncateSync(path, 9000)],
    [
      'a page in the middle overwritten',
      () => {
        const bytes = readFileSync(path);
        bytes.fill(0xee, 8192, 8192 + 4096);
        writeFileSync(path, bytes);
      },
    ],
    ['replaced by a text file', () => writeFileSync(path, 'this is not a database, sorry\n'.repeat(400))],
  ])('with %s: sets it aside whole, opens the newest sound backup, and says so', async (_what, damage) => {
    await madeAndBackedUp();
    writeFileSync(join(backups, 'quarterdeck-1800000000000.db'), 'a newer backup, but broken');
    damage();
    const damaged = readFileSync(path);
    const { db, notices } = openWithRecovery(path, backups, 42, false);
    expect(ruleIds(db)).toEqual(['old']);
    expect(readFileSync(`${path}.damaged-42`).equals(damaged)).toBe(true);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ message: 'The database was damaged.' });
    expect(notices[0]?.impact).toContain('2023-11-14');
    expect(notices[0]?.next).toContain('quarterdeck.db.damaged-42');
    db.close();
  });

  it('starts empty when there is no backup, keeps the damaged file, and says so', () => {
    writeFileSync(path, 'nonsense '.repeat(1000));
    const { db, notices } = openWithRecovery(path, backups, 42, false);
    expect(ruleIds(db)).toEqual([]);
    expect(notices[0]?.impact).toContain('no whole backup');
    expect(existsSync(`${path}.damaged-42`)).toBe(true);
    db.close();
  });

  it('does not touch one that is sound, nor one that is new', () => {
    const first = openWithRecovery(path, backups, 42, false);
    addRule(first.db, 'a');
    first.db.close();
    const second = openWithRecovery(path, backups, 43, true);
    expect(ruleIds(second.db)).toEqual(['a']);
    expect([...first.notices, ...second.notices]).toEqual([]);
    second.db.close();
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('opens the newest backup when the database is gone, and says so', async () => {
    await madeAndBackedUp();
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    const { db, notices } = openWithRecovery(path, backups, 42, false);
    expect(ruleIds(db)).toEqual(['old']);
    expect(notices[0]).toMatchObject({ message: 'The database was missing.' });
    db.close();
  });

  it('leaves a damaged database where it is when the backup cannot be copied', async () => {
    await madeAndBackedUp();
    writeFileSync(path, 'nonsense '.repeat(1000));
    mkdirSync(`${path}.restore`);
    expect(() => openWithRecovery(path, backups, 42, false)).toThrow();
    expect(readFileSync(path, 'utf8')).toBe('nonsense '.repeat(1000));
  });

  it('refuses a database of a newer version and leaves it as it is', () => {
    const db = openDatabase(path);
    db.pragma('user_version = 99990');
    db.close();
    const before = readFileSync(path);
    expect(() => openWithRecovery(path, backups, 42, false)).toThrow('schema_too_new');
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('backups', () => {
  it('are whole databases, listed newest first', async () => {
    const db = openDatabase(path);
    addRule(db, 'a');
    await makeBackup(db, backups, 1_700_000_000_000);
    await makeBackup(db, backups, 1_700_000_100_000);
    db.close();
    expect(listBackups(backups).map((backup) => backup.madeAt)).toEqual([1_700_000_100_000, 1_700_000_000_000]);
    expect(listBackups(backups).every((backup) => isSound(backup.path))).toBe(true);
  });

  it('keep of the automatic ones the three newest, then the last of each day, as many as were asked for', () => {
    const day = 86_400_000;
    const at = (age: number, reason: Backup['reason'] = 'automatic'): Backup => ({
      path: `${age}`,
      madeAt: 20_000 * day - age * day,
      reason,
    });
    const ages = [0.1, 0.2, 0.3, 0.4, 0.5, 1.1, 1.2, 3, 8, 30].map((age) => at(age));
    const gone = (keep: number) => expiredBackups(ages, keep).map((backup) => Number(backup.path));
    expect(gone(10)).toEqual([0.5, 1.2]);
    expect(gone(5)).toEqual([0.5, 1.2, 3, 8, 30]);
    expect(gone(3)).toEqual([0.4, 0.5, 1.1, 1.2, 3, 8, 30]);
  });

  it('keep what a person made, and the three newest copies of what was replaced or deleted', () => {
    const made = (madeAt: number, reason: Backup['reason']): Backup => ({
      path: `${reason} ${madeAt}`,
      madeAt,
      reason,
    });
    const backups = [1, 2, 3, 4, 5].flatMap((at) => [
      made(at, 'manual'),
      made(at, at % 2 === 0 ? 'before-restore' : 'before-deletion'),
    ]);
    expect(expiredBackups(backups, 3).map(({ path }) => path)).toEqual(['before-restore 2', 'before-deletion 1']);
  });

  it('say in their names why they were made; a name that says something else is no backup', async () => {
    const db = openDatabase(path);
    await makeBackup(db, backups, 1_700_000_000_000, { reason: 'before-restore' });
    db.close();
    writeFileSync(join(backups, 'quarterdeck-1700000000001-mine.db'), '');
    expect(readdirSync(backups)).toContain('quarterdeck-1700000000000-before-restore.db');
    expect(listBackups(backups).map(({ madeAt, reason }) => [madeAt, reason])).toEqual([
      [1_700_000_000_000, 'before-restore'],
    ]);
  });

  it('are one file that can be read where nothing may be written', async () => {
    const db = openDatabase(path);
    addRule(db, 'a');
    const made = await makeBackup(db, backups, 1);
    db.close();
    expect(isSound(made)).toBe(true);
    expect(readdirSync(backups)).toHaveLength(1);
  });

  it('leave no half file behind when the disk refuses', async () => {
    const db = openDatabase(path);
    writeFileSync(backups, 'a file where the folder should be');
    await expect(makeBackup(db, backups, 1)).rejects.toThrow();
    db.close();
    expect(readdirSync(folder).some((name) => name.endsWith('.part'))).toBe(false);
  });
});
