/**
 * Sessions that were deleted as a whole: what the end of their chain was, when they went and why. Nothing of what was said stays; but a session that is
 * gone without a row here was not deleted by this app. Times are milliseconds since 1970.
 */
export const migration = {
  id: 180,
  name: 'deleted-sessions',
  sql: `
    CREATE TABLE deleted_sessions (
      session_id TEXT PRIMARY KEY,
      head_seq   INTEGER NOT NULL,
      head_hash  BLOB NOT NULL,
      deleted_at INTEGER NOT NULL,
      reason     TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
