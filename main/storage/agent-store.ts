import { CustomAgent } from '../protocol/settings.ts';
import type { Db } from './open-database.ts';
import { storageError } from './storage-error.ts';

export interface StoredAgent {
  agent: CustomAgent;
  /** What was learned of it, JSON as it was given; null: nothing. */
  known: string | null;
}

/** The agents the person added. The only writer of `custom_agents`. */
export interface AgentStore {
  /** In the order in which they were added. One that cannot be read (damaged, or from another version) is left out. */
  list(): StoredAgent[];
  /**
   * Adds it, or changes the one with its id.
   * @throws {StorageError} when the disk refuses; nothing has changed then.
   */
  put(agent: CustomAgent, known: string | null): void;
  /** Keeps what was learned. A disk that refuses costs nothing but learning it again. */
  remember(id: string, known: string): void;
  /** False when there is no such agent. @throws {StorageError} */
  remove(id: string): boolean;
}

export function createAgentStore(db: Db, now: () => number = Date.now): AgentStore {
  const all = db.prepare<[], { agent: string; known: string | null }>(
    'SELECT agent, known FROM custom_agents ORDER BY added_at, id',
  );
  const upsert = db.prepare(
    `INSERT INTO custom_agents (id, agent, known, added_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET agent = excluded.agent, known = excluded.known`,
  );
  const learn = db.prepare('UPDATE custom_agents SET known = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM custom_agents WHERE id = ?');
  const write = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw storageError(error);
    }
  };
  return {
    list: () =>
      all.all().flatMap(({ agent, known }) => {
        const read = readAgent(agent);
        return read === null ? [] : [{ agent: read, known }];
      }),
    put(agent, known) {
      write(() => upsert.run(agent.id, JSON.stringify(agent), known, now()));
    },
    remember(id, known) {
      try {
        learn.run(known, id);
      } catch {}
    },
    remove: (id) => write(() => remove.run(id).changes > 0),
  };
}

function readAgent(text: string): CustomAgent | null {
  try {
    return CustomAgent.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
