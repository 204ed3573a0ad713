import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileName } from '../base/file-name.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { AttachmentFiles } from '../orchestrator/ports.ts';
import type { Problem } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { QueryOf } from '../protocol/queries.ts';
import { type Saying, say } from '../protocol/saying.ts';
import type { Attachment } from '../protocol/values.ts';
import { imageType } from './image-type.ts';
import { type Begun, createUploadFolder, type Uploader } from './upload-folder.ts';

/** Finished uploads whose answer is given again to a retry of their last piece. */
const maxRemembered = 200;

export type UploadAnswer = { upload_id: string; offset: number } | { attachment: Attachment };

/**
 * Images and files of messages, each once: `attachments/<SHA-256>/content` (0400), and beside it a copy under every name it was sent with, because
 * an agent that opens it goes by its name; what an agent does to its copy reaches neither the stored file nor the next agent. Only this user may
 * read them (0700, 0600). `attachments/uploads/` holds what is not complete, and notes which files no message refers to yet.
 *
 * What nothing refers to goes: at once with the session that named it, else after a day. Backups have places of their own for them (see kept-files.ts).
 */
export interface AttachmentStore extends AttachmentFiles {
  /** Takes one piece of an upload; a piece that came before, or too early, changes nothing. The answer says where to go on. */
  upload(piece: Omit<QueryOf<'upload'>, 'type' | 'command_id'>, by: Uploader): Promise<Result<UploadAnswer, Problem>>;
  /** Keeps a copy of a finished file as an attachment. */
  adopt(path: string, about: Omit<Begun, 'by'>, by: Uploader): Promise<Result<Attachment, Problem>>;
  /** The file with its bytes, which must not be written to; null: it is gone. */
  content(attachment: Attachment): string | null;
  /** One piece from `offset` on, base64; null: the file is gone. */
  read(attachment_id: string, offset: number): { data: string; bytes: number } | null;
  /** Removes uploads that were not gone on with, and files that no message referred to, for a day. @returns how many. */
  removeStale(): number;
  /** The ids of all files that are here, or were and left their folder. */
  ids(): string[];
  /** Nothing refers to this file any more. If it does not wait for a message already, it does so from now on, for a day. */
  unused(attachment_id: string): void;
  /** Takes a file away at once. @returns false where that cannot be done now. */
  takeAway(attachment_id: string): boolean;
  /** Overwrites what was taken away. @param signal - leaves the rest for the next time. */
  overwriteGone(signal: AbortSignal): Promise<void>;
}

const problem = (code: Problem['code'], say: Saying, message: string, next: string): { ok: false; error: Problem } =>
  err({ code, say, message, impact: 'The file was not attached.', next });

const unknownUpload = problem(
  'not_found',
  say('attach.unknownUpload'),
  'This upload is not known here (any more).',
  'Attach the file again.',
);

function diskProblem(error: unknown): { ok: false; error: Problem } {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? problem(
        'storage_full',
        say('attach.diskFull'),
        'The disk that holds the Quarterdeck folder is full.',
        'Free some space, then try again.',
      )
    : problem(
        'storage_failed',
        say('attach.notStored', { code }),
        `The file could not be stored (${code}).`,
        'Run "quarterdeck doctor" to see why.',
      );
}

/**
 * @param folder - absolute; made when the first upload begins.
 * @param isNamed - a session or a draft refers to this file.
 */
export function createAttachmentStore(
  folder: string,
  now: () => number = Date.now,
  isNamed: (attachment_id: string) => boolean = () => false,
): AttachmentStore {
  const uploads = createUploadFolder(folder, now, isNamed);
  const { partOf } = uploads;
  const contentOf = (id: string) => join(folder, id, 'content');
  const finishing = new Map<string, Promise<Result<UploadAnswer, Problem>>>();
  const finished = new Map<string, { attachment: Attachment; by: string }>();

  const sizeOf = (path: string): number | null => {
    try {
      return statSync(path).size;
    } catch {
      return null;
    }
  };

  const begin = (about: Omit<Begun, 'by'>, by: Uploader): Result<string, Problem> => {
    const id = uploads.begin(about, by, (one) => finishing.has(one));
    if (id === 'uploads') {
      return problem(
        'overloaded',
        say('attach.tooMany'),
        'Too many uploads are under way.',
        'Wait for them to end, then try again.',
      );
    }
    if (id === 'held') {
      const next =
        'Send what was uploaded with a message, or try again tomorrow: what is not sent is removed after a day.';
      return problem(
        'overloaded',
        say('attach.keyFull'),
        'This key has uploaded as much as it may without sending it.',
        next,
      );
    }
    return ok(id);
  };

  const finish = async (id: string, about: Begun): Promise<Result<UploadAnswer, Problem>> => {
    try {
      const hash = createHash('sha256');
      let head: Buffer | null = null;
      for await (const chunk of createReadStream(partOf(id))) {
        head ??= chunk as Buffer;
        hash.update(chunk as Buffer);
      }
      const attachment_id = hash.digest('hex');
      const content = contentOf(attachment_id);
      // Where there is a folder without its file, messages may refer to it.
      if (existsSync(join(folder, attachment_id))) uploads.cameAgain(attachment_id);
      else uploads.unsent(attachment_id, about);
      mkdirSync(join(folder, attachment_id), { recursive: true, mode: 0o700 });
      // One with other bytes was cut off by a crash, or somebody wrote to it.
      const isWhole = sizeOf(content) === about.bytes && (await hashOf(content)) === attachment_id;
      // It may have been taken away while it was read.
      if (!isWhole || sizeOf(content) !== about.bytes) {
        mkdirSync(join(folder, attachment_id), { recursive: true, mode: 0o700 });
        const file = openSync(partOf(id), 'r+');
        fsyncSync(file);
        closeSync(file);
        chmodSync(partOf(id), 0o400);
        // Not every system lets a file take the place of one that is read-only.
        rmSync(content, { force: true });
        renameSync(partOf(id), content);
      }
      uploads.remove(id);
      const media_type = (head && imageType(head)) ?? about.media_type;
      const attachment = { attachment_id, name: fileName(about.name), media_type, bytes: about.bytes };
      finished.set(id, { attachment, by: about.by });
      if (finished.size > maxRemembered) finished.delete(finished.keys().next().value as string);
      return ok({ attachment });
    } catch (error) {
      return diskProblem(error);
    } finally {
      finishing.delete(id);
    }
  };

  return {
    async upload({ upload_id, name, media_type, bytes, offset, data }, by) {
      // An upload belongs to who began it, over whichever connection; for everybody else there is none of this id.
      const done = upload_id && finished.get(upload_id);
      if (done) return done.by === by.id ? ok({ attachment: done.attachment }) : unknownUpload;
      if (upload_id && uploads.begun(upload_id)?.by !== by.id) return unknownUpload;
      const ending = upload_id && finishing.get(upload_id);
      if (ending) return ending;
      const piece = Buffer.from(data, 'base64');
      if (piece.length > limits.chunkBytes || piece.toString('base64').replace(/=+$/, '') !== data.replace(/=+$/, '')) {
        return problem(
          'invalid_frame',
          say('attach.badPiece'),
          'A piece of the file is not base64, or too large.',
          'Attach the file again.',
        );
      }
      try {
        const begun = upload_id === undefined ? begin({ name, media_type, bytes }, by) : ok(upload_id);
        if (!begun.ok) return begun;
        const id = begun.value;
        const about = uploads.begun(id);
        const size = about === null ? null : sizeOf(partOf(id));
        if (about === null || size === null) return unknownUpload;
        if (about.bytes !== bytes) {
          return problem(
            'invalid_frame',
            say('attach.otherSize'),
            'The file has another size than at its beginning.',
            'Attach the file again.',
          );
        }
        if (offset === size) {
          if (offset + piece.length > bytes) {
            return problem(
              'invalid_frame',
              say('attach.tooLong'),
              'The file is longer than was said.',
              'Attach the file again.',
            );
          }
          if (piece.length > 0) appendFileSync(partOf(id), piece);
        }
        const length = offset === size ? size + piece.length : size;
        if (length < bytes) return ok({ upload_id: id, offset: length });
        const end = finish(id, about);
        finishing.set(id, end);
        return end;
      } catch (error) {
        return diskProblem(error);
      }
    },

    async adopt(path, about, by) {
      try {
        const begun = begin(about, by);
        if (!begun.ok) return begun;
        copyFileSync(path, partOf(begun.value), constants.COPYFILE_FICLONE);
        const end = finish(begun.value, { ...about, by: by.id });
        finishing.set(begun.value, end);
        const done = await end;
        if (!done.ok) return done;
        return 'attachment' in done.value ? ok(done.value.attachment) : unknownUpload;
      } catch (error) {
        return diskProblem(error);
      }
    },

    read(attachment_id, offset) {
      const path = contentOf(attachment_id);
      const bytes = sizeOf(path);
      if (bytes === null) return null;
      const piece = Buffer.alloc(Math.max(0, Math.min(limits.chunkBytes, bytes - offset)));
      const file = openSync(path, 'r');
      try {
        const length = piece.length === 0 ? 0 : readSync(file, piece, 0, piece.length, offset);
        return { data: piece.subarray(0, length).toString('base64'), bytes };
      } finally {
        closeSync(file);
      }
    },

    has({ attachment_id, bytes }) {
      if (sizeOf(contentOf(attachment_id)) !== bytes) return false;
      try {
        uploads.sent(attachment_id);
        return true;
      } catch {
        // It could not be made to stay.
        return false;
      }
    },

    content: ({ attachment_id, bytes }) =>
      sizeOf(contentOf(attachment_id)) === bytes ? contentOf(attachment_id) : null,

    path({ attachment_id, name, bytes }) {
      const content = contentOf(attachment_id);
      if (sizeOf(content) !== bytes) return null;
      const named = join(folder, attachment_id, fileName(name));
      const copy = uploads.scratch();
      try {
        // Anew each time: the one of before may have been written to. Who has it open keeps what they opened.
        copyFileSync(content, copy, constants.COPYFILE_FICLONE);
        chmodSync(copy, 0o600);
        renameSync(copy, named);
        return named;
      } catch {
        rmSync(copy, { force: true });
        // No room for a copy, or it is open where that cannot be replaced.
        return sizeOf(named) === bytes ? named : content;
      }
    },

    removeStale: () => uploads.removeStale(),
    overwriteGone: uploads.overwriteGone,
    takeAway: (attachment_id) => uploads.takeAway(attachment_id),

    ids() {
      try {
        return readdirSync(folder).filter((name) => /^[0-9a-f]{64}$/.test(name));
      } catch {
        // Nothing was ever uploaded.
        return [];
      }
    },

    unused(attachment_id) {
      if (uploads.isWaiting(attachment_id)) return;
      const about = { name: '', media_type: '', bytes: sizeOf(contentOf(attachment_id)) ?? 0, by: '' };
      try {
        mkdirSync(join(folder, 'uploads'), { recursive: true, mode: 0o700 });
        uploads.unsent(attachment_id, about);
      } catch {
        // A full disk; it is looked at again.
      }
    },
  };
}

/** SHA-256, hex. */
async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
