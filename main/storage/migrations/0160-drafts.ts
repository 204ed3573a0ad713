/** What is being written and was not sent, one row for each session; `new` is the session that does not exist yet. An empty one keeps its count. */
export const migration = {
  id: 160,
  name: 'drafts',
  sql: `
    CREATE TABLE drafts (
      key        TEXT PRIMARY KEY,
      text       TEXT NOT NULL,
      rev        INTEGER NOT NULL,
      written_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
