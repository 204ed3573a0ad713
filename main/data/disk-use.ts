import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskUse } from '../protocol/data.ts';
import type { SessionSummary } from '../protocol/views.ts';
import type { SessionSizes } from '../storage/session-sizes.ts';

/** Files looked at in one folder tree; a home with more has something in it that is not ours. */
const mostFiles = 200_000;

/** Bytes of all files in a folder and below; links are not followed. 0: there is no such folder. */
async function sizeOf(path: string, left = { files: mostFiles }): Promise<number> {
  const stats = await lstat(path).catch(() => null);
  left.files -= 1;
  if (!stats || left.files < 0) return 0;
  if (!stats.isDirectory()) return stats.isFile() ? stats.size : 0;
  let sum = 0;
  for (const name of await readdir(path).catch(() => [])) sum += await sizeOf(join(path, name), left);
  return sum;
}

const kinds: readonly [RegExp, 'database' | 'attachments' | 'backups' | 'logs' | 'vault'][] = [
  [/^quarterdeck\.db(-wal|-shm)?$/, 'database'],
  [/^attachments$/, 'attachments'],
  [/^backups$/, 'backups'],
  [/^logs$/, 'logs'],
  [/^vault\.db/, 'vault'],
];

/** What the folder of this installation takes, by what stands in it. */
export async function diskUse(
  home: string,
  { largest, unused }: SessionSizes,
  sessions: readonly SessionSummary[],
): Promise<DiskUse> {
  const use = { database: 0, attachments: 0, backups: 0, logs: 0, vault: 0, other: 0 };
  for (const name of await readdir(home)) {
    const kind = kinds.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
    use[kind] += await sizeOf(join(home, name));
  }
  const known = new Map(sessions.map((one) => [one.session_id as string, one]));
  return {
    ...use,
    unused,
    total: Object.values(use).reduce((sum, bytes) => sum + bytes, 0),
    sessions: largest.flatMap(({ session_id, bytes, events }) => {
      const one = known.get(session_id);
      return one ? [{ session_id: one.session_id, title: one.title, archived: one.archived, bytes, events }] : [];
    }),
  };
}
