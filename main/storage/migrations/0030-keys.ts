/**
 * What a client signs in with. Secrets are never kept: `key_hash` and `token_hash` are SHA-256 (hex) of the whole secret, which is 256 random
 * bits, so a plain hash is enough. Times are milliseconds since 1970. `scopes` is JSON of the protocol's Scope[].
 */
export const migration = {
  id: 30,
  name: 'keys',
  sql: `
    CREATE TABLE api_keys (
      id           TEXT PRIMARY KEY,
      name         TEXT NOT NULL,
      key_hash     TEXT NOT NULL UNIQUE,
      prefix       TEXT NOT NULL,
      scopes       TEXT NOT NULL,
      created_at   INTEGER NOT NULL,
      last_used_at INTEGER,
      revoked_at   INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE logins (
      id           TEXT PRIMARY KEY,
      name         TEXT NOT NULL,
      token_hash   TEXT NOT NULL UNIQUE,
      created_at   INTEGER NOT NULL,
      last_seen_at INTEGER NOT NULL,
      expires_at   INTEGER NOT NULL,
      revoked_at   INTEGER
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
