import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings, Settings } from '../protocol/settings.ts';
import { type Db, openDatabase } from './open-database.ts';
import { createSettingsStore } from './settings-store.ts';

let folder: string;
let db: Db;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-settings-'));
  db = openDatabase(join(folder, 'quarterdeck.db'));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the settings', () => {
  it('are the defaults until somebody sets one; the others stay as they are', () => {
    const store = createSettingsStore(db);
    expect(store.get()).toEqual(defaultSettings);
    const told: Settings[] = [];
    store.changed.on((settings) => told.push(settings));
    store.set({ turn_idle_minutes: null, goal_limits: { turns: 3, minutes: null, cost_usd: 1.5 } });
    const wanted = {
      ...defaultSettings,
      turn_idle_minutes: null,
      goal_limits: { turns: 3, minutes: null, cost_usd: 1.5 },
    };
    expect(store.get()).toEqual(wanted);
    expect(told).toEqual([wanted]);
    expect(createSettingsStore(db).get()).toEqual(wanted);
  });

  it('are valid whatever stands in the database', () => {
    const write = db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)');
    const value = fc.oneof(fc.string(), fc.json(), fc.constantFrom('0', '-1', '"x"', 'null', '{"turns":0}'));
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(Settings.shape), 'from_the_future'), value, (name, text) => {
        write.run(name, text);
        expect(Settings.safeParse(createSettingsStore(db).get()).success).toBe(true);
      }),
    );
  });
});
