/** What the person set for the whole app. `value` is JSON of the field of the protocol's Settings with this name; what was never set has no row. */
export const migration = {
  id: 40,
  name: 'settings',
  sql: `
    CREATE TABLE settings (
      name  TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
