import { closeSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { DatabaseContents } from '../protocol/data.ts';
import { type NamedFile, namedFiles } from './attachment-uses.ts';
import { migrations } from './migrations/index.ts';
import type { Db } from './open-database.ts';
import { verifyLog } from './verify.ts';

/** A session as a database has it. */
export interface SessionHead {
  readonly session_id: string;
  readonly seq: number;
  /** Hex. */
  readonly hash: string;
  readonly title: string;
  readonly updated_at: number;
}

/**
 * Why a file cannot be opened in place of the database: it cannot be read, it is no SQLite database, not one of this app, one of a newer version,
 * its pages are damaged, or what stands in its log is not what was written.
 */
export type Unfit = 'unreadable' | 'no_database' | 'foreign' | 'newer' | 'damaged' | 'altered';

export type LookedInto =
  | { ok: true; contents: DatabaseContents; heads: SessionHead[]; named: NamedFile[] }
  | { ok: false; why: Unfit; detail: string };

const magic = 'SQLite format 3\0';

/**
 * Reads all of a database file without changing it: header, version, pages, schema, and the hash chain of every session. Takes seconds for a large one.
 */
export function lookIntoDatabase(path: string): LookedInto {
  const unfit = (why: Unfit, detail: string): LookedInto => ({ ok: false, why, detail });
  try {
    if (!beginsAsDatabase(path)) return unfit('no_database', path);
    const db = new Database(path, { readonly: true, fileMustExist: true });
    try {
      const version = db.pragma('user_version', { simple: true }) as number;
      const newest = migrations[migrations.length - 1]?.id ?? 0;
      if (!migrations.some(({ id }) => id === version)) {
        return version > newest && hasLog(db)
          ? unfit('newer', `schema ${version}, known up to ${newest}`)
          : unfit('foreign', `schema ${version}`);
      }
      const problems = db.pragma('quick_check(3)') as { quick_check: string }[];
      const bad = problems.map((row) => row.quick_check).filter((text) => text !== 'ok');
      if (bad.length > 0) return unfit('damaged', bad.join('; '));
      const odd = oddSchema(db, version);
      if (odd) return unfit('foreign', odd);
      const report = verifyLog(db);
      const broken = report.sessions.find(({ ok }) => !ok);
      if (broken) return unfit('altered', `${broken.session_id}: ${broken.reason} (event ${broken.broken_at})`);
      const heads = readHeads(db);
      const newestChange = heads.reduce((latest, { updated_at }) => Math.max(latest, updated_at), 0);
      return {
        ok: true,
        heads,
        named: namedFiles(db),
        contents: {
          sessions: heads.length,
          events: report.sessions.reduce((sum, { events }) => sum + events, 0),
          bytes: statSync(path).size,
          newest: newestChange || null,
        },
      };
    } finally {
      db.close();
    }
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'SQLITE_NOTADB') return unfit('no_database', path);
    return unfit(
      code?.startsWith('SQLITE_CORRUPT') ? 'damaged' : 'unreadable',
      `${code ?? ''} ${String(error)}`.trim(),
    );
  }
}

/** Does it say of itself that it is an SQLite database? @throws {Error} when it cannot be read. */
export function beginsAsDatabase(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(magic.length);
    return readSync(file, head, 0, head.length, 0) === head.length && head.toString('latin1') === magic;
  } finally {
    closeSync(file);
  }
}

interface Part {
  type: string;
  name: string;
  tbl_name: string;
  sql: string | null;
}

const partsOf = (db: Db): Map<string, string> =>
  new Map(
    db
      .prepare<[], Part>(
        `SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
      )
      .all()
      .map(({ type, name, tbl_name, sql }) => [`${type} ${name}`, `${tbl_name} ${(sql ?? '').replace(/\s+/g, ' ')}`]),
  );

const hasLog = (db: Db): boolean => {
  const parts = partsOf(db);
  return ['table sessions', 'table events', 'table receipts'].every((name) => parts.has(name));
};

/**
 * What differs from the schema that this app itself makes: a table that is missing, or one that nobody here made. A trigger or a view would be run with
 * the app's own rights as soon as the file stands in the place of the database. Null: nothing.
 */
function oddSchema(db: Db, version: number): string | null {
  const own = new Database(':memory:');
  try {
    for (const { id, sql } of migrations) if (id <= version) own.exec(sql);
    const wanted = partsOf(own);
    const found = partsOf(db);
    for (const [name, sql] of wanted) if (found.get(name) !== sql) return `${name} is not as this app makes it`;
    for (const name of found.keys()) if (!wanted.has(name)) return `${name} is not of this app`;
    return null;
  } finally {
    own.close();
  }
}

/** Every session of a database, the one that changed last first. */
export function readHeads(db: Db): SessionHead[] {
  return db
    .prepare<[], { session_id: string; head_seq: number; head_hash: Buffer; updated_at: number; title: string | null }>(
      `SELECT session_id, head_seq, head_hash, updated_at,
         CASE WHEN json_valid(summary) THEN json_extract(summary, '$.title') END AS title
       FROM sessions ORDER BY updated_at DESC`,
    )
    .all()
    .map(({ session_id, head_seq, head_hash, updated_at, title }) => ({
      session_id,
      seq: head_seq,
      hash: head_hash.toString('hex'),
      title: String(title ?? ''),
      updated_at,
    }));
}
