import { createWriteStream, mkdirSync, statSync } from 'node:fs';
import { link, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { fileName } from '../base/file-name.ts';
import { type ExportFormat, exportName, type FetchPage } from '../export/events.ts';
import { exportSession } from '../export/export.ts';
import type { BytesPiece, FetchBytes } from '../export/pictures.ts';
import type { TaskResult } from '../protocol/data.ts';
import type { ExportPage } from '../protocol/export.ts';
import type { Attachment } from '../protocol/values.ts';
import type { SessionSummary } from '../protocol/views.ts';
import type { Advance } from './tasks.ts';

export interface EverythingParts {
  sessions: readonly SessionSummary[];
  /** The page of a session after an event; null: the session is gone meanwhile. */
  page: (session_id: SessionSummary['session_id'], after_seq: number) => ExportPage | null;
  /** The file with the bytes of an attachment; null: they are gone. */
  attachment: (attachment: Attachment) => string | null;
  /** A piece of it, base64; null: it is gone. */
  readAttachment: (attachment_id: string, offset: number) => BytesPiece | null;
  redact: (text: string) => string;
  now: number;
}

const readme = `Everything that Quarterdeck kept, as it was when this archive was made.

index.json        every session: title, folder, agent, and its file
sessions/         one file for each session
attachments/      images and files that stand in them, by the SHA-256 of their bytes

A session that was exported as JSON can be checked event by event: its file says how, and
"quarterdeck verify --file FILE" does it.
`;

/** An archive of this name, where nothing stands yet. @throws {Error} EEXIST after a hundred of the same minute. */
export function archivePath(wanted: string, now: number): string {
  if (!statSync(wanted, { throwIfNoEntry: false })?.isDirectory()) return wanted;
  const when = new Date(now).toISOString().slice(0, 16).replace('T', '-').replace(':', '');
  for (let number = 1; number <= 100; number += 1) {
    const path = join(wanted, `quarterdeck-${when}${number === 1 ? '' : `-${number}`}.zip`);
    if (!statSync(path, { throwIfNoEntry: false })) return path;
  }
  throw Object.assign(new Error('There are a hundred archives of this minute.'), { code: 'EEXIST' });
}

/**
 * Writes all sessions and their files into one ZIP archive, one after the other: a session of any length is never in memory as a whole, and nothing is
 * written faster than the disk takes it. The file gets its name only once it is whole, and takes the place of no other.
 * @param path - absolute, of a file that does not exist.
 */
export async function exportEverything(
  parts: EverythingParts,
  format: ExportFormat,
  path: string,
  advance: Advance,
): Promise<TaskResult<'export'>> {
  const zip = new ZipFile();
  const files = new Map<string, Attachment>();
  const names = new Set<string>();
  const mtime = new Date(parts.now);
  const options = { mtime, mode: 0o100600, forceDosTimestamp: true };
  let [done, missing, attachments] = [0, 0, 0];

  /** Files in the folders of sessions are not this app's: they are named only. */
  const bytes: FetchBytes = async (query) =>
    query.type === 'read_attachment' ? parts.readAttachment(query.attachment_id, query.offset) : null;

  const textOf = async function* (session: SessionSummary): AsyncGenerator<Buffer> {
    const fetchPage: FetchPage = async (after) => {
      // Everybody else has their turn between two pages.
      await new Promise((resolve) => setImmediate(resolve));
      const page = parts.page(session.session_id, after) ?? { events: [], seq: 0, head: '', next: null };
      for (const { body } of page.events) collectAttachments(body, files);
      return page;
    };
    const about = { ...session, title: parts.redact(session.title), cwd: parts.redact(session.cwd) };
    for await (const piece of exportSession(format, about, { page: fetchPage, bytes }, parts.now))
      yield Buffer.from(piece);
    done += 1;
    advance('writing', done, parts.sessions.length);
  };

  const index = parts.sessions.map((session) => {
    const { session_id, title, cwd, provider, archived, created_at, updated_at, seq } = session;
    const file = `sessions/${ownName(exportName(parts.redact(title), format), session_id, names)}`;
    return {
      file,
      session_id,
      title: parts.redact(title),
      cwd: parts.redact(cwd),
      provider,
      archived,
      created_at,
      updated_at,
      seq,
    };
  });
  zip.addBuffer(Buffer.from(readme), 'README.txt', options);
  zip.addBuffer(
    Buffer.from(`${JSON.stringify({ exported_at: parts.now, format, sessions: index }, null, 1)}\n`),
    'index.json',
    options,
  );

  const part = `${path}.part`;
  const out = createWriteStream(part, { flags: 'wx', mode: 0o600 });
  const written = pipeline(zip.outputStream, out);
  // A failed write ends the whole; it is waited for below.
  written.catch(() => {});
  try {
    for (const [at, session] of parts.sessions.entries())
      await added(zip, written, (whole) =>
        zip.addReadStreamLazy(index[at]!.file, options, (give) => give(null, whole(Readable.from(textOf(session))))),
      );
    for (const attachment of files.values()) {
      const content = parts.attachment(attachment);
      if (content === null) missing += 1;
      else {
        attachments += 1;
        zip.addFile(content, `attachments/${attachment.attachment_id}/${fileName(attachment.name)}`, {
          ...options,
          compress: false,
        });
      }
    }
    zip.end();
    await written;
    // Nothing that came there meanwhile is replaced.
    await link(part, path).then(
      () => unlink(part),
      (error: NodeJS.ErrnoException) => finishWithoutLinks(error, part, path),
    );
    return { path, bytes: (await stat(path)).size, sessions: done, attachments, missing };
  } catch (error) {
    zip.outputStream.unpipe?.(out);
    out.destroy();
    await written.catch(() => {});
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || out.bytesWritten > 0) await rm(part, { force: true });
    throw error;
  }
}

/** Some file systems have no links: then a rename, after a look. */
async function finishWithoutLinks(error: NodeJS.ErrnoException, part: string, path: string): Promise<void> {
  if (error.code === 'EEXIST' || statSync(path, { throwIfNoEntry: false })) throw error;
  await rename(part, path);
}

/** Adds one stream and waits until it was taken whole, so that only one is ever open. */
function added(
  zip: ZipFile,
  written: Promise<void>,
  add: (whole: (stream: Readable) => Readable) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    written.catch(reject);
    zip.once('error', reject);
    add((stream) =>
      stream.on('error', reject).on('end', () => {
        zip.removeListener('error', reject);
        resolve();
      }),
    );
  });
}

/** A name that no other session has: two with the same title are told apart by their ids. */
function ownName(name: string, session_id: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.');
  const own = taken.has(name) ? `${name.slice(0, dot)}-${session_id}${name.slice(dot)}` : name;
  taken.add(own);
  return own;
}

/** What the messages among these events refer to. */
function collectAttachments(body: string, into: Map<string, Attachment>): void {
  if (!body.includes('"attachments":[{')) return;
  try {
    const { attachments } = JSON.parse(body) as { attachments?: Attachment[] };
    for (const one of attachments ?? []) if (/^[0-9a-f]{64}$/.test(one.attachment_id)) into.set(one.attachment_id, one);
  } catch {
    // An event that was damaged on disk stands in the export as it is.
  }
}

/** @returns the folder, made when it is missing. */
export function exportFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}
