/**
 * The event log. `events` is clustered on (session_id, seq), so that a replay is one range read. `body` is the canonical JSON that is hashed,
 * kept and sent; `hash` is SHA-256(previous hash || body), 32 bytes, starting from 32 zero bytes.
 */
export const migration = {
  id: 10,
  name: 'sessions',
  sql: `
    CREATE TABLE sessions (
      session_id TEXT PRIMARY KEY,
      head_seq   INTEGER NOT NULL,
      head_hash  BLOB NOT NULL,
      updated_at INTEGER NOT NULL,
      summary    TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE events (
      session_id TEXT NOT NULL,
      seq        INTEGER NOT NULL,
      body       TEXT NOT NULL,
      hash       BLOB NOT NULL,
      PRIMARY KEY (session_id, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE receipts (
      command_id TEXT PRIMARY KEY,
      digest     TEXT NOT NULL,
      result     TEXT NOT NULL,
      ts         INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX receipts_by_age ON receipts (ts);

    CREATE TABLE open_item_chunks (
      session_id TEXT NOT NULL,
      item_id    TEXT NOT NULL,
      "offset"   INTEGER NOT NULL,
      turn_id    TEXT NOT NULL,
      kind       TEXT NOT NULL,
      opened     INTEGER NOT NULL,
      text       TEXT NOT NULL,
      PRIMARY KEY (session_id, item_id, "offset")
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
