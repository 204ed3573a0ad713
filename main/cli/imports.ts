import { setTimeout as delay } from 'node:timers/promises';
import { ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import type { ImportStatus, SearchHit } from '../protocol/views.ts';
import type { Client } from './client.ts';
import { ago, plain, plainLine } from './output.ts';

/** How often it is asked how far the reading is, milliseconds. */
const askEveryMs = 200;

/** Has the CLIs' own conversations read, and waits for the end. @param note - told about once a second how far it is. */
export async function readImports(
  client: Client,
  note: (line: string) => void,
): Promise<Result<ImportStatus, Problem>> {
  let status = await client.ask<ImportStatus>({ type: 'import_scan' });
  let toldAt = Date.now();
  while (status.ok) {
    // Finding the files comes before there is anything to count.
    await delay(askEveryMs);
    status = await client.ask<ImportStatus>({ type: 'import_status' });
    if (!status.ok || status.value.state !== 'scanning') break;
    if (Date.now() - toldAt < 1000) continue;
    note(progressWords(status.value));
    toldAt = Date.now();
  }
  return status;
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);

const progressWords = ({ files_done, files_total, bytes_done, bytes_total }: ImportStatus): string =>
  `${files_done} of ${files_total} files, ${megabytes(bytes_done)} of ${megabytes(bytes_total)} MB`;

const states: Record<ImportStatus['state'], string> = {
  idle: 'up to date',
  scanning: 'reading',
  paused: 'switched off in the settings',
  failed: 'failed',
};

export function importWords(status: ImportStatus, now: number): string {
  const { state, sessions, messages, problems, finished_at } = status;
  const lines = [
    `State: ${states[state]}${finished_at === null ? '' : `, looked at ${ago(finished_at, now)}`}`,
    ...(state === 'scanning' ? [`Read: ${progressWords(status)}`] : []),
    `In the vault: ${sessions} conversations, ${messages} entries`,
    ...problems.map(({ path, message }) => `Problem: ${plainLine(path, 300)}: ${plainLine(message, 300)}`),
  ];
  return lines.join('\n');
}

/** Between these characters stands what was found. */
const opening = '\u0001';
const closing = '\u0002';

const marked = (snippet: string, marks: [string, string]): string =>
  snippet
    .split(opening)
    .map((part, at) => {
      const [found, rest] = at > 0 && part.includes(closing) ? part.split(closing, 2) : [null, part];
      return found === null ? plain(rest ?? '') : `${marks[0]}${plain(found ?? '')}${marks[1]}${plain(rest ?? '')}`;
    })
    .join('');

/** What was found, with the place to look at it. `marks`: around the words that were looked for. */
export function searchWords(hits: readonly SearchHit[], more: boolean, now: number, marks: [string, string]): string {
  if (hits.length === 0) return 'Nothing was found.';
  const blocks = hits.map(({ where, title, provider, ts, snippet }) => {
    const place = where.kind === 'session' ? where.session_id : `${where.import_id} (read from disk)`;
    const words = marked(snippet, marks);
    return `${plainLine(title || 'Untitled', 80)}\n  ${provider}${ts === null ? '' : `, ${ago(ts, now)}`}, ${place}\n  ${words}`;
  });
  return [...blocks, ...(more ? ['There is more; say more words, or --limit N.'] : [])].join('\n\n');
}

export async function search(
  client: Client,
  text: string,
  limit: number,
): Promise<Result<{ hits: SearchHit[]; more: boolean }, Problem>> {
  const found = await client.ask<{ hits: SearchHit[]; more: boolean }>({ type: 'search', text, limit });
  return found.ok ? ok(found.value) : found;
}
