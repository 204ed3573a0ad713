/** Lasting answers ("Always allow") that belong to a folder. `rule` and `made_by` are JSON of the protocol's RuleMatch and Actor. */
export const migration = {
  id: 20,
  name: 'rules',
  sql: `
    CREATE TABLE folder_rules (
      rule_id    TEXT PRIMARY KEY,
      cwd        TEXT NOT NULL,
      provider   TEXT NOT NULL,
      rule       TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      made_by    TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX folder_rules_by_cwd ON folder_rules (cwd, provider);
  `,
} as const;
