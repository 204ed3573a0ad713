import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createManualClock } from '../base/clock.ts';
import { limits } from '../protocol/limits.ts';
import { createKvStore, type KvStore } from './kv-store.ts';
import { type Db, openDatabase } from './open-database.ts';

let folder: string;
let db: Db;
let kv: KvStore;
const clock = createManualClock();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-store-'));
  db = openDatabase(join(folder, 'quarterdeck.db'));
  kv = createKvStore(db, clock.now);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});
const rows = () => (db.prepare('SELECT count(*) AS n FROM kv_entries').get() as { n: number }).n;

it('forgets an entry when its time has run out, for every reader at once and from the disk at the next write', () => {
  kv.put('a', 'short', 'x', 1_000);
  kv.put('a', 'long', 'y');
  clock.advance(999);
  expect(kv.get('a', 'short')?.value).toBe('x');
  clock.advance(1);
  expect(kv.get('a', 'short')).toBeNull();
  expect(kv.list('a').map(({ key }) => key)).toEqual(['long']);
  expect(kv.remove('a', 'short')).toBe(false);
  expect(rows()).toBe(2);
  kv.put('a', 'more', 'z');
  expect(rows()).toBe(2);
});

it('keeps when an entry was made through every change, and drops an old end', () => {
  kv.put('a', 'k', '1', 1_000);
  const made = clock.now();
  clock.advance(500);
  const second = kv.put('a', 'k', '2');
  expect(second).toMatchObject({
    ok: true,
    value: { value: '2', created_at: made, updated_at: made + 500, expires_at: null },
  });
});

it('takes 1,000 keys of one agent, goes on taking changes of them, and has room again after one is gone', () => {
  for (let n = 0; n < limits.kvKeysPerAgent; n += 1) kv.put('a', `k${n}`, 'x');
  expect(kv.put('a', 'one more', 'x')).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect(kv.put('a', 'k7', 'changed').ok).toBe(true);
  expect(kv.put('b', 'one more', 'x').ok).toBe(true);
  kv.remove('a', 'k7');
  expect(kv.put('a', 'one more', 'x').ok).toBe(true);
});

it('takes no more agents than the limit, so that names cannot fill the disk', () => {
  for (let n = 0; n < limits.kvAgents; n += 1) kv.put(`a${n}`, 'k', 'x');
  expect(kv.put('another', 'k', 'x')).toMatchObject({ ok: false, error: { code: 'conflict' } });
});

it('finds a prefix as it is written: no character of it stands for others', () => {
  for (const key of ['a%b', 'a_b', 'axb', '😀one', '😀two']) kv.put('p', key, 'x');
  const keys = (prefix: string) => kv.list('p', prefix).map(({ key }) => key);
  expect(keys('a%')).toEqual(['a%b']);
  expect(keys('a_')).toEqual(['a_b']);
  expect(keys('😀')).toEqual(['😀one', '😀two']);
  expect(keys('')).toHaveLength(5);
});
