import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { erase } from './erase-files.ts';

/** Whose upload it is. */
export interface Uploader {
  /** The same for all doors of one key or device. */
  readonly id: string;
  /** May do everything anyway, so is not held to a share of the disk. */
  readonly owner: boolean;
}

/** What is known of an upload while it is not complete. */
export interface Begun {
  name: string;
  media_type: string;
  bytes: number;
  /** `Uploader.id`. */
  by: string;
}

/** Unfinished uploads at once, of one who uploads. */
const maxUnfinished = { owner: 50, other: 10 };
/** What one who is not the owner may have here that stands in no message yet: unfinished, and finished. */
const maxHeld = { files: 200, bytes: 1_073_741_824 };
/** An upload that was not gone on with for so long gives way to a new one of the same uploader. */
const idleMs = 600_000;
const dayMs = 86_400_000;
/** How the name of what was taken away begins. */
const gone = 'gone-';

/**
 * `attachments/uploads/`: `<upload>.part` and what is known of it in `<upload>.json`; `<SHA-256>.unsent` for each finished file that no message
 * refers to (yet); `gone-*` for what was taken away and is to be overwritten. Nobody's share depends on what another one uploads.
 *
 * @param folder - `attachments/`, absolute; made when the first upload begins.
 * @param isNamed - a message or a draft refers to this file.
 */
export function createUploadFolder(folder: string, now: () => number, isNamed: (attachment_id: string) => boolean) {
  const uploads = join(folder, 'uploads');
  const partOf = (id: string) => join(uploads, `${id}.part`);
  const begunOf = (id: string) => join(uploads, `${id}.json`);
  const unsentOf = (attachment_id: string) => join(uploads, `${attachment_id}.unsent`);

  const ageOf = (path: string): number | null => {
    try {
      return now() - statSync(path).mtimeMs;
    } catch {
      return null;
    }
  };

  const readAbout = (path: string): Begun | null => {
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Begun;
    } catch {
      return null;
    }
  };

  const remove = (id: string) => {
    rmSync(partOf(id), { force: true });
    rmSync(begunOf(id), { force: true });
  };

  /**
   * Takes a file away with everything beside it, in one step: it is whole, or nobody finds it. Its bytes are gone once `overwriteGone` is done.
   * @returns whether it is away; false where somebody has it open who cannot be passed over.
   */
  const takeAway = (attachment_id: string): boolean => {
    try {
      mkdirSync(uploads, { recursive: true, mode: 0o700 });
      renameSync(join(folder, attachment_id), join(uploads, `${gone}${randomBytes(8).toString('hex')}`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return false;
    }
    rmSync(unsentOf(attachment_id), { force: true });
    return true;
  };

  return {
    partOf,
    remove,

    /** @returns the id of the new upload; or which limit of this uploader is reached. Throws what the disk refuses. */
    begin(about: Omit<Begun, 'by'>, by: Uploader, isFinishing: (id: string) => boolean): string | 'uploads' | 'held' {
      mkdirSync(uploads, { recursive: true, mode: 0o700 });
      const held = { files: 0, bytes: about.bytes };
      const unfinished: string[] = [];
      for (const file of readdirSync(uploads)) {
        const [, id = '', ending] = /^(.*)\.(json|unsent)$/.exec(file) ?? [];
        const other = ending ? readAbout(join(uploads, file)) : null;
        if (other?.by !== by.id) continue;
        held.files += 1;
        held.bytes += other.bytes;
        if (ending === 'json') unfinished.push(id);
      }
      const most = by.owner ? maxUnfinished.owner : maxUnfinished.other;
      let left = unfinished.length;
      for (const id of left < most ? [] : unfinished) {
        if (isFinishing(id) || (ageOf(partOf(id)) ?? idleMs) < idleMs) continue;
        remove(id);
        left -= 1;
      }
      if (left >= most) return 'uploads';
      if (!by.owner && (held.files >= maxHeld.files || held.bytes > maxHeld.bytes)) return 'held';
      const id = `up_${randomBytes(16).toString('hex')}`;
      writeFileSync(begunOf(id), JSON.stringify({ ...about, by: by.id } satisfies Begun), { mode: 0o600 });
      writeFileSync(partOf(id), '', { mode: 0o600 });
      return id;
    },

    /** Null: there is no such upload (any more). */
    begun: (id: string): Begun | null => (/^up_[0-9a-f]{32}$/.test(id) ? readAbout(begunOf(id)) : null),

    /** A file that was not here before is finished; no message refers to it yet. */
    unsent(attachment_id: string, about: Begun): void {
      writeFileSync(unsentOf(attachment_id), JSON.stringify(about), { mode: 0o600 });
    },

    /** A file that is here already came once more: if it waits for a message, it waits anew. */
    cameAgain(attachment_id: string): void {
      try {
        utimesSync(unsentOf(attachment_id), new Date(), new Date());
      } catch {
        // A message refers to it.
      }
    },

    /** A message is about to refer to the file: from now on it stays. */
    sent(attachment_id: string): void {
      rmSync(unsentOf(attachment_id), { force: true });
    },

    /** A path for a file in the making; what a crash leaves of it is removed after a day. */
    scratch: () => join(uploads, `copy-${randomBytes(8).toString('hex')}`),

    /** No message refers to the file yet, or any more, and it is known since when. */
    isWaiting: (attachment_id: string): boolean => existsSync(unsentOf(attachment_id)),

    takeAway,

    /** Overwrites and removes what was taken away, now or before a crash. @param signal - leaves the rest for the next time. */
    async overwriteGone(signal: AbortSignal): Promise<void> {
      for (const name of await readdir(uploads).catch(() => []))
        if (name.startsWith(gone) && !signal.aborted) await erase(join(uploads, name));
    },

    /** Removes what was not gone on with, and takes away what no message referred to, for a day. @returns how many uploads and files. */
    removeStale(): number {
      let removed = 0;
      let files: string[] = [];
      try {
        files = readdirSync(uploads);
      } catch {
        // Nothing was ever uploaded.
      }
      for (const file of files) {
        const path = join(uploads, file);
        const unsent = /^([0-9a-f]{64})\.unsent$/.exec(file)?.[1];
        try {
          if ((ageOf(path) ?? 0) < dayMs || file.startsWith(gone)) continue;
          if (unsent && !isNamed(unsent)) {
            if (takeAway(unsent)) removed += 1;
            continue;
          }
          rmSync(path, { force: true });
          if (file.endsWith('.part')) removed += 1;
        } catch {
          // The next time, then.
        }
      }
      return removed;
    },
  };
}
