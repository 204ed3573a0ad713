import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect } from 'vitest';
import { it, openSession, type Stage, talk } from './app-test-support.ts';

interface Written {
  home: string;
  folder: string;
  database: string;
  /** In the backup. */
  first: string;
  /** Only in the database: it came after the backup. */
  second: string;
}

/** A home with two sessions and one backup, from between them; the app has ended cleanly. */
async function written(stage: Stage): Promise<Written> {
  const [home, folder] = [stage.folder('home'), stage.folder()];
  const session = async (text: string) => {
    const app = await stage.serve({ home });
    const client = await app.connect();
    const session_id = await openSession(client, folder);
    await talk(client, session_id, text);
    expect((await app.kill()).code).toBe(0);
    return session_id;
  };
  const first = await session('First words');
  const [backup] = readdirSync(join(home, 'backups'));
  const second = await session('Second words');
  for (const name of readdirSync(join(home, 'backups'))) {
    if (name !== backup) writeFileSync(join(home, 'backups', name), 'not a database at all');
  }
  return { home, folder, database: join(home, 'quarterdeck.db'), first, second };
}

function overwrite(path: string, at: number, bytes: Buffer): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
}

const setAside = (home: string): string[] =>
  readdirSync(home).filter((name) => /^quarterdeck\.db\.damaged-\d+$/.test(name));

const idsOf = (json: string): string[] => (JSON.parse(json) as { session_id: string }[]).map((one) => one.session_id);

/** Every way in tells the person: what was damaged, which backup was opened, what is missing, where the damaged file is. */
function tells(words: string, home: string): void {
  expect(words).toContain('The database was damaged');
  expect(words).toMatch(/The backup of \d{4}-\d\d-\d\d \d\d:\d\d UTC was opened/);
  expect(words).toContain('what came after it is missing');
  expect(words).toContain(setAside(home)[0]);
  expect(words).not.toMatch(/^\s+at /m);
}

describe.concurrent('a damaged database', () => {
  const damages: [name: string, damage: (path: string) => void][] = [
    ['whose first page was overwritten', (path) => overwrite(path, 0, Buffer.alloc(4096, 0x5a))],
    ['of which a page in the middle was overwritten', (path) => overwrite(path, 4096, Buffer.alloc(8192, 0xa5))],
    ['that was cut off', (path) => truncateSync(path, Math.floor(statSync(path).size / 2))],
    ['that is something else', (path) => writeFileSync(path, 'I am a shopping list: eggs, milk, bread.\n'.repeat(500))],
  ];
  it.for(damages)(
    '%s is set aside byte for byte, the backup is opened, and the person is told',
    async ([_name, damage], { stage }) => {
      const { home, folder, database, first } = await written(stage);
      damage(database);
      const damaged = readFileSync(database);

      const app = await stage.serve({ home });
      tells(app.output(), home);
      expect(setAside(home)).toHaveLength(1);
      expect(readFileSync(join(home, setAside(home)[0]!)).equals(damaged)).toBe(true);
      const client = await app.connect();
      const welcome = await client.until('the welcome', (frame) => frame.type === 'welcome');
      expect(welcome.notices).toEqual([expect.objectContaining({ code: 'storage_failed' })]);

      const sessions = await stage.quarterdeck(['sessions', '--json'], { home });
      expect(idsOf(sessions.stdout)).toEqual([first]);
      const shown = await stage.quarterdeck(['show', first], { home });
      expect(shown.stdout + shown.stderr).toContain('First words');
      expect((await stage.quarterdeck(['verify'], { home })).code).toBe(0);

      // It goes on: in the old session and in a new one.
      await client.ask({ type: 'attach', session_id: first, after_seq: 0 });
      expect(await talk(client, first, 'Go on')).toMatchObject({ status: 'completed' });
      expect(await talk(client, await openSession(client, folder), 'Hello')).toMatchObject({ status: 'completed' });
    },
  );

  it('is told by the command line, too, when that is the first to find it', async ({ stage }) => {
    const { home, database, first } = await written(stage);
    overwrite(database, 0, Buffer.alloc(200, 0));
    const sessions = await stage.quarterdeck(['sessions', '--json'], { home });
    expect(sessions.code).toBe(0);
    expect(idsOf(sessions.stdout)).toEqual([first]);
    tells(sessions.stderr, home);
    const again = await stage.quarterdeck(['sessions'], { home });
    expect(again.stderr).not.toContain('damaged');
  });

  it('without a backup that is whole: starts empty, says so, and keeps the damaged file', async ({ stage }) => {
    const { home, database } = await written(stage);
    for (const name of readdirSync(join(home, 'backups'))) writeFileSync(join(home, 'backups', name), 'broken too');
    overwrite(database, 0, Buffer.alloc(4096, 1));
    const damaged = readFileSync(database);
    const app = await stage.serve({ home });
    expect(app.output()).toContain('no whole backup');
    expect(readFileSync(join(home, setAside(home)[0]!)).equals(damaged)).toBe(true);
    const client = await app.connect();
    expect((await client.ask({ type: 'status' })).result).toMatchObject({ sessions: 0 });
  });

  it('is not what one altered byte of an event makes of it: nothing is set aside, verify names the event', async ({
    stage,
  }) => {
    const { home, database, first, second } = await written(stage);
    const db = new Database(database);
    db.prepare(`UPDATE events SET body = replace(body, 'Second words', 'Sekond words') WHERE session_id = ?`).run(
      second,
    );
    db.close();
    const checked = await stage.quarterdeck(['verify', '--json'], { home });
    expect(checked.code).toBe(1);
    const report = JSON.parse(checked.stdout) as { ok: boolean; sessions: { session_id: string; ok: boolean }[] };
    expect(report.sessions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ session_id: first, ok: true }),
        expect.objectContaining({ session_id: second, ok: false, broken_at: expect.any(Number) }),
      ]),
    );
    expect(setAside(home)).toEqual([]);
  });

  it('is not made of a session list that was damaged: that is made again from the log', async ({ stage }) => {
    const { home, database, first, second } = await written(stage);
    const db = new Database(database);
    db.exec(`UPDATE sessions SET summary = '{"half'`);
    db.close();
    const listed = await stage.quarterdeck(['sessions', '--json'], { home });
    expect(idsOf(listed.stdout).sort()).toEqual([first, second].sort());
    expect(listed.stdout).toContain('Second words');
    expect((await stage.quarterdeck(['verify'], { home })).code).toBe(0);
    expect(setAside(home)).toEqual([]);
  });

  it('of a newer version is refused with words and not touched by a single byte', async ({ stage }) => {
    const { home, database } = await written(stage);
    const db = new Database(database);
    db.pragma('user_version = 99990');
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    const before = readFileSync(database);
    const refused = await stage.serveToEnd({ home });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('newer version of Quarterdeck');
    expect(refused.stderr).toContain('--home');
    const verb = await stage.quarterdeck(['sessions'], { home });
    expect(verb.code).toBe(5);
    expect(verb.stderr).toContain('newer version of Quarterdeck');
    expect(readFileSync(database).equals(before)).toBe(true);
    expect(setAside(home)).toEqual([]);
  });
});

describe.concurrent('a write-ahead log that was damaged while the app was gone', () => {
  it('costs at most what stood behind the damage; the log is whole up to there and goes on', async ({ stage }) => {
    const [home, folder] = [stage.folder('home'), stage.folder()];
    const first = await stage.serve({ home });
    const client = await first.connect();
    const session_id = await openSession(client, folder);
    for (const text of ['One', 'Two', 'Three', 'Four']) await talk(client, session_id, text);
    await first.kill('SIGKILL');
    const wal = join(home, 'quarterdeck.db-wal');
    expect(existsSync(wal)).toBe(true);
    copyFileSync(wal, join(folder, 'wal-before'));
    const { size } = statSync(wal);
    overwrite(wal, Math.floor(size * 0.8), Buffer.alloc(2000, 0xee));

    const second = await stage.serve({ home });
    const again = await second.connect();
    const verified = await again.ask({ type: 'verify' });
    expect(verified.result).toMatchObject({ ok: true });
    await again.ask({ type: 'attach', session_id, after_seq: 0 });
    await again.until('all of the log', (frame) => frame.type === 'attached');
    const said = again.events.filter((event) => event.type === 'user_message').map((event) => event.text);
    expect(said.length).toBeGreaterThan(0);
    expect(said).toEqual(['One', 'Two', 'Three', 'Four'].slice(0, said.length));
    expect(await talk(again, session_id, 'Go on')).toMatchObject({ status: 'completed' });
    expect((await again.ask({ type: 'verify' })).result).toMatchObject({ ok: true });
  });

  it('is nothing when all of it is garbage: what was in the database is there', async ({ stage }) => {
    const { home, first, second } = await written(stage);
    writeFileSync(join(home, 'quarterdeck.db-wal'), Buffer.alloc(50_000, 0x77));
    const sessions = await stage.quarterdeck(['sessions', '--json'], { home });
    expect(idsOf(sessions.stdout).sort()).toEqual([first, second].sort());
    expect((await stage.quarterdeck(['verify'], { home })).code).toBe(0);
  });
});
