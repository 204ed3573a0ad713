/**
 * Where approvals stand in the log, so that they can be listed across sessions without reading it: pointers only, the log is the record. Rules can
 * run out, and those of sessions are listed too. Logs that are on disk already are read once, here; what is damaged in them is passed over.
 * A fork has copies of the requests of the session it comes from (session ids sort by time): only the first one counts.
 */
const ofType = (type: string): string =>
  `body LIKE '%"type":"${type}"%' AND CASE WHEN json_valid(body) THEN json_extract(body, '$.type') END = '${type}'`;

export const migration = {
  id: 150,
  name: 'approvals',
  sql: `
    CREATE TABLE approvals (
      approval_id  TEXT PRIMARY KEY,
      session_id   TEXT NOT NULL,
      requested_at INTEGER NOT NULL,
      request_seq  INTEGER NOT NULL,
      answer_seq   INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX approvals_by_time ON approvals (requested_at, approval_id);
    CREATE INDEX approvals_by_session ON approvals (session_id, requested_at, approval_id);
    CREATE INDEX approvals_pending ON approvals (requested_at, approval_id) WHERE answer_seq IS NULL;

    INSERT OR IGNORE INTO approvals (approval_id, session_id, requested_at, request_seq)
      SELECT CAST(json_extract(body, '$.approval_id') AS TEXT), session_id, CAST(json_extract(body, '$.ts') AS INTEGER), seq
      FROM events WHERE ${ofType('approval_request')} ORDER BY session_id, seq;
    UPDATE approvals SET answer_seq = answered.seq
      FROM (SELECT session_id, seq, json_extract(body, '$.approval_id') AS approval_id FROM events
            WHERE ${ofType('approval_resolved')}) AS answered
      WHERE answered.approval_id = approvals.approval_id AND answered.session_id = approvals.session_id;

    ALTER TABLE folder_rules ADD COLUMN expires_at INTEGER;

    CREATE TABLE session_rules (
      rule_id    TEXT PRIMARY KEY,
      session_id TEXT NOT NULL,
      provider   TEXT NOT NULL,
      rule       TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      made_by    TEXT NOT NULL,
      expires_at INTEGER
    ) STRICT, WITHOUT ROWID;

    INSERT OR IGNORE INTO session_rules (rule_id, session_id, provider, rule, created_at, made_by)
      SELECT CAST(json_extract(events.body, '$.rule_id') AS TEXT), events.session_id,
        CAST(coalesce(CASE WHEN json_valid(summary) THEN json_extract(summary, '$.provider') END, 'none') AS TEXT),
        CAST(json_extract(events.body, '$.rule') AS TEXT), CAST(json_extract(events.body, '$.ts') AS INTEGER),
        CAST(json_extract(events.body, '$.by') AS TEXT)
      FROM events LEFT JOIN sessions USING (session_id)
      WHERE ${ofType('rule_added')} AND json_extract(events.body, '$.scope') = 'session';
    DELETE FROM session_rules WHERE rule_id IN (
      SELECT json_extract(body, '$.rule_id') FROM events WHERE ${ofType('rule_removed')});
  `,
} as const;
