import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNotUnderstoodStore } from './not-understood-store.ts';
import { type Db, openDatabase } from './open-database.ts';

let folder: string;
let db: Db;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'not-understood-'));
  db = openDatabase(join(folder, 'q.db'));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const one = (what: string, last_at: number, more: object = {}) => ({
  provider: 'claude',
  version: '9.9.9',
  what,
  last_at,
  session_id: `ses_${last_at}`,
  sample: `{"at":${last_at}}`,
  ...more,
});

describe('what was not understood', () => {
  it('is counted by kind, provider and version, the newest first', () => {
    const store = createNotUnderstoodStore(db);
    store.add(one('a', 1));
    store.add(one('b', 2));
    store.add(one('a', 3));
    store.add(one('a', 4, { version: null }));
    expect(store.list()).toEqual([
      { ...one('a', 4, { version: null }), count: 1 },
      { ...one('a', 3), count: 2 },
      { ...one('b', 2), count: 1 },
    ]);
  });

  it('is kept for the newest fifty kinds', () => {
    const store = createNotUnderstoodStore(db);
    for (let at = 1; at <= 60; at++) store.add(one(`kind ${at}`, at));
    const kinds = store.list().map((row) => row.what);
    expect([kinds.length, kinds[0], kinds.at(-1)]).toEqual([50, 'kind 60', 'kind 11']);
  });
});
