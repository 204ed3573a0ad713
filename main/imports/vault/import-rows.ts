import { createHash } from 'node:crypto';
import type { Fingerprint } from '../reading/fingerprint.ts';
import type { SourceFile } from '../reading/sources.ts';
import type { Db } from './open-vault.ts';
import type { TranscriptFacts } from './transcript-writer.ts';

/** One file of a CLI, as far as it was read. */
export interface ImportRow extends TranscriptFacts, Fingerprint {
  imp: number;
  import_id: string;
  provider: string;
  path: string;
  gone: number;
  size: number;
  mtime: number;
  inode: string;
  offset: number;
  unknown_lines: number;
  skipped_lines: number;
}

export interface ImportRows {
  byPath(path: string): ImportRow | undefined;
  /** Files that may have become this one: the same inode, or the same session. */
  kin(file: SourceFile, inode: string): ImportRow[];
  create(file: SourceFile): ImportRow;
  save(row: ImportRow): void;
  paths(): { path: string; gone: number }[];
  setGone(path: string, gone: boolean): void;
}

const nameOf = (file: SourceFile): string =>
  `imp_${createHash('sha256').update(`${file.provider}\u0000${file.path}`).digest('base64url').slice(0, 22)}`;

export function createImportRows(db: Db): ImportRows {
  const byPath = db.prepare<[string], ImportRow>('SELECT * FROM imports WHERE path = ?');
  const byInode = db.prepare<[string, string], ImportRow>('SELECT * FROM imports WHERE inode = ? AND provider = ?');
  const bySession = db.prepare<[string, string], ImportRow>(
    'SELECT * FROM imports WHERE provider = ? AND provider_session_id = ?',
  );
  const insert = db.prepare(
    'INSERT INTO imports (import_id, provider, provider_session_id, path, cwd) VALUES (?, ?, ?, ?, ?)',
  );
  const update = db.prepare(
    `UPDATE imports SET provider_session_id = :provider_session_id, path = :path, cwd = :cwd, title = :title,
       title_rank = :title_rank, part = :part, gone = :gone, size = :size, mtime = :mtime, inode = :inode, "offset" = :offset,
       head_bytes = :head_bytes, head_hash = :head_hash, tail_hash = :tail_hash, items = :items, first_at = :first_at,
       last_at = :last_at, unknown_lines = :unknown_lines, skipped_lines = :skipped_lines
     WHERE imp = :imp`,
  );
  const listPaths = db.prepare<[], { path: string; gone: number }>('SELECT path, gone FROM imports');
  const markGone = db.prepare('UPDATE imports SET gone = ? WHERE path = ?');
  return {
    byPath: (path) => byPath.get(path),
    kin: (file, inode) => [...byInode.all(inode, file.provider), ...bySession.all(file.provider, file.named)],
    create(file) {
      insert.run(nameOf(file), file.provider, file.named, file.path, file.cwd);
      return byPath.get(file.path)!;
    },
    save: (row) => void update.run(row),
    paths: () => listPaths.all(),
    setGone: (path, gone) => void markGone.run(gone ? 1 : 0, path),
  };
}
