import { Emitter } from '../base/emitter.ts';
import { defaultSettings, Settings } from '../protocol/settings.ts';
import type { Db } from './open-database.ts';
import { storageError } from './storage-error.ts';

/** What the person set for the whole app. The only writer of `settings`. */
export interface SettingsStore {
  get(): Settings;
  /**
   * Changes what is named; the rest stays. @returns all of them.
   * @throws {StorageError} when the disk refuses; nothing has changed then.
   */
  set(change: Partial<Settings>): Settings;
  /** After every change, with all of them. */
  readonly changed: Emitter<Settings>;
}

type Name = keyof Settings;
const names = Object.keys(Settings.shape) as Name[];

/** One stored value; the default where it was never set, is damaged, or came from another version that allowed more. */
function readValue(name: Name, value: string | undefined): unknown {
  if (value === undefined) return defaultSettings[name];
  try {
    const read = Settings.shape[name].safeParse(JSON.parse(value));
    return read.success ? read.data : defaultSettings[name];
  } catch {
    return defaultSettings[name];
  }
}

export function createSettingsStore(db: Db): SettingsStore {
  const all = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM settings');
  const upsert = db.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const write = db.transaction((change: Partial<Settings>) => {
    for (const name of names) if (change[name] !== undefined) upsert.run(name, JSON.stringify(change[name]));
  });
  const read = (): Settings => {
    const rows = new Map(all.all().map((row) => [row.name, row.value]));
    return Object.fromEntries(names.map((name) => [name, readValue(name, rows.get(name))])) as unknown as Settings;
  };
  const changed = new Emitter<Settings>();
  // Asked at every turn, changed once in a while.
  let now = read();
  return {
    changed,
    get: () => now,
    set(change) {
      try {
        write.immediate(change);
      } catch (error) {
        throw storageError(error);
      }
      now = read();
      changed.emit(now);
      return now;
    },
  };
}
