import { statSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import type { BackupContents, DatabaseContents } from '../protocol/data.ts';
import type { SessionSummary } from '../protocol/views.ts';
import { listBackups } from '../storage/backups.ts';
import type { SessionHead } from '../storage/look-into-database.ts';

/** A file that might be restored. */
export interface Source {
  path: string;
  name: string;
  madeAt: number | null;
}

/** Finds a backup by its name in the list, or any file by its absolute path. Null: there is none. */
export function findSource(folder: string, named: string): Source | null {
  const listed = listBackups(folder).find(({ path }) => basename(path) === named || path === named);
  if (listed) return { path: listed.path, name: basename(listed.path), madeAt: listed.madeAt };
  if (!isAbsolute(named)) return null;
  const stats = statSync(named, { throwIfNoEntry: false });
  return stats?.isFile() ? { path: named, name: basename(named), madeAt: Math.round(stats.mtimeMs) } : null;
}

const most = 10;

/** What would be gone, and what would come back, if this took the place of what is here. Pure. */
export function compare(
  contents: DatabaseContents,
  heads: readonly SessionHead[],
  here: readonly SessionSummary[],
  madeAt: number | null,
): BackupContents {
  const there = new Map(heads.map((head) => [head.session_id, head]));
  const missing = here.filter(({ session_id }) => !there.has(session_id));
  const older = here.filter(({ session_id, seq }) => seq > (there.get(session_id)?.seq ?? seq));
  const known = new Set<string>(here.map(({ session_id }) => session_id));
  return {
    ...contents,
    made_at: madeAt,
    brings: heads.filter(({ session_id }) => !known.has(session_id)).length,
    loses: {
      missing: missing.length,
      older: older.length,
      titles: [...missing, ...older]
        .sort((a, b) => b.updated_at - a.updated_at)
        .slice(0, most)
        .map(({ title }) => title),
    },
  };
}
