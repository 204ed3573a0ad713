import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenItemChunk } from '../orchestrator/ports.ts';
import { createEventStore } from './event-store.ts';
import { type Db, openDatabase } from './open-database.ts';

const full = 2;
const chunk = { session_id: 'ses_1', turn_id: 'turn_1', item_id: 'i', kind: 'text', offset: 0, text: 'a' };

describe('a checkpoint of open text', () => {
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
  const synchronous = () => db.pragma('synchronous', { simple: true });

  it('leaves the facts that follow it as durable as before', () => {
    createEventStore(db).checkpoint([chunk as OpenItemChunk]);
    expect(synchronous()).toBe(full);
  });

  it('does so also when it is refused', () => {
    const store = createEventStore(db);
    expect(() => store.checkpoint([{ ...chunk, text: null } as unknown as OpenItemChunk])).toThrow();
    expect(synchronous()).toBe(full);
  });
});
