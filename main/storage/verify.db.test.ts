import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { World } from '../orchestrator/world-test-support.ts';

let world: World;
let ids: string[];

beforeAll(async () => {
  world = new World();
  ids = [];
  for (let session = 0; session < 2; session += 1) {
    const { client, session_id } = await world.session();
    ids.push(session_id);
    for (let turn = 0; turn < 4; turn += 1) {
      await client.result({ type: 'message', session_id, text: `Frage ${turn} — 你好` });
      world.provider.say(
        { type: 'text', item_id: `${turn}`, text: `answer ${turn}` },
        { type: 'turn_end', status: 'completed' },
      );
    }
  }
});
afterAll(() => world.close());

/** Runs `alter` inside a transaction that is always taken back. */
function whileAltered(alter: () => void, check: () => void): void {
  world.db.exec('BEGIN');
  try {
    alter();
    check();
  } finally {
    world.db.exec('ROLLBACK');
  }
}

describe('verify', () => {
  it('finds nothing wrong in a log nobody touched', () => {
    const report = world.store.verify();
    expect(report.ok).toBe(true);
    expect(report.sessions.map((session) => session.events)).toEqual([17, 17]);
  });

  it('finds one altered byte anywhere in a body or a hash, and names the event', () => {
    const rows = world.db.prepare('SELECT session_id, seq, body, hash FROM events').all() as {
      session_id: string;
      seq: number;
      body: string;
      hash: Buffer;
    }[];
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean(), (which, where, mask, inBody) => {
        const row = rows[which % rows.length]!;
        const bytes = Buffer.from(inBody ? Buffer.from(row.body, 'utf8') : row.hash);
        bytes[where % bytes.length] = bytes[where % bytes.length]! ^ mask;
        const column = inBody ? 'body = CAST(? AS TEXT)' : 'hash = ?';
        whileAltered(
          () =>
            world.db
              .prepare(`UPDATE events SET ${column} WHERE session_id = ? AND seq = ?`)
              .run(bytes, row.session_id, row.seq),
          () => {
            const report = world.store.verify();
            expect(report.ok).toBe(false);
            const broken = report.sessions.find((session) => !session.ok);
            expect(broken).toMatchObject({ session_id: row.session_id, broken_at: row.seq });
          },
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['an event taken out of the middle', 'DELETE FROM events WHERE seq = 5'],
    ['events cut off at the end', 'DELETE FROM events WHERE seq > 12'],
    ['an event with another number', 'UPDATE events SET seq = 99 WHERE seq = 17'],
    [
      'an event moved to a session that does not exist',
      `UPDATE events SET session_id = 'ses_other' WHERE seq = 17 AND session_id = (SELECT max(session_id) FROM events)`,
    ],
    [
      'two events exchanged',
      'UPDATE events SET seq = CASE seq WHEN 5 THEN -6 ELSE -5 END WHERE seq IN (5, 6); UPDATE events SET seq = -seq WHERE seq < 0',
    ],
    ['an event added', `INSERT INTO events SELECT session_id, 18, body, hash FROM events WHERE seq = 17`],
    ['another head', 'UPDATE sessions SET head_hash = zeroblob(32)'],
    ['a session taken out of the list', 'DELETE FROM sessions'],
  ])('finds %s', (_what, sql) => {
    whileAltered(
      () => world.db.exec(sql),
      () => expect(world.store.verify().ok).toBe(false),
    );
  });

  it('says so when there is no such session', () => {
    expect(world.store.verify('ses_nobody' as never)).toMatchObject({ ok: false });
  });
});
