import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import type { KvEntry } from '../protocol/kv.ts';
import { limits } from '../protocol/limits.ts';
import type { Db } from './open-database.ts';

/** What scripts and agents keep under names. Entries that have run out are gone for every reader; they leave the disk at the next write. */
export interface KvStore {
  /** By key. @param prefix - of the key; `%` and `_` are only characters. */
  list(agent: string, prefix?: string): KvEntry[];
  get(agent: string, key: string): KvEntry | null;
  put(agent: string, key: string, value: string, ttl_ms?: number): Result<KvEntry, Problem>;
  /** False when there was none. */
  remove(agent: string, key: string): boolean;
}

const columns = 'key, value, created_at, updated_at, expires_at';
const live = '(expires_at IS NULL OR expires_at > @now)';

/** The only writer of `kv_entries`. */
export function createKvStore(db: Db, now: () => number = Date.now): KvStore {
  type Named = { agent: string; key: string; now: number };
  const all = db.prepare<{ agent: string; prefix: string; chars: number; now: number }, KvEntry>(
    `SELECT ${columns} FROM kv_entries WHERE agent = @agent AND substr(key, 1, @chars) = @prefix AND ${live} ORDER BY key`,
  );
  const one = db.prepare<Named, KvEntry>(
    `SELECT ${columns} FROM kv_entries WHERE agent = @agent AND key = @key AND ${live}`,
  );
  const keysOf = db.prepare<[string], { count: number }>('SELECT count(*) AS count FROM kv_entries WHERE agent = ?');
  const agents = db.prepare<[], { count: number }>('SELECT count(DISTINCT agent) AS count FROM kv_entries');
  const forget = db.prepare<[number]>('DELETE FROM kv_entries WHERE expires_at <= ?');
  const upsert = db.prepare(
    `INSERT INTO kv_entries (agent, key, value, created_at, updated_at, expires_at)
     VALUES (@agent, @key, @value, @now, @now, @expires_at)
     ON CONFLICT (agent, key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, expires_at = excluded.expires_at`,
  );
  const drop = db.prepare<Named>(`DELETE FROM kv_entries WHERE agent = @agent AND key = @key AND ${live}`);

  const put = db.transaction(
    (agent: string, key: string, value: string, ttl_ms: number | undefined): Result<KvEntry, Problem> => {
      const time = now();
      forget.run(time);
      if (!one.get({ agent, key, now: time })) {
        const keys = keysOf.get(agent)!.count;
        if (keys >= limits.kvKeysPerAgent) return err(full(`"${agent}" has ${keys} keys, which is the limit`));
        if (keys === 0 && agents.get()!.count >= limits.kvAgents) {
          return err(full(`${limits.kvAgents} agents keep something here, which is the limit`));
        }
      }
      upsert.run({ agent, key, value, now: time, expires_at: ttl_ms === undefined ? null : time + ttl_ms });
      return ok(one.get({ agent, key, now: time })!);
    },
  );
  return {
    list: (agent, prefix = '') => all.all({ agent, prefix, chars: [...prefix].length, now: now() }),
    get: (agent, key) => one.get({ agent, key, now: now() }) ?? null,
    put(agent, key, value, ttl_ms) {
      if (Buffer.byteLength(value) > limits.kvValueBytes) return err(tooLarge);
      return put.immediate(agent, key, value, ttl_ms);
    },
    remove: (agent, key) => drop.run({ agent, key, now: now() }).changes > 0,
  };
}

const tooLarge: Problem = {
  code: 'frame_too_large',
  message: `A value has at most ${limits.kvValueBytes} bytes.`,
  impact: 'Nothing was kept; the value before stands.',
  next: 'Keep less, or keep it in a file.',
};
const full = (what: string): Problem => ({
  code: 'conflict',
  message: `${what}.`,
  impact: 'Nothing was kept.',
  next: 'Delete keys that are not needed, or give them a time to live.',
});
