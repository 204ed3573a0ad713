import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Folders } from '../orchestrator/ports.ts';
import type { Problem } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import { type Saying, say } from '../protocol/saying.ts';

/** A network folder whose server is gone answers never; a person should hear of it sooner. */
const answerWithinMs = 8_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused.
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

const impact = 'No session was opened there; nothing changed.';

/**
 * Looks at folders on this machine. `~` is the person's home, links are followed, and the answer's path is the folder's real one: what a rule
 * or a session is bound to must not change its meaning when a link does.
 */
export function createFolders(home: string = homedir()): Folders {
  return {
    async inspect(path) {
      const refused = (problem: Problem) => ({ ok: false as const, problem });
      const named = namePath(path, home);
      if ('problem' in named) return refused(named.problem);
      return withinTime(
        look(named.path, constants.R_OK | constants.X_OK, constants.W_OK),
        refused(unreachable(named.path, 'ETIMEDOUT')),
      );
    },
  };
}

/**
 * Turns what a person or a client wrote into an absolute path, without touching the disk.
 * @returns the path, not yet resolved through links; or why it cannot be one.
 */
export function namePath(path: string, home: string): { path: string } | { problem: Problem } {
  if (path.trim() === '') {
    return { problem: missing(say('folder.notGiven'), 'No folder was given.', 'Choose a folder.') };
  }
  if (control.test(path) || path.length > limits.pathChars) {
    const what =
      path.length > limits.pathChars
        ? `longer than ${limits.pathChars} characters`
        : 'not a usable name: it holds control characters';
    return {
      problem: missing(
        path.length > limits.pathChars ? say('folder.pathTooLong') : say('folder.controlCharacters'),
        `The path of the folder is ${what}.`,
        'Choose the folder from the list, or type its path anew.',
      ),
    };
  }
  const expanded = path === '~' ? home : /^~[\\/]/.test(path) ? join(home, path.slice(2)) : path;
  if (!isAbsolute(expanded)) {
    return {
      problem: missing(
        say('folder.notFullPath', { path }),
        `"${path}" is not a full path.`,
        'Write the whole path, beginning with / (or with ~ for your home).',
      ),
    };
  }
  return { path: expanded };
}

/** Runs the checks in the order a person would: is it there, is it a folder, can it be opened, can it be changed. */
async function look(path: string, open: number, write: number): ReturnType<Folders['inspect']> {
  const refused = (problem: Problem) => ({ ok: false as const, problem });
  let real: string;
  try {
    real = await realpath(path);
    if (!(await stat(real)).isDirectory()) {
      return refused(
        missing(
          say('folder.isFile', { path: real }),
          `${real} is a file, not a folder.`,
          'Choose the folder it lies in.',
        ),
      );
    }
  } catch (error) {
    return refused(unreachable(path, (error as NodeJS.ErrnoException).code));
  }
  if (!(await may(real, open))) return refused(unreadable(real));
  if (!(await may(real, write))) {
    return refused({
      code: 'folder_not_writable',
      say: say('folder.notWritable', { path: real }),
      message: `The folder ${real} can be read but not written.`,
      impact: 'No session was opened there: an agent could not change anything in it.',
      next: 'Give yourself the right to write there, or choose another folder.',
    });
  }
  return { ok: true, path: real };
}

const may = (path: string, how: number): Promise<boolean> =>
  access(path, how).then(
    () => true,
    () => false,
  );

const missing = (say: Saying, message: string, next: string): Problem => ({
  code: 'folder_missing',
  say,
  message,
  impact,
  next,
});

export function unreadable(path: string): Problem {
  return {
    code: 'folder_not_readable',
    say: say('folder.unreadable', { path }),
    message: `The folder ${path} cannot be opened.`,
    impact,
    next: 'Give yourself the right to read it, or choose another folder.',
  };
}

/** What the errno of a failed look means. */
export function unreachable(path: string, errno: string | undefined): Problem {
  const detail = errno ?? 'unknown';
  if (errno === 'EACCES' || errno === 'EPERM') return { ...unreadable(path), detail };
  if (errno === 'ETIMEDOUT') {
    return {
      ...unreadable(path),
      say: say('folder.noAnswer', { path }),
      message: `The folder ${path} did not answer.`,
      next: 'If it is on a network or a removable disk, connect that again; then try again.',
      detail,
    };
  }
  if (errno === 'ELOOP')
    return {
      ...missing(
        say('folder.circle', { path }),
        `The path ${path} is a link that leads in a circle.`,
        'Repair the link, or choose another folder.',
      ),
      detail,
    };
  return {
    ...missing(
      say('folder.none', { path }),
      `There is no folder ${path}.`,
      'Check the spelling, create the folder, or choose another one.',
    ),
    detail,
  };
}

/** The answer, or `late` when there is none in time. */
export async function withinTime<T>(answer: Promise<T>, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), answerWithinMs);
  });
  try {
    return await Promise.race([answer, waited]);
  } finally {
    clearTimeout(timer);
  }
}
