/**
 * Which session a ductor client's chat is. `holder`: '' for credentials that are not narrowed; for others the SHA-256 of what they are narrowed to, so
 * that nobody's chat leads to a session they may not see. `channel_id` 0: none was named.
 */
export const migration = {
  id: 110,
  name: 'ductor-chats',
  sql: `
    CREATE TABLE ductor_chats (
      holder     TEXT    NOT NULL,
      chat_id    INTEGER NOT NULL,
      channel_id INTEGER NOT NULL,
      session_id TEXT    NOT NULL,
      PRIMARY KEY (holder, chat_id, channel_id)
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
