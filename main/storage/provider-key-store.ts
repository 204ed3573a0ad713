import type { ProviderId } from '../protocol/ids.ts';
import type { Db } from './open-database.ts';

/** A stored API key of a provider, as it stands on disk: wrapped. */
export interface WrappedKey {
  /** What wrapped it, and alone can unwrap it. */
  box: string;
  wrapped: Buffer;
}

export interface ProviderKeyStore {
  find(provider: ProviderId): WrappedKey | null;
  /** Takes the place of the one before. */
  put(provider: ProviderId, key: WrappedKey): void;
  /** False when there was none. */
  remove(provider: ProviderId): boolean;
  /** Providers with a key, and what wrapped it. */
  list(): { provider: ProviderId; box: string }[];
}

/** The only writer of `provider_keys`. It never sees a key in clear. */
export function createProviderKeyStore(db: Db, now: () => number = Date.now): ProviderKeyStore {
  const find = db.prepare<[string], WrappedKey>('SELECT box, wrapped FROM provider_keys WHERE provider = ?');
  const put = db.prepare(
    'INSERT OR REPLACE INTO provider_keys (provider, box, wrapped, created_at) VALUES (?, ?, ?, ?)',
  );
  const remove = db.prepare('DELETE FROM provider_keys WHERE provider = ?');
  const list = db.prepare<[], { provider: ProviderId; box: string }>(
    'SELECT provider, box FROM provider_keys ORDER BY provider',
  );
  return {
    find: (provider) => find.get(provider) ?? null,
    put: (provider, { box, wrapped }) => void put.run(provider, box, wrapped, now()),
    remove: (provider) => remove.run(provider).changes > 0,
    list: () => list.all(),
  };
}
