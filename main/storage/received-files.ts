import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { link, lstat, mkdir, open, readdir, unlink } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { fileName } from '../base/file-name.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import { type Saying, say } from '../protocol/saying.ts';
import { imageType } from './image-type.ts';
import type { Uploader } from './upload-folder.ts';

/** What one who is not the owner may have here at once. */
const maxHeld = { files: 500, bytes: 1_073_741_824 };
/** Files being received at once, of one who uploads. */
const maxReceiving = 8;
/** Names tried where others have taken the first. */
const maxSameName = 1_000;
const keptDays = 30;

/** One file on its way in. Ends with `keep` or `discard`; until then nothing of it stands under a name. */
export interface Incoming {
  /** Takes the bytes. */
  readonly bytes: Writable;
  /** Call when `bytes` has finished. Gives the file its name; an older one is never replaced. */
  keep(): Promise<Result<ReceivedFile, Problem>>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

export interface ReceivedFile {
  /** Absolute. */
  path: string;
  name: string;
  /** By its first bytes, where it is an image. */
  image: ReturnType<typeof imageType>;
  bytes: number;
}

/** Files that were uploaded over HTTP, for agents to read by their path: `<uploader>/YYYY-MM-DD/<name>` (UTC), kept for 30 days. */
export interface ReceivedFiles {
  /** Absolute; holds everybody's. */
  readonly folder: string;
  /** Where the files of this one are. */
  folderOf(by: Uploader): string;
  begin(name: string, by: Uploader): Promise<Result<Incoming, Problem>>;
  /** Removes files older than 30 days. @returns how many. */
  removeStale(): number;
}

const refused = (code: Problem['code'], say: Saying, message: string, next: string) =>
  err<Problem>({ code, say, message, impact: 'The file was not kept; nothing of it is left.', next });

/** A disk that does not take the file is no defect. */
export function diskRefusal(error: unknown) {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return refused(
      'storage_full',
      say('upload.diskFull'),
      'The disk that holds the Quarterdeck folder is full.',
      'Free some space there, then try again.',
    );
  }
  return refused(
    'storage_failed',
    say('upload.notStored', { code }),
    `The file could not be stored (${code}).`,
    'Run "quarterdeck doctor" there to see why.',
  );
}

/** @param folder - absolute; made with the first file. */
export function createReceivedFiles(folder: string, now: () => number = Date.now): ReceivedFiles {
  const receiving = new Map<string, number>();
  const incoming = join(folder, '.incoming');
  // Whatever a killed app was receiving is part of a file, and nobody comes back for it.
  rmSync(incoming, { recursive: true, force: true });

  const folderOf = (by: Uploader) => join(folder, fileName(by.id.replace(/\s+$/, '').replace(/\s+/g, '-')));

  const held = async (of: string) => {
    const sum = { files: 0, bytes: 0 };
    for (const entry of await readdir(of, { recursive: true, withFileTypes: true }).catch(() => [])) {
      if (!entry.isFile()) continue;
      sum.files += 1;
      sum.bytes += await lstat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      );
    }
    return sum;
  };

  const give = async (part: string, of: string, name: string): Promise<{ path: string; name: string } | null> => {
    await mkdir(of, { recursive: true, mode: 0o700 });
    const ending = extname(name);
    const stem = name.slice(0, name.length - ending.length);
    for (let n = 0; n < maxSameName; n += 1) {
      const tried = n === 0 ? name : `${stem}_${n}${ending}`;
      try {
        // Unlike a rename, a link never takes the place of a file that is there.
        await link(part, join(of, tried));
        await unlink(part);
        return { path: join(of, tried), name: tried };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
    return null;
  };

  return {
    folder,
    folderOf,

    async begin(name, by) {
      const own = folderOf(by);
      const under = receiving.get(by.id) ?? 0;
      if (under >= maxReceiving) {
        return refused(
          'overloaded',
          say('upload.tooMany'),
          'Too many uploads are under way.',
          'Wait for them to end, then try again.',
        );
      }
      receiving.set(by.id, under + 1);
      const part = join(incoming, randomBytes(16).toString('hex'));
      let ended = false;
      const end = () => {
        if (ended) return;
        ended = true;
        const left = (receiving.get(by.id) ?? 1) - 1;
        if (left > 0) receiving.set(by.id, left);
        else receiving.delete(by.id);
      };
      let bytes: Writable;
      try {
        if (!by.owner) {
          const has = await held(own);
          if (has.files >= maxHeld.files || has.bytes >= maxHeld.bytes) {
            end();
            const next = 'Ask the owner to remove what is not needed; files are kept for 30 days.';
            return refused(
              'overloaded',
              say('upload.keyFull'),
              'This key has uploaded as much as it may keep here.',
              next,
            );
          }
        }
        mkdirSync(incoming, { recursive: true, mode: 0o700 });
        bytes = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true });
      } catch (error) {
        end();
        return diskRefusal(error);
      }
      const discard = async () => {
        bytes.destroy();
        // The file may still be about to be opened.
        if (!bytes.closed) await new Promise((resolve) => bytes.once('close', resolve));
        rmSync(part, { force: true });
        end();
      };
      return ok({
        bytes,
        discard,
        async keep() {
          try {
            const file = await open(part, 'r');
            const { buffer } = await file.read({ buffer: Buffer.alloc(12), position: 0 }).finally(() => file.close());
            const { size } = statSync(part);
            const day = new Date(now()).toISOString().slice(0, 10);
            const given = await give(part, join(own, day), fileName(name));
            if (given) return ok({ ...given, image: imageType(buffer), bytes: size });
            await discard();
            return refused(
              'overloaded',
              say('upload.sameName'),
              'Too many files of this name came today.',
              'Give the file another name.',
            );
          } catch (error) {
            await discard();
            return diskRefusal(error);
          } finally {
            end();
          }
        },
      });
    },

    removeStale() {
      let removed = 0;
      const oldest = new Date(now() - keptDays * 86_400_000).toISOString().slice(0, 10);
      for (const one of list(folder)) {
        if (one === '.incoming') continue;
        for (const day of list(join(folder, one))) {
          if (!/^\d{4}-\d\d-\d\d$/.test(day) || day >= oldest) continue;
          removed += list(join(folder, one, day)).length;
          rmSync(join(folder, one, day), { recursive: true, force: true });
        }
        try {
          rmdirSync(join(folder, one));
        } catch {
          // Not empty.
        }
      }
      return removed;
    },
  };
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
