import type { SessionId } from '../protocol/ids.ts';
import type { Db } from './open-database.ts';

/** A chat of a ductor client; `channel_id` null: it named none. */
export interface DuctorChat {
  /** Of whom; see the migration. */
  holder: string;
  chat_id: number;
  channel_id: number | null;
}

/** Which session each ductor chat is, over restarts. The only writer of `ductor_chats`. */
export interface DuctorChatStore {
  get(chat: DuctorChat): SessionId | null;
  set(chat: DuctorChat, session_id: SessionId): void;
}

export function createDuctorChatStore(db: Db): DuctorChatStore {
  const find = db.prepare<[string, number, number], { session_id: string }>(
    'SELECT session_id FROM ductor_chats WHERE holder = ? AND chat_id = ? AND channel_id = ?',
  );
  const upsert = db.prepare(
    `INSERT INTO ductor_chats (holder, chat_id, channel_id, session_id) VALUES (?, ?, ?, ?)
     ON CONFLICT (holder, chat_id, channel_id) DO UPDATE SET session_id = excluded.session_id`,
  );
  return {
    get: ({ holder, chat_id, channel_id }) =>
      (find.get(holder, chat_id, channel_id ?? 0)?.session_id ?? null) as SessionId | null,
    set({ holder, chat_id, channel_id }, session_id) {
      upsert.run(holder, chat_id, channel_id ?? 0, session_id);
    },
  };
}
