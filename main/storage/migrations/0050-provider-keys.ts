/**
 * `provider_keys`: API keys the person stored for providers, wrapped. `box` says what wrapped it (`keychain`, `key_file`) and so what can
 * unwrap it; `wrapped` is meaningless without that. Times are milliseconds since 1970.
 * `not_understood`: what CLIs said that the app did not know, one row for each kind. `version` is empty where it is not known.
 */
export const migration = {
  id: 50,
  name: 'provider-keys',
  sql: `
    CREATE TABLE provider_keys (
      provider   TEXT PRIMARY KEY,
      box        TEXT NOT NULL,
      wrapped    BLOB NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE not_understood (
      provider   TEXT NOT NULL,
      version    TEXT NOT NULL,
      what       TEXT NOT NULL,
      count      INTEGER NOT NULL,
      last_at    INTEGER NOT NULL,
      session_id TEXT NOT NULL,
      sample     TEXT NOT NULL,
      PRIMARY KEY (provider, version, what)
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
