import { homePaths } from './home.ts';
import type { Problem } from './protocol/errors.ts';

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

/** A defect while starting, for a person. @param home - where the log is. */
export function startDefect(home: string, error: unknown): Problem {
  return {
    code: 'internal',
    message: 'Quarterdeck met a defect while it started.',
    impact: 'It did not start. Nothing that was stored is lost; no session was touched.',
    next: `Start it again; if it happens again, report it with the words below and the newest file in ${homePaths(home).logs}.`,
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

/** Why the home folder or the database in it cannot be used, for a person; null: something else, a defect. */
export function homeProblem(home: string, error: unknown): Problem | null {
  const code = codeOf(error);
  const detail = (error as Error).message;
  const nothingLost = 'Nothing was changed; what was stored before is still there.';
  if (
    [
      'EACCES',
      'EPERM',
      'EROFS',
      'SQLITE_READONLY',
      'SQLITE_CANTOPEN',
      'SQLITE_READONLY_DIRECTORY',
      'SQLITE_PERM',
    ].includes(code) ||
    code.startsWith('SQLITE_READONLY')
  ) {
    return {
      code: 'storage_failed',
      message: `Quarterdeck may not write in its folder ${home}.`,
      impact: `It cannot start, because it could not keep anything. ${nothingLost}`,
      next: 'Make the folder writable for your user, or name another one with --home DIR.',
      detail: `${code}: ${detail}`,
    };
  }
  if (['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(code) || code.startsWith('SQLITE_IOERR')) {
    return {
      code: 'storage_full',
      message: `The disk that holds ${home} is full or does not take writes.`,
      impact: `Quarterdeck cannot start, because it could not keep anything. ${nothingLost}`,
      next: 'Free some space, or name a folder on another disk with --home DIR.',
      detail: `${code}: ${detail}`,
    };
  }
  if (['ENOTDIR', 'EEXIST', 'ENAMETOOLONG', 'EINVAL', 'ENOENT'].includes(code)) {
    return {
      code: 'storage_failed',
      message: `${home} cannot be used as a folder.`,
      impact: 'Quarterdeck cannot start. Nothing was changed.',
      next: 'Name a folder with --home DIR; it is made when it does not exist.',
      detail: `${code}: ${detail}`,
    };
  }
  if (detail?.startsWith('schema_too_new')) {
    return {
      code: 'storage_failed',
      message: 'The sessions in this folder were written by a newer version of Quarterdeck.',
      impact: `This version cannot read them and has not touched them.`,
      next: 'Start the newer version, or name another folder with --home DIR.',
      detail,
    };
  }
  return null;
}
