/**
 * Which sessions name which attachments in their log: derived from it, so that a file is known to be needed without reading every event. A draft names
 * its own itself. `attachments_let_go`: what a deleted session named; written with the deletion, so that no crash forgets a file that is to go.
 */
export const migration = {
  id: 190,
  name: 'attachment-uses',
  sql: `
    CREATE TABLE attachment_uses (
      session_id    TEXT NOT NULL,
      attachment_id TEXT NOT NULL,
      bytes         INTEGER NOT NULL,
      PRIMARY KEY (session_id, attachment_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX attachment_uses_by_attachment ON attachment_uses (attachment_id);

    CREATE TABLE attachments_let_go (
      attachment_id TEXT PRIMARY KEY
    ) STRICT, WITHOUT ROWID;

    INSERT OR IGNORE INTO attachment_uses (session_id, attachment_id, bytes)
    SELECT session_id, json_extract(one.value, '$.attachment_id'), json_extract(one.value, '$.bytes')
    FROM events, json_each(
      CASE WHEN instr(body, '"attachments":[{') > 0 AND json_valid(body) THEN body ELSE '{}' END, '$.attachments'
    ) AS one
    WHERE one.type = 'object'
      AND typeof(json_extract(one.value, '$.attachment_id')) = 'text'
      AND typeof(json_extract(one.value, '$.bytes')) = 'integer';
  `,
} as const;
