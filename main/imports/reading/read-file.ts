import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { isTooDense, type TranscriptChange } from '../transcripts/transcript.ts';
import type { ImportRow, ImportRows } from '../vault/import-rows.ts';
import type { OpenTranscript } from '../vault/transcript-writer.ts';
import { fingerprint, isSameFile } from './fingerprint.ts';
import { readLines } from './line-stream.ts';
import { parsers, type SourceFile } from './sources.ts';

/** A person's words that came new into a conversation. */
export interface Said {
  readonly import_id: string;
  readonly provider: string;
  readonly provider_session_id: string;
  readonly n: number;
  readonly ts: number | null;
  readonly text_id: number;
}

export interface ReadDeps {
  rows: ImportRows;
  openTranscript: OpenTranscript;
  /** Called after every line: may commit what was read so far (`save` stores how far that is) and let others have their turn. */
  pause: (bytes: number, save: (() => void) | null) => Promise<void>;
  maxLineBytes: number;
}

export interface ReadOutcome {
  row: ImportRow;
  said: Said[];
  /** Lines that were too long or too dense, of this file altogether. */
  skipped: number;
}

// No waiting for the other end of a pipe, and nothing that a link points to.
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

const inodeOf = (stat: Stats): string => `${stat.dev}:${stat.ino}`;

/**
 * Takes over what is new in one file, inside the transaction of the caller; a file that is not the one that was read is read anew, and then
 * replaces what was read of it.
 * @returns null when there is nothing new.
 * @throws when the file cannot be read; the caller rolls back to before it.
 */
export async function readFile(file: SourceFile, stat: Stats, deps: ReadDeps): Promise<ReadOutcome | null> {
  const { rows } = deps;
  const known = rows.byPath(file.path);
  if (known && known.size === stat.size && known.mtime === stat.mtimeMs && known.inode === inodeOf(stat)) {
    if (known.gone) rows.setGone(file.path, false);
    return null;
  }
  const fd = openSync(file.path, openFlags);
  try {
    const now = fstatSync(fd);
    if (!now.isFile()) return null;
    const row = known ?? movedRow(file, fd, now, rows) ?? rows.create(file);
    row.cwd ??= file.cwd;
    return await (file.format === 'lines' ? takeLines : takeWhole)(file, fd, now, row, deps);
  } finally {
    closeSync(fd);
  }
}

/** A file that was read under another name: moved into another folder, or packed. */
function movedRow(file: SourceFile, fd: number, stat: Stats, rows: ImportRows): ImportRow | null {
  const before = rows
    .kin(file, inodeOf(stat))
    .find(
      (row) => !existsSync(row.path) && (file.format === 'compressed' || isSameFile(fd, stat.size, row.offset, row)),
    );
  return before ? { ...before, path: file.path, size: -1 } : null;
}

function saveStat(row: ImportRow, stat: Stats): void {
  Object.assign(row, { size: stat.size, mtime: stat.mtimeMs, inode: inodeOf(stat), gone: 0 });
}

/** What is known of a file before its first line. */
const unread = ({ cwd }: SourceFile) => ({
  offset: 0,
  unknown_lines: 0,
  skipped_lines: 0,
  first_at: null,
  last_at: null,
  title: '',
  title_rank: 0,
  cwd,
});

/** What one line changes; `skipped`: it is not read, and that is said. */
function parseLine(provider: SourceFile['provider'], text: string): readonly TranscriptChange[] | 'skipped' | null {
  if (text.trim() === '') return [];
  if (isTooDense(text)) return 'skipped';
  try {
    return parsers[provider](text);
  } catch {
    // What is nested without end overflows the stack of who walks through it. A bad line is one line's problem.
    return null;
  }
}

async function takeLines(
  file: SourceFile,
  fd: number,
  stat: Stats,
  row: ImportRow,
  deps: ReadDeps,
): Promise<ReadOutcome> {
  const isAnew = row.offset > 0 && !isSameFile(fd, stat.size, row.offset, row);
  if (isAnew) Object.assign(row, unread(file));
  const said: Said[] = [];
  let writer = deps.openTranscript(row.imp, row);
  if (isAnew) writer.carryOut([{ op: 'clear' }]);
  const save = (): void => {
    const done = writer.finish();
    Object.assign(row, done.facts, fingerprint(fd, row.offset));
    const { import_id, provider, provider_session_id } = row;
    for (const one of done.said) said.push({ import_id, provider, provider_session_id, ...one });
    deps.rows.save(row);
    writer = deps.openTranscript(row.imp, row);
  };
  for (const { text, end } of readLines(fd, row.offset, deps.maxLineBytes)) {
    const changes = text === null ? 'skipped' : parseLine(file.provider, text);
    if (changes === 'skipped') row.skipped_lines += 1;
    else if (changes === null) row.unknown_lines += 1;
    else writer.carryOut(changes);
    const bytes = end - row.offset;
    row.offset = end;
    // What replaces something goes in as a whole.
    await deps.pause(bytes, isAnew ? null : save);
  }
  saveStat(row, stat);
  save();
  return { row, said, skipped: row.skipped_lines };
}

async function takeWhole(
  file: SourceFile,
  fd: number,
  stat: Stats,
  row: ImportRow,
  deps: ReadDeps,
): Promise<ReadOutcome> {
  const isPacked = file.format === 'compressed';
  const said: Said[] = [];
  // A packed file holds what was read when it was not.
  if (!(isPacked && row.items > 0)) {
    if (stat.size > deps.maxLineBytes) throw new Error(`it is larger than ${deps.maxLineBytes / 1_048_576} MB`);
    const bytes = readFileSync(fd);
    const text = isPacked
      ? zstdDecompressSync(bytes, { maxOutputLength: deps.maxLineBytes }).toString('utf8')
      : bytes.toString('utf8');
    const writer = deps.openTranscript(row.imp, { ...row, ...unread(file), cwd: row.cwd });
    row.unknown_lines = 0;
    row.skipped_lines = 0;
    const lines = isPacked ? text.split('\n') : text.trim() === '' ? [] : [text];
    const parsed = lines.map((line) => parseLine(file.provider, line));
    if (!isPacked && parsed[0] === 'skipped') throw new Error('it holds more values than can be read at once');
    // Half of a value is what is there while it is written; it stays as it was until then.
    if (isPacked || (parsed[0] ?? null) !== null) {
      writer.carryOut([{ op: 'clear' }]);
      for (const changes of parsed) {
        if (changes === 'skipped') row.skipped_lines += 1;
        else if (changes === null) row.unknown_lines += 1;
        else writer.carryOut(changes);
      }
      const done = writer.finish();
      Object.assign(row, done.facts);
    } else {
      row.unknown_lines = 1;
    }
    row.offset = stat.size;
  }
  saveStat(row, stat);
  Object.assign(row, fingerprint(fd, row.offset));
  deps.rows.save(row);
  await deps.pause(stat.size, null);
  return { row, said, skipped: row.skipped_lines };
}
