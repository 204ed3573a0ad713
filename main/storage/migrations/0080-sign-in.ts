/**
 * How browsers sign in. `logins` gets how, who and from where. `sign_in` has one row: the password as an encoded argon2id hash, the identity
 * provider as JSON of the protocol's OidcSettings with its client secret wrapped (`oidc_box` says by what), how long a login lasts, and when the
 * first-run setup was closed. Any key ever made closes it, in the transaction that makes the key: deleting or revoking every key later does not
 * open it again. Times are milliseconds since 1970.
 */
export const migration = {
  id: 80,
  name: 'sign-in',
  sql: `
    ALTER TABLE logins ADD COLUMN by TEXT NOT NULL DEFAULT 'link' CHECK (by IN ('link', 'password', 'oidc'));
    ALTER TABLE logins ADD COLUMN email TEXT;
    ALTER TABLE logins ADD COLUMN address TEXT;

    CREATE TABLE sign_in (
      id              INTEGER PRIMARY KEY CHECK (id = 1),
      password_hash   TEXT,
      oidc            TEXT,
      oidc_box        TEXT,
      oidc_secret     BLOB,
      lifetime_hours  INTEGER NOT NULL DEFAULT 24,
      trusted_proxies TEXT NOT NULL DEFAULT '[]',
      setup_closed_at INTEGER
    ) STRICT;
    INSERT INTO sign_in (id, setup_closed_at) VALUES (1, (SELECT MIN(created_at) FROM api_keys));

    CREATE TRIGGER api_keys_close_setup AFTER INSERT ON api_keys
    BEGIN
      UPDATE sign_in SET setup_closed_at = NEW.created_at WHERE setup_closed_at IS NULL;
    END;
  `,
} as const;
