import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskUse } from '../protocol/data.ts';
import type { SessionSummary } from '../protocol/views.ts';
import type { SessionSizes } from '../storage/session-sizes.ts';

/** Files looked at in one folder tree; a home with more has something in it that is not ours. */
const mostFiles = 200_000;

/** Bytes of all files in a folder and below that were not counted yet; links are not followed. 0: there is no such folder. */
async function sizeOf(path: string, counted: Set<string>, left = { files: mostFiles }): Promise<number> {
  const stats = await lstat(path).catch(() => null);
  left.files -= 1;
  if (!stats || left.files < 0) return 0;
  if (!stats.isDirectory()) return stats.isFile() && isFirst(stats, counted) ? stats.size : 0;
  let sum = 0;
  for (const name of await readdir(path).catch(() => [])) sum += await sizeOf(join(path, name), counted, left);
  return sum;
}

/** A file of a message and that of a backup may be one and the same under two names: it takes its room once. */
function isFirst({ nlink, dev, ino }: Stats, counted: Set<string>): boolean {
  if (nlink === 1) return true;
  const file = `${dev} ${ino}`;
  if (counted.has(file)) return false;
  counted.add(file);
  return true;
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
  const counted = new Set<string>();
  // By name, so that what backups share with messages counts with the messages, whatever order the disk has.
  for (const name of (await readdir(home)).sort()) {
    const kind = kinds.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
    use[kind] += await sizeOf(join(home, name), counted);
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
