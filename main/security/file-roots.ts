import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import type { Principal } from '../orchestrator/ports.ts';
import type { Problem } from '../protocol/errors.ts';
import type { SessionId } from '../protocol/ids.ts';
import { say } from '../protocol/saying.ts';
import { isOfKernel, isWithin, plainPath } from './file-path.ts';

/** An open file that was found to be one the principal may have. Whoever gets it closes `handle`. */
export interface OpenFile {
  readonly handle: FileHandle;
  /** Where it really is. */
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** Changes with every write to the file, and when another takes its place. Letters, digits and dashes. */
  readonly validator: string;
  /** Whether it is still what it was when it was opened. */
  unchanged(): Promise<boolean>;
}

export interface FileRootsDeps {
  /** Real paths of the folders whose files the principal may have, of one session or of all it may see; null: there is no such session for it. */
  rootsOf(principal: Principal, session_id?: SessionId): readonly string[] | null;
  /** Real paths of files and folders that nobody gets, although a root holds them. */
  forbidden: readonly string[];
  /** Paths within `forbidden` that may be had all the same, where they are among the roots. */
  excepted: readonly string[];
}

export interface FileRoots {
  /**
   * Opens a file for reading.
   * @param path - absolute; or, with a session, relative to its folder. Links are followed; what counts is where they lead.
   */
  open(path: string, principal: Principal, session_id?: SessionId): Promise<Result<OpenFile, Problem>>;
}

const outside: Problem = {
  code: 'forbidden',
  say: say('files.outside'),
  message: 'The path does not lead to a file in a folder that this credential may read.',
  impact: 'Nothing was read.',
  next: 'Name a file in the folder of one of your sessions, or one that you uploaded.',
};
const noFile: Problem = {
  code: 'not_found',
  say: say('files.none'),
  message: 'There is no such file.',
  impact: 'Nothing was read.',
  next: 'Check the path; folders and special files cannot be downloaded.',
};
const noSession: Problem = {
  ...noFile,
  say: say('files.noSession'),
  message: 'There is no such session.',
  next: 'Look at the list of sessions.',
};

/** The files of this machine that a principal may have: those in folders of sessions it may see, and what it uploaded. */
export function createFileRoots({ rootsOf, forbidden, excepted }: FileRootsDeps): FileRoots {
  const contained = (real: string, roots: readonly string[]): boolean =>
    !isOfKernel(real) &&
    roots.some((root) => isWithin(real, root)) &&
    (!forbidden.some((place) => isWithin(real, place)) ||
      excepted.some(
        (place) => isWithin(real, place) && roots.some((root) => isWithin(root, place) && isWithin(real, root)),
      ));

  return {
    async open(path, principal, session_id) {
      const roots = rootsOf(principal, session_id);
      if (roots === null) return err(noSession);
      // A relative path is one of the session's own folder, which is the first of its roots.
      const named = plainPath(session_id === undefined || roots[0] === undefined ? path : resolve(roots[0], path));
      if (named === null) return err(outside);
      // Of what lies elsewhere not even its existence is told.
      const missing = contained(named, roots) ? noFile : outside;
      try {
        const real = await realpath(named);
        if (!contained(real, roots)) return err(outside);
        // Before it is opened: opening a device can do something.
        if (!(await lstat(real)).isFile()) return err(noFile);
        return await openReal(real, (found) => contained(found, roots));
      } catch (error) {
        return err(problemOf(error, missing));
      }
    },
  };
}

/**
 * Between the look and the opening a folder on the way can become a link. So the descriptor itself is asked where it leads, and what it is. A FIFO
 * that took the file's place would block the opening for ever (O_NONBLOCK).
 */
async function openReal(real: string, mayHave: (path: string) => boolean): Promise<Result<OpenFile, Problem>> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
  const handle = await open(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  try {
    const stats = await handle.stat({ bigint: true });
    const found = await pathOf(handle, real, stats);
    if (stats.isFile() && found !== null && mayHave(found)) {
      const validator = validatorOf(stats);
      return ok({
        handle,
        path: found,
        name: basename(found),
        bytes: Number(stats.size),
        modifiedAt: Number(stats.mtimeMs),
        validator,
        unchanged: async () => validatorOf(await handle.stat({ bigint: true })) === validator,
      });
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return err(outside);
}

/** Where the descriptor leads now; null: that cannot be said, or the file is gone. */
async function pathOf(handle: FileHandle, real: string, stats: BigIntStats): Promise<string | null> {
  if (process.platform === 'linux') {
    const found = await readlink(`/proc/self/fd/${handle.fd}`);
    return found.endsWith(' (deleted)') && stats.nlink === 0n ? null : found;
  }
  // Elsewhere: the path still resolves to itself, and to the very file that is open.
  if ((await realpath(real)) !== real) return null;
  const now = await lstat(real, { bigint: true });
  return now.ino === stats.ino && now.dev === stats.dev ? real : null;
}

function validatorOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].map((number) => number.toString(36)).join('-');
}

function problemOf(error: unknown, missing: Problem): Problem {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  if (missing === outside) return outside;
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      ...noFile,
      code: 'forbidden',
      say: say('files.forbidden'),
      message: 'The system does not let Quarterdeck read this file.',
      detail: code,
    };
  }
  return noFile;
}
