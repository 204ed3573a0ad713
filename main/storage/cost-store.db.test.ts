import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCostStore } from './cost-store.ts';
import { type Db, openDatabase } from './open-database.ts';

let folder: string;
let db: Db;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-store-'));
  db = openDatabase(join(folder, 'quarterdeck.db'));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Puts events at the end of a session, as the log has them. */
function log(session_id: string, ...events: object[]): void {
  const { head } = db
    .prepare('SELECT coalesce(max(seq), 0) AS head FROM events WHERE session_id = ?')
    .get(session_id) as {
    head: number;
  };
  const insert = db.prepare('INSERT INTO events (session_id, seq, body, hash) VALUES (?, ?, ?, ?)');
  for (const [at, event] of events.entries()) {
    insert.run(session_id, head + at + 1, JSON.stringify(event), Buffer.alloc(32));
  }
  db.prepare(
    `INSERT INTO sessions (session_id, head_seq, head_hash, updated_at, summary) VALUES (?, ?, ?, 0, '{}')
     ON CONFLICT (session_id) DO UPDATE SET head_seq = excluded.head_seq`,
  ).run(session_id, head + events.length, Buffer.alloc(32));
}
const created = { type: 'session_created', provider: 'claude' };
const started = (provider: string) => ({ type: 'turn_started', provider });
const used = (input_tokens: number, output_tokens: number, cost_usd?: number) => ({
  type: 'usage',
  input_tokens,
  output_tokens,
  cost_usd,
});

it('adds up what each agent used in each session, and says where an agent does not tell the price', async () => {
  log('one', created, { type: 'user_message', text: 'x' }, started('claude'), used(10, 5, 0.25), {
    type: 'text',
    text: 'y',
  });
  log('one', started('codex'), used(7, 3), { type: 'text', text: 'z', parent_tool_call_id: 't' });
  log('two', created, started('claude'), used(1, 1, 0.5));
  expect(await createCostStore(db).all()).toMatchObject([
    {
      session_id: 'one',
      provider: 'claude',
      cost_usd: 0.25,
      priced: true,
      input_tokens: 10,
      output_tokens: 5,
      messages: 2,
    },
    {
      session_id: 'one',
      provider: 'codex',
      cost_usd: 0,
      priced: false,
      input_tokens: 7,
      output_tokens: 3,
      messages: 0,
    },
    { session_id: 'two', provider: 'claude', cost_usd: 0.5 },
  ]);
});

it('reads no event twice, also after a restart and when it is asked by many at once', async () => {
  log('one', created, started('claude'), used(10, 5, 0.25));
  const first = createCostStore(db);
  const many = await Promise.all([first.all(), first.all(), first.all()]);
  for (const rows of many) expect(rows).toMatchObject([{ input_tokens: 10 }]);
  log('one', used(1, 1, 0.25));
  expect(await createCostStore(db).all()).toMatchObject([{ provider: 'claude', input_tokens: 11, cost_usd: 0.5 }]);
  expect(await first.all()).toMatchObject([{ input_tokens: 11 }]);
});

it('goes on behind an event that was damaged on disk, and through logs longer than one page', async () => {
  log('one', created, started('claude'));
  log('one', ...Array.from({ length: 4_500 }, () => used(1, 0)));
  db.prepare(`UPDATE events SET body = '{"type":"usage", damaged' WHERE seq = 100`).run();
  expect(await createCostStore(db).all()).toMatchObject([{ input_tokens: 4_499 }]);
});

it('is only a cache: emptied, it is the same again', async () => {
  log('one', created, started('claude'), used(10, 5, 0.25));
  const before = await createCostStore(db).all();
  db.exec('DELETE FROM session_costs; DELETE FROM cost_cursors');
  expect(await createCostStore(db).all()).toEqual(before);
});
