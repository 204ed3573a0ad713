import { hash } from 'node:crypto';
import type { Db } from './open-vault.ts';

/** Texts by their contents. Every method runs inside the caller's transaction. */
export interface TextStore {
  /** @returns its id; the same text gets the same one. */
  put(title: string, body: string): number;
  /** Without secrets, as every text is kept. */
  clean(text: string): string;
  get(text_id: number): { title: string; body: string };
  /** Takes away those that nothing points to any more. */
  release(text_ids: Iterable<number>): void;
}

/** @param clean - takes out the secrets that the app knows. */
export function createTextStore(db: Db, clean: (text: string) => string = (text) => text): TextStore {
  const find = db.prepare<[Buffer], number>('SELECT text_id FROM texts WHERE hash = ?').pluck();
  const insert = db.prepare('INSERT INTO texts (hash, title, body) VALUES (?, ?, ?)');
  const index = db.prepare('INSERT INTO texts_fts (rowid, title, body) VALUES (?, ?, ?)');
  const select = db.prepare<[number], { title: string; body: string }>(
    'SELECT title, body FROM texts WHERE text_id = ?',
  );
  const isUsed = db
    .prepare<[number, number], number>(
      `SELECT EXISTS (SELECT 1 FROM items WHERE text_id = ?) OR EXISTS (SELECT 1 FROM log_items WHERE text_id = ?)`,
    )
    .pluck();
  const unindex = db.prepare("INSERT INTO texts_fts (texts_fts, rowid, title, body) VALUES ('delete', ?, ?, ?)");
  const remove = db.prepare('DELETE FROM texts WHERE text_id = ?');
  return {
    clean,
    put(givenTitle, givenBody) {
      const [title, body] = [clean(givenTitle), clean(givenBody)];
      const digest = hash('sha1', `${title}\u0000${body}`, 'buffer');
      const known = find.get(digest);
      if (known !== undefined) return known;
      const text_id = Number(insert.run(digest, title, body).lastInsertRowid);
      index.run(text_id, title, body);
      return text_id;
    },
    get: (text_id) => select.get(text_id) ?? { title: '', body: '' },
    release(text_ids) {
      for (const text_id of new Set(text_ids)) {
        if (isUsed.get(text_id, text_id)) continue;
        const text = select.get(text_id);
        if (!text) continue;
        unindex.run(text_id, text.title, text.body);
        remove.run(text_id);
      }
    },
  };
}
