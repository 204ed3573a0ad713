/**
 * The vault: what stands in the CLIs' own files, read once, in a database of its own, so that neither a commit nor a backup of the log waits for
 * it. A text is kept once, however many conversations hold it (a branch copies its beginning; sessions of this app stand in the log and in the
 * CLI's file): `items` and `log_items` point to it, and the full-text index is over `texts` alone.
 */
export const steps = [
  {
    id: 1,
    sql: `
    CREATE TABLE imports (
      imp                 INTEGER PRIMARY KEY,
      import_id           TEXT NOT NULL UNIQUE,
      provider            TEXT NOT NULL,
      provider_session_id TEXT NOT NULL,
      path                TEXT NOT NULL UNIQUE,
      cwd                 TEXT,
      title               TEXT NOT NULL DEFAULT '',
      title_rank          INTEGER NOT NULL DEFAULT 0, -- 0 none, 1 first words, 2 made by the CLI, 3 given by the person
      part                INTEGER NOT NULL DEFAULT 0, -- the conversation of a sub-agent
      gone                INTEGER NOT NULL DEFAULT 0,
      size                INTEGER NOT NULL DEFAULT 0,
      mtime               REAL NOT NULL DEFAULT 0,
      inode               TEXT NOT NULL DEFAULT '',
      "offset"            INTEGER NOT NULL DEFAULT 0, -- bytes read, always at the end of a line
      head_bytes          INTEGER NOT NULL DEFAULT 0,
      head_hash           TEXT NOT NULL DEFAULT '',   -- of the first head_bytes: the file is still the one that was read
      tail_hash           TEXT NOT NULL DEFAULT '',   -- of the last bytes before offset
      items               INTEGER NOT NULL DEFAULT 0,
      first_at            INTEGER,
      last_at             INTEGER,
      unknown_lines       INTEGER NOT NULL DEFAULT 0,
      skipped_lines       INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX imports_by_session ON imports (provider, provider_session_id);
    CREATE INDEX imports_by_age ON imports (last_at);
    CREATE INDEX imports_by_inode ON imports (inode);

    CREATE TABLE texts (
      text_id INTEGER PRIMARY KEY,
      hash    BLOB NOT NULL UNIQUE,
      title   TEXT NOT NULL,
      body    TEXT NOT NULL
    ) STRICT;
    CREATE VIRTUAL TABLE texts_fts USING fts5(
      title, body, content = 'texts', content_rowid = 'text_id', tokenize = 'unicode61 remove_diacritics 2'
    );

    CREATE TABLE items (
      imp     INTEGER NOT NULL,
      n       INTEGER NOT NULL,
      key     TEXT,
      ts      INTEGER,
      kind    TEXT NOT NULL,
      tool    TEXT,
      failed  INTEGER NOT NULL DEFAULT 0,
      text_id INTEGER NOT NULL,
      PRIMARY KEY (imp, n)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX items_by_key ON items (imp, key) WHERE key IS NOT NULL;
    CREATE INDEX items_by_text ON items (text_id);

    CREATE TABLE log_sessions (
      session_id TEXT PRIMARY KEY,
      seq        INTEGER NOT NULL,
      provider   TEXT NOT NULL,
      import_id  TEXT,
      -- Another program wrote to its conversation at this time, and the person was told.
      warned_at  INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE log_items (
      session_id TEXT NOT NULL,
      seq        INTEGER NOT NULL,
      ts         INTEGER NOT NULL,
      kind       TEXT NOT NULL,
      text_id    INTEGER NOT NULL,
      PRIMARY KEY (session_id, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX log_items_by_text ON log_items (text_id);
    CREATE TABLE log_turns (
      session_id TEXT NOT NULL,
      turn_id    TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      ended_at   INTEGER,
      PRIMARY KEY (session_id, turn_id)
    ) STRICT, WITHOUT ROWID;
    -- The CLI's conversations behind our sessions. led: it began here; else it was there before (an import).
    CREATE TABLE log_bindings (
      provider            TEXT NOT NULL,
      provider_session_id TEXT NOT NULL,
      session_id          TEXT NOT NULL,
      since               INTEGER NOT NULL,
      led                 INTEGER NOT NULL,
      -- The session goes on with it, and not on a branch.
      current             INTEGER NOT NULL,
      PRIMARY KEY (provider, provider_session_id, session_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX log_bindings_by_session ON log_bindings (session_id);
  `,
  },
] as const;
