import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';

/** The file in the home: `qdo_` and 32 random bytes in base64url, one line, 0600. Whoever can read it is the owner. */
export const ownerTokenFile = 'owner-token';
const shape = /^qdo_[A-Za-z0-9_-]{43}$/;
const posix = process.platform !== 'win32';

type Found =
  | { token: string }
  | { broken: 'missing' | 'unreadable' | 'foreign' | 'not_a_file' | 'exposed' | 'malformed'; detail?: string };

/**
 * For whoever talks to an app that runs already: reads, never writes, because the app would not learn of a new token.
 * @returns the token, or a problem that says what is wrong with the file.
 */
export function readOwnerToken(home: string): Result<string, Problem> {
  const found = look(home);
  return 'token' in found ? ok(found.token) : err(problemOf(home, found));
}

/**
 * For the app itself: the token of this home, made when there is none. A token that others could read, or that is damaged, is replaced by a
 * new one, and `repaired` tells the person. A file that is not ours to replace (another user's, a link, a folder) is refused.
 */
export function ensureOwnerToken(home: string): Result<{ token: string; repaired?: Problem }, Problem> {
  const found = look(home);
  if ('token' in found) return ok({ token: found.token });
  if (found.broken === 'foreign' || found.broken === 'not_a_file' || found.broken === 'unreadable') {
    return err(problemOf(home, found));
  }
  const token = `qdo_${randomBytes(32).toString('base64url')}`;
  try {
    writeAtomically(join(home, ownerTokenFile), `${token}\n`);
  } catch (error) {
    return err(writeProblem(home, error));
  }
  return ok(found.broken === 'missing' ? { token } : { token, repaired: repairedProblem(home, found.broken) });
}

function look(home: string): Found {
  let file: number;
  try {
    // No link is followed: the owner's credential is this file, not one somebody points to. NONBLOCK: a FIFO must not hang the start.
    file = openSync(
      join(home, ownerTokenFile),
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { broken: 'missing' };
    if (code === 'ELOOP' || code === 'EMLINK') return { broken: 'not_a_file' };
    return { broken: 'unreadable', detail: String(code ?? error) };
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return { broken: 'not_a_file' };
    if (posix && stat.uid !== process.getuid?.()) return { broken: 'foreign' };
    if (posix && (stat.mode & 0o077) !== 0) return { broken: 'exposed', detail: (stat.mode & 0o777).toString(8) };
    if (stat.size > 256) return { broken: 'malformed' };
    const token = readFileSync(file, 'utf8').trim();
    return shape.test(token) ? { token } : { broken: 'malformed' };
  } catch (error) {
    return { broken: 'unreadable', detail: String((error as NodeJS.ErrnoException).code ?? error) };
  } finally {
    closeSync(file);
  }
}

/** A reader sees the old file or the new one, never half of one; and it is 0600 from its first byte on. */
function writeAtomically(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function problemOf(home: string, found: Exclude<Found, { token: string }>): Problem {
  const path = join(home, ownerTokenFile);
  const impact = 'Nothing on this machine can prove that it acts for you, so nothing was started or sent.';
  const words: Record<typeof found.broken, [message: string, next: string]> = {
    missing: [`There is no ${path}.`, 'Start Quarterdeck once (it makes the file), then try again.'],
    unreadable: [
      `${path} cannot be read.`,
      'Make the file readable for you alone, or delete it: Quarterdeck makes a new one.',
    ],
    foreign: [
      `${path} belongs to another user of this machine.`,
      'Find out who put it there; then delete it, or use another home with --home.',
    ],
    not_a_file: [
      `${path} is a link or not a file.`,
      'Find out who put it there; then delete it, or use another home with --home.',
    ],
    exposed: [
      `${path} can be read by other users of this machine.`,
      'Start Quarterdeck again: it replaces the token by a new one.',
    ],
    malformed: [`${path} does not hold a token.`, 'Start Quarterdeck again: it replaces the file.'],
  };
  const [message, next] = words[found.broken];
  const detail = found.detail === undefined ? {} : { detail: found.detail };
  return { code: found.broken === 'missing' ? 'unauthorized' : 'storage_failed', message, impact, next, ...detail };
}

function repairedProblem(home: string, broken: 'exposed' | 'malformed'): Problem {
  const path = join(home, ownerTokenFile);
  return {
    code: 'unauthorized',
    say: say('token.repaired', { path, broken }),
    message: broken === 'exposed' ? `Other users of this machine could read ${path}.` : `${path} did not hold a token.`,
    impact: 'A new token was made and the old one is void; browsers and API keys stay signed in.',
    next:
      broken === 'exposed'
        ? 'Look for what loosened the permissions of that folder (a backup, a sync tool), and keep it private.'
        : 'Nothing needs to be done; scripts that copied the old token must read the file again.',
  };
}

function writeProblem(home: string, error: unknown): Problem {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  const impact = 'Quarterdeck did not start; nothing was changed.';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return {
      code: 'storage_full',
      message: `The disk that holds ${home} is full.`,
      impact,
      next: 'Free some space, then start again.',
      detail: code,
    };
  }
  return {
    code: 'storage_failed',
    message: `The folder ${home} cannot be written.`,
    impact,
    next: 'Make the folder writable for you, or choose another one with --home.',
    detail: code,
  };
}
