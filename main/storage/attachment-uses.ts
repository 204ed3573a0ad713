import Database from 'better-sqlite3';
import type { Attachment } from '../protocol/values.ts';
import type { Db } from './open-database.ts';

/** An attachment as far as its file is concerned. */
export type NamedFile = Pick<Attachment, 'attachment_id' | 'bytes'>;

/** What stands in the name of a file must be one. */
const isId = (id: unknown): id is string => typeof id === 'string' && /^[0-9a-f]{64}$/.test(id);

const ofDrafts = `SELECT json_extract(one.value, '$.attachment_id') AS attachment_id, json_extract(one.value, '$.bytes') AS bytes, drafts.key
  FROM drafts, json_each(CASE WHEN json_valid(attachments) THEN attachments ELSE '[]' END) AS one WHERE one.type = 'object'`;

/** Of a database of before the table of uses: from the events themselves, as the migration makes the table. */
const ofEvents = `SELECT DISTINCT json_extract(one.value, '$.attachment_id') AS attachment_id, json_extract(one.value, '$.bytes') AS bytes
  FROM events, json_each(
    CASE WHEN instr(body, '"attachments":[{') > 0 AND json_valid(body) THEN body ELSE '{}' END, '$.attachments'
  ) AS one WHERE one.type = 'object'`;

/**
 * Every attachment that a database names, in messages, in those that wait, and in drafts; of any schema this app ever had.
 * @throws {Error} SqliteError when it cannot be read.
 */
export function namedFiles(db: Db): NamedFile[] {
  const has = (table: string, column: string) =>
    db.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').pluck().get(table, column) === 1;
  const parts: string[] = [];
  if (has('attachment_uses', 'attachment_id')) parts.push('SELECT attachment_id, bytes FROM attachment_uses');
  else if (has('events', 'body')) parts.push(ofEvents);
  if (has('drafts', 'attachments')) parts.push(`SELECT attachment_id, bytes FROM (${ofDrafts})`);
  if (parts.length === 0) return [];
  return db
    .prepare<[], NamedFile>(parts.join(' UNION '))
    .all()
    .filter(({ attachment_id, bytes }) => isId(attachment_id) && Number.isInteger(bytes));
}

/** The same of a database that nobody has open, which is left as it is. @throws {Error} SqliteError when it cannot be opened or read. */
export function namedFilesIn(path: string): NamedFile[] {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return namedFiles(db);
  } finally {
    db.close();
  }
}

export interface AttachmentUses {
  /** A session or a draft names it. */
  isNamed(attachment_id: string): boolean;
  /** What deleted sessions named, whether or not something else names it as well. */
  letGo(): string[];
  /** It was seen to. */
  settled(attachment_id: string): void;
}

export function createAttachmentUses(db: Db): AttachmentUses {
  const named = db
    .prepare<[string, string], 0 | 1>(
      `SELECT EXISTS (SELECT 1 FROM attachment_uses WHERE attachment_id = ?)
         OR EXISTS (SELECT 1 FROM (${ofDrafts}) WHERE attachment_id = ?)`,
    )
    .pluck();
  const waiting = db.prepare<[], string>('SELECT attachment_id FROM attachments_let_go').pluck();
  const settle = db.prepare('DELETE FROM attachments_let_go WHERE attachment_id = ?');
  return {
    isNamed: (attachment_id) => named.get(attachment_id, attachment_id) === 1,
    letGo: () => waiting.all().filter(isId),
    settled: (attachment_id) => void settle.run(attachment_id),
  };
}

/** For the writer of the log: what an event names, noted in the transaction that stores it. */
export function attachmentUseWriter(db: Db): (session_id: string, body: string) => void {
  const insert = db.prepare(
    'INSERT OR IGNORE INTO attachment_uses (session_id, attachment_id, bytes) VALUES (?, ?, ?)',
  );
  return (session_id, body) => {
    if (!body.includes('"attachments":[{')) return;
    const { attachments } = JSON.parse(body) as { attachments?: Attachment[] };
    for (const { attachment_id, bytes } of attachments ?? []) insert.run(session_id, attachment_id, bytes);
  };
}

/** For who deletes a session: notes what it and its draft name, before that goes. */
export function attachmentLetGo(db: Db): (session_id: string) => void {
  const note = db.prepare(
    `INSERT OR IGNORE INTO attachments_let_go
     SELECT attachment_id FROM attachment_uses WHERE session_id = ?
     UNION SELECT attachment_id FROM (${ofDrafts}) WHERE key = ? AND typeof(attachment_id) = 'text'`,
  );
  return (session_id) => void note.run(session_id, session_id);
}
