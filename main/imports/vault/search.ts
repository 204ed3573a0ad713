import type { ProviderId, SessionId } from '../../protocol/ids.ts';
import type { SearchHit } from '../../protocol/views.ts';
import { isListed } from './listed.ts';
import { matchExpression } from './match-expression.ts';
import type { Db } from './open-vault.ts';

/** Texts that are looked at closer: the best by words alone. */
const candidates = 400;
/** After this long what was said counts half as much more for being new, milliseconds. */
const freshMs = 30 * 86_400_000;

interface Found {
  text_id: number;
  rank: number;
}

interface Place {
  kind: string;
  where: SearchHit['where'];
  title: string;
  provider: string;
  cwd: string | null;
  ts: number | null;
}

/** What people and agents said is looked for more often than what a tool put out. */
const weights: Readonly<Record<string, number>> = { user: 1.5, text: 1.3, reasoning: 0.9, tool: 0.6 };

/** What the log knows of a session, by its id. */
export type SessionTitle = (session_id: string) => { title: string; provider: string; cwd: string } | null;

/**
 * Looks for words in everything: one hit a text, in the session of this app where it stands in one, else in the newest conversation of a CLI.
 * Ranked by BM25, and what is new before what is old. Reads only.
 */
export function createSearch(
  db: Db,
  titleOf: SessionTitle,
): (text: string, limit: number) => { hits: SearchHit[]; more: boolean } {
  const find = db.prepare<[string, number], Found>(
    'SELECT rowid AS text_id, bm25(texts_fts) AS rank FROM texts_fts WHERE texts_fts MATCH ? ORDER BY rank LIMIT ?',
  );
  const inSessions = db.prepare<[number], { session_id: SessionId; seq: number; ts: number; kind: string }>(
    'SELECT session_id, seq, ts, kind FROM log_items WHERE text_id = ? ORDER BY ts DESC LIMIT 1',
  );
  const inImports = db.prepare<
    [number],
    {
      import_id: string;
      n: number;
      ts: number | null;
      kind: string;
      title: string;
      provider: string;
      cwd: string | null;
      last_at: number | null;
    }
  >(
    `SELECT import_id, n, ts, kind, title, provider, cwd, last_at FROM items JOIN imports USING (imp)
     WHERE text_id = ? AND ${isListed} ORDER BY last_at DESC LIMIT 1`,
  );
  // A number is bound as a floating one, and by that the index finds no row.
  const cut = db
    .prepare<[string, number], string>(
      `SELECT snippet(texts_fts, -1, char(1), char(2), '…', 24) FROM texts_fts WHERE texts_fts MATCH ? AND rowid = CAST(? AS INTEGER)`,
    )
    .pluck();

  function placeOf(text_id: number): Place | null {
    const ours = inSessions.get(text_id);
    const session = ours && titleOf(ours.session_id);
    if (ours && session) {
      return {
        where: { kind: 'session', session_id: ours.session_id, seq: ours.seq },
        ...session,
        ts: ours.ts,
        kind: ours.kind,
      };
    }
    const item = inImports.get(text_id);
    if (!item) return null;
    const { import_id, n, kind, title, provider, cwd, ts, last_at } = item;
    return { where: { kind: 'import', import_id, n }, title, provider, cwd, ts: ts ?? last_at, kind };
  }

  return (text, limit) => {
    const expression = matchExpression(text);
    if (expression === null) return { hits: [], more: false };
    const now = Date.now();
    const placed = find.all(expression, candidates).flatMap(({ text_id, rank }) => {
      const place = placeOf(text_id);
      if (!place) return [];
      const age = Math.max(0, now - (place.ts ?? 0));
      // BM25 of SQLite is the better the more negative.
      return [{ text_id, place, score: rank * (weights[place.kind] ?? 1) * (1 + 0.5 * 0.5 ** (age / freshMs)) }];
    });
    placed.sort((a, b) => a.score - b.score);
    const hits = placed.slice(0, limit).map(({ text_id, place }) => ({
      where: place.where,
      title: place.title,
      provider: place.provider as ProviderId,
      cwd: place.cwd,
      ts: place.ts,
      snippet: (cut.get(expression, text_id) ?? '').replace(/\s+/g, ' ').trim(),
    }));
    return { hits, more: placed.length > limit };
  };
}
