import { defaultGatewaySettings, GatewaySettings } from '../protocol/gateway.ts';
import type { Db } from './open-database.ts';
import { storageError } from './storage-error.ts';

/** Where the gateway listens, as the person set it, and origins of pages it served before. The only writer of its rows in `settings`. */
export interface GatewaySettingsStore {
  get(): GatewaySettings;
  /** @throws {StorageError} when the disk refuses; nothing has changed then. */
  set(settings: GatewaySettings): void;
  /** Origins it was reached at over a network, oldest first. */
  origins(): readonly string[];
  /** @throws {StorageError} */
  setOrigins(origins: readonly string[]): void;
}

export function createGatewaySettingsStore(db: Db): GatewaySettingsStore {
  const one = db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE name = ?');
  const upsert = db.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const read = (name: string): unknown => {
    try {
      return JSON.parse(one.get(name)?.value ?? 'null');
    } catch {
      return null;
    }
  };
  const write = (name: string, value: unknown) => {
    try {
      upsert.run(name, JSON.stringify(value));
    } catch (error) {
      throw storageError(error);
    }
  };
  /** What is damaged, or came from another version that allowed more, counts as never set: it must not open a door by mistake. */
  const parsed = GatewaySettings.safeParse({ ...defaultGatewaySettings, ...(read('gateway') as object | null) });
  let now = parsed.success ? parsed.data : defaultGatewaySettings;
  return {
    get: () => now,
    set(settings) {
      write('gateway', settings);
      now = settings;
    },
    origins() {
      const kept = read('gateway_origins');
      return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string') : [];
    },
    setOrigins: (origins) => write('gateway_origins', origins),
  };
}
