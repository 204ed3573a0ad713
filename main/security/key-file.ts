import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';

const keyBytes = 32;
const shape = /^qdk_([A-Za-z0-9_-]{43})$/;
const posix = process.platform !== 'win32';

/**
 * The key in this file: `qdk_` and 32 random bytes in base64url, one line, 0600. Rights that are too wide are narrowed. A file that is not ours to
 * trust (another user's, a link, not a key) is refused and left as it is: a new key would make what the old one wrapped unreadable for good.
 * @param create - make one when there is none.
 * @returns null when there is none and none was to be made.
 */
export function readKeyFile(path: string, create: boolean): Result<{ key: Buffer; narrowed: boolean } | null, Problem> {
  for (let attempt = 0; ; attempt++) {
    const found = look(path);
    if (found !== 'missing') return found;
    if (!create) return ok(null);
    const made = make(path);
    if (!made.ok) return made;
    if (made.value !== null) return ok({ key: made.value, narrowed: false });
    // Another process made one in between; that one counts.
    if (attempt > 0) return err(problem(path, 'unreadable', 'ENOENT'));
  }
}

function look(path: string): Result<{ key: Buffer; narrowed: boolean }, Problem> | 'missing' {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'missing';
    if (code === 'ELOOP' || code === 'EMLINK') return err(problem(path, 'link'));
    return err(problem(path, 'unreadable', code));
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return err(problem(path, 'no_file'));
    if (posix && stat.uid !== process.getuid?.()) return err(problem(path, 'foreign'));
    const narrowed = posix && (stat.mode & 0o077) !== 0;
    if (narrowed) fchmodSync(file, 0o600);
    if (stat.size > 256) return err(problem(path, 'no_key'));
    const text = shape.exec(readFileSync(file, 'utf8').trim())?.[1];
    const key = text === undefined ? null : Buffer.from(text, 'base64url');
    return key?.length === keyBytes ? ok({ key, narrowed }) : err(problem(path, 'no_key'));
  } catch (error) {
    return err(problem(path, 'unreadable', (error as NodeJS.ErrnoException).code));
  } finally {
    closeSync(file);
  }
}

/** Whole or not at all, and never in the place of another one. @returns null when there is one already. */
function make(path: string): Result<Buffer | null, Problem> {
  const key = randomBytes(keyBytes);
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(file, `qdk_${key.toString('base64url')}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(temporary, path);
    return ok(key);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return ok(null);
    return err(problem(path, 'unwritable', code));
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** What can be the matter with the file. */
const matters = {
  unreadable: 'cannot be read',
  link: 'is a link',
  no_file: 'is not a file',
  foreign: 'belongs to another user',
  no_key: 'does not hold a key',
  unwritable: 'could not be written',
} as const;

function problem(path: string, what: keyof typeof matters, detail?: string): Problem {
  return {
    code: 'storage_failed',
    say: say('keys.file', { path, what }),
    message: `${path}, with which stored API keys are wrapped, ${matters[what]}.`,
    impact: 'Stored API keys cannot be used until this is solved. Nothing was deleted.',
    next: 'Bring the file back as it was (0600, yours). When it is lost, delete it and store the API keys again.',
    ...(detail === undefined ? {} : { detail }),
  };
}
