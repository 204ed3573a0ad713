import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { LogLine, LogPage } from '../protocol/data.ts';
import { type LogLevel, numbered, ranks } from './log.ts';

/** Read from the end of the log at most, bytes: of the file that is written, and of the one before it. */
const mostBytes = 2 * 1_048_576;

const lineStart = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (debug|info|warn|error) /;

/** The end of a file; `from` is where it begins in it. Null: there is none. */
function tail(path: string, most: number): { text: string; from: number } | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    const { size } = fstatSync(file);
    const from = Math.max(0, size - most);
    const bytes = Buffer.alloc(size - from);
    const read = bytes.length === 0 ? 0 : readSync(file, bytes, 0, bytes.length, from);
    return { text: bytes.toString('utf8', 0, read), from };
  } finally {
    closeSync(file);
  }
}

const versionOf = (path: string): string => {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.ino}.${stats.size}` : 'none';
};

/**
 * The last lines of the log, as they are written by `formatLine`, without any secret that is known now: one may have become known after its line was written.
 * @param file - the one that is written; the one before it is looked into as well.
 */
export function readLog(
  file: string,
  asked: { level: LogLevel; text?: string; limit: number; unless?: string },
  redact: (text: string) => string,
): LogPage {
  const version = versionOf(file);
  if (asked.unless === version) return { file, lines: [], version, same: true, more: false };
  const words = asked.text?.toLowerCase();
  const lines: LogLine[] = [];
  let more = false;
  let left = mostBytes;
  // From the newest back to the oldest.
  for (const [number, path] of [file, numbered(file, 1)].entries()) {
    const end = left > 0 ? tail(path, left) : null;
    if (!end) continue;
    left -= Buffer.byteLength(end.text);
    const found = end.text.split('\n');
    // Half a line, where it was cut.
    if (end.from > 0) {
      found.shift();
      more = true;
    }
    for (let at = found.length - 1; at >= 0; at -= 1) {
      const line = found[at]!;
      if (line === '') continue;
      const [head, when, level] = lineStart.exec(line) ?? [];
      const known = (level as LogLevel | undefined) ?? 'info';
      if (ranks[known] < ranks[asked.level]) continue;
      const text = redact(head ? line.slice(head.length) : line);
      if (words && !text.toLowerCase().includes(words)) continue;
      if (lines.length === asked.limit) return { file, lines: lines.reverse(), version, same: false, more: true };
      lines.push({ id: `${number}.${at}`, at: when ? Date.parse(when) : null, level: known, text });
    }
  }
  return { file, lines: lines.reverse(), version, same: false, more };
}
