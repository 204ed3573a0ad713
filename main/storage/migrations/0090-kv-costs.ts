/**
 * Two small stores. `kv_entries`: what scripts and agents keep under a name; times are milliseconds since 1970. `session_costs`: what each agent used in
 * each session, added up from the `usage` events of the log up to event `cost_cursors.seq`. It is only a cache of the log: emptied, it is made again.
 */
export const migration = {
  id: 90,
  name: 'kv-costs',
  sql: `
    CREATE TABLE kv_entries (
      agent      TEXT NOT NULL,
      key        TEXT NOT NULL,
      value      TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      expires_at INTEGER,
      PRIMARY KEY (agent, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX kv_entries_by_end ON kv_entries (expires_at) WHERE expires_at IS NOT NULL;

    CREATE TABLE cost_cursors (
      session_id TEXT PRIMARY KEY,
      seq        INTEGER NOT NULL,
      provider   TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE session_costs (
      session_id    TEXT NOT NULL,
      provider      TEXT NOT NULL,
      cost_usd      REAL NOT NULL,
      priced        INTEGER NOT NULL,
      input_tokens  INTEGER NOT NULL,
      output_tokens INTEGER NOT NULL,
      cached_tokens INTEGER NOT NULL,
      messages      INTEGER NOT NULL,
      PRIMARY KEY (session_id, provider)
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
