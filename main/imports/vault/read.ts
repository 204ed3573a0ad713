import type { ProviderId, SessionId } from '../../protocol/ids.ts';
import type { ImportedItem, ImportedSession } from '../../protocol/views.ts';
import { isListed } from './listed.ts';
import type { Db } from './open-vault.ts';

/** A conversation that was written to within this time is live, milliseconds. */
const liveMs = 60_000;
/** Text of one answer, characters: a conversation with large outputs is read in more pieces. */
const pageChars = 1_500_000;

interface Row {
  import_id: string;
  provider: ProviderId;
  provider_session_id: string;
  cwd: string | null;
  title: string;
  path: string;
  items: number;
  first_at: number | null;
  last_at: number | null;
  mtime: number;
  gone: number;
}

/** What the vault answers. Reads only. */
export interface VaultReader {
  /** Newest first; conversations led by this app's sessions are left out. `cursor`: where an earlier answer ended. */
  list(query: { provider?: string; cursor?: string; limit: number }): {
    imports: ImportedSession[];
    next: string | null;
  };
  find(import_id: string): ImportedSession | null;
  items(import_id: string, after: number, limit: number): ImportedItem[];
  /** What was said last, oldest first, as far as it fits into so many characters. */
  said(import_id: string, maxChars: number): { kind: 'user' | 'text'; text: string }[];
}

const columns = 'import_id, provider, provider_session_id, cwd, title, path, items, first_at, last_at, mtime, gone';

export function createVaultReader(db: Db): VaultReader {
  const page = db.prepare<{ provider: string | null; before: number; id: string; limit: number }, Row>(
    `SELECT ${columns} FROM imports
     WHERE ${isListed} AND (:provider IS NULL OR provider = :provider)
       AND (coalesce(last_at, 0), import_id) < (:before, :id)
     ORDER BY coalesce(last_at, 0) DESC, import_id DESC LIMIT :limit`,
  );
  const one = db.prepare<[string], Row>(`SELECT ${columns} FROM imports WHERE import_id = ?`);
  const going = db
    .prepare<[string, string, string], SessionId>(
      `SELECT session_id FROM log_sessions WHERE import_id = ?
       UNION SELECT session_id FROM log_bindings WHERE provider = ? AND provider_session_id = ? AND led = 0`,
    )
    .pluck();
  const leading = db
    .prepare<[string, string, number], number>(
      `SELECT count(*) FROM log_bindings JOIN log_turns USING (session_id)
       WHERE provider = ? AND provider_session_id = ? AND (ended_at IS NULL OR ended_at > ?)`,
    )
    .pluck();
  const items = db.prepare<
    [string, number, number],
    Omit<ImportedItem, 'failed' | 'tool' | 'title'> & { tool: string | null; title: string; failed: number }
  >(
    `SELECT n, ts, kind, tool, failed, texts.title AS title, body AS text FROM items JOIN imports USING (imp) JOIN texts USING (text_id)
     WHERE import_id = ? AND n > ? ORDER BY n LIMIT ?`,
  );
  const saidLast = db.prepare<[string], { kind: 'user' | 'text'; text: string }>(
    `SELECT kind, body AS text FROM items JOIN imports USING (imp) JOIN texts USING (text_id)
     WHERE import_id = ? AND kind IN ('user', 'text') ORDER BY n DESC`,
  );

  function session({ items: messages, mtime, gone, ...row }: Row): ImportedSession {
    const isRecent = Date.now() - mtime < liveMs;
    return {
      ...row,
      messages,
      live: isRecent && !gone && leading.get(row.provider, row.provider_session_id, mtime - 5000) === 0,
      gone: gone === 1,
      continued_by: going.all(row.import_id, row.provider, row.provider_session_id),
    };
  }

  return {
    list({ provider, cursor, limit }) {
      const [before, id] = cursor?.split('_', 2) ?? [];
      const rows = page.all({
        provider: provider ?? null,
        before: before === undefined ? Number.MAX_SAFE_INTEGER : Number(before) || 0,
        id: id === undefined ? '~' : (cursor ?? '').slice((before ?? '').length + 1),
        limit: limit + 1,
      });
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        imports: shown.map(session),
        next: rows.length > limit && last ? `${last.last_at ?? 0}_${last.import_id}` : null,
      };
    },
    find(import_id) {
      const row = one.get(import_id);
      return row ? session(row) : null;
    },
    items(import_id, after, limit) {
      const read: ImportedItem[] = [];
      let chars = 0;
      for (const { tool, title, failed, ...item } of items.iterate(import_id, after, limit)) {
        chars += item.text.length;
        if (read.length > 0 && chars > pageChars) break;
        read.push({
          ...item,
          ...(tool ? { tool } : {}),
          ...(title ? { title } : {}),
          ...(failed ? { failed: true } : {}),
        });
      }
      return read;
    },
    said(import_id, maxChars) {
      const kept: { kind: 'user' | 'text'; text: string }[] = [];
      let chars = 0;
      for (const one of saidLast.iterate(import_id)) {
        chars += one.text.length;
        if (chars > maxChars) {
          const rest = one.text.length - (chars - maxChars);
          if (rest > 200) kept.push({ ...one, text: `… ${one.text.slice(-rest)}` });
          break;
        }
        kept.push(one);
      }
      return kept.reverse();
    },
  };
}
