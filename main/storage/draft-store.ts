import type { Draft, DraftKept } from '../protocol/drafts.ts';
import type { SessionId } from '../protocol/ids.ts';
import type { Db } from './open-database.ts';
import { storageError } from './storage-error.ts';

/** What is being written in sessions, so that it is there on every device and after a crash. */
export interface DraftStore {
  get(session_id: SessionId | null): Draft;
  /** Those that are not empty. */
  list(): Pick<Draft, 'session_id' | 'rev'>[];
  /**
   * Of two that were written from the same one, the later stands.
   * @param base - `rev` of the draft it was made from. @throws {StorageError} when the disk refuses; nothing has changed then.
   */
  put(draft: Omit<Draft, 'rev'>, base: number): DraftKept;
}

const newSession = 'new';
const keyOf = (session_id: SessionId | null): string => session_id ?? newSession;
const sessionOf = (key: string): SessionId | null => (key === newSession ? null : (key as SessionId));

/** The only writer of `drafts`. */
export function createDraftStore(db: Db, now: () => number = Date.now): DraftStore {
  type Row = { text: string; attachments: string; rev: number; written_at: number };
  const one = db.prepare<[string], Row>('SELECT text, attachments, rev, written_at FROM drafts WHERE key = ?');
  const written = db.prepare<[], { key: string; rev: number }>(
    "SELECT key, rev FROM drafts WHERE text <> '' OR attachments <> '[]'",
  );
  const upsert = db.prepare<Row & { key: string }>(
    `INSERT INTO drafts (key, text, attachments, rev, written_at) VALUES (@key, @text, @attachments, @rev, @written_at)
     ON CONFLICT (key) DO UPDATE SET text = excluded.text, attachments = excluded.attachments, rev = excluded.rev, written_at = excluded.written_at`,
  );
  const get = (session_id: SessionId | null): Draft => {
    const row = one.get(keyOf(session_id)) ?? { text: '', attachments: '[]', rev: 0, written_at: 0 };
    return { session_id, ...row, attachments: JSON.parse(row.attachments) as Draft['attachments'] };
  };
  return {
    get,
    list: () => written.all().map(({ key, rev }) => ({ session_id: sessionOf(key), rev })),
    put({ session_id, text, attachments, written_at }, base) {
      const known = get(session_id);
      const files = JSON.stringify(attachments);
      if (known.text === text && JSON.stringify(known.attachments) === files) return { kept: true, draft: known };
      // A clock that runs ahead must not make one draft the newest for ever.
      const at = Math.min(written_at, now());
      if (known.rev !== base && known.written_at > at) return { kept: false, draft: known };
      const draft = { session_id, text, attachments, rev: known.rev + 1, written_at: at };
      try {
        upsert.run({ key: keyOf(session_id), text, attachments: files, rev: draft.rev, written_at: at });
      } catch (error) {
        throw storageError(error);
      }
      return { kept: true, draft };
    },
  };
}
