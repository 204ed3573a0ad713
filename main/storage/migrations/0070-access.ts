/**
 * What keys and devices are narrowed to, when they end, and where they were last used. `restrictions` is JSON of the protocol's Restrictions, with
 * resolved folders; `scopes` JSON of Scope[]. `public_key` is the 32 bytes of a device's X25519 key: nothing secret of a device is kept.
 * `gateway_identity` has one row: the gateway's own key pair, the secret half wrapped (`box` says by what). Times are milliseconds since 1970.
 */
export const migration = {
  id: 70,
  name: 'access',
  sql: `
    ALTER TABLE api_keys ADD COLUMN restrictions TEXT NOT NULL DEFAULT '{}';
    ALTER TABLE api_keys ADD COLUMN expires_at INTEGER;
    ALTER TABLE api_keys ADD COLUMN last_used_address TEXT;
    ALTER TABLE api_keys ADD COLUMN last_used_client TEXT;
    ALTER TABLE api_keys ADD COLUMN replaced_by TEXT;

    CREATE TABLE devices (
      id                TEXT PRIMARY KEY,
      name              TEXT NOT NULL,
      public_key        BLOB NOT NULL CHECK (length(public_key) = 32),
      scopes            TEXT NOT NULL,
      restrictions      TEXT NOT NULL,
      created_at        INTEGER NOT NULL,
      expires_at        INTEGER,
      last_used_at      INTEGER,
      last_used_address TEXT,
      last_used_client  TEXT,
      revoked_at        INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE gateway_identity (
      id         INTEGER PRIMARY KEY CHECK (id = 1),
      public_key BLOB NOT NULL CHECK (length(public_key) = 32),
      box        TEXT NOT NULL,
      wrapped    BLOB NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;
  `,
} as const;
