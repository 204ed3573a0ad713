/**
 * Agents the person added by their command line. `agent` is JSON of the protocol's CustomAgent, without secrets; `known` is JSON of what was
 * learned of it while it ran (models, abilities). Times are milliseconds since 1970.
 */
export const migration = {
  id: 60,
  name: 'custom-agents',
  sql: `
    CREATE TABLE custom_agents (
      id       TEXT PRIMARY KEY,
      agent    TEXT NOT NULL,
      known    TEXT,
      added_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
