import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { walkFolder } from './walk-folder.ts';

/** What can be mentioned in a folder. */
export interface FolderFiles {
  /** Relative to the folder, parts parted by `/`. Git's order, or that of a walk. */
  readonly paths: readonly string[];
  /** False: there are more than were looked at. */
  readonly complete: boolean;
}

/** Bounds of one listing. A repository of this many files answers well below a second; what lies behind the bound is found by opening a session nearer to it. */
export const listingLimits = { paths: 200_000, bytes: 32 * 1024 * 1024, ms: 10_000 };

/**
 * Files of a folder without those that are ignored. In a git work tree git itself says which those are, with every source of rules that it has
 * (nested `.gitignore`, `.git/info/exclude`, the person's own); elsewhere the `.gitignore` files on the way are kept to. No link is followed.
 * @param skipped - absolute paths of folders that are never looked into.
 */
export async function listFolderFiles(folder: string, skipped: readonly string[] = []): Promise<FolderFiles> {
  const listed = (await listGitFiles(folder)) ?? (await walkFolder(folder, skipped));
  return { ...listed, paths: listed.paths.filter((path) => !unnameable.test(path)) };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: no message could name such a file. U+FFFD: not UTF-8 on disk.
const unnameable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]/;

/** Null: the folder is in no work tree, there is no git, or it failed. */
async function listGitFiles(folder: string): Promise<FolderFiles | null> {
  const [present, deleted] = await Promise.all([
    gitLines(folder, ['--cached', '--others', '--exclude-standard', '--deduplicate']),
    gitLines(folder, ['--deleted']),
  ]);
  if (present === null || deleted === null) return null;
  // A work tree in which everything is ignored is told by an empty list too: so is a folder that is itself ignored, and that one is walked.
  if (present.paths.length === 0) {
    return (await access(join(folder, '.git')).then(
      () => true,
      () => false,
    ))
      ? present
      : null;
  }
  const gone = new Set(deleted.paths);
  // A repository inside this one that is not tracked is told as a folder, with a slash at its end.
  const paths = present.paths.filter((path) => !gone.has(path)).map((path) => path.replace(/\/$/, ''));
  return { paths, complete: present.complete };
}

/** Without what would make git look at another repository than the folder's. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
}

/**
 * `git ls-files` with these options. What a repository may configure to be run is switched off: a folder is listed before anybody has said that
 * they trust it.
 */
function gitLines(folder: string, options: readonly string[]): Promise<FolderFiles | null> {
  return new Promise((resolve) => {
    const child = spawn(
      'git',
      ['-c', 'core.fsmonitor=false', '-c', 'core.untrackedCache=false', '-C', folder, 'ls-files', '-z', ...options],
      {
        // Windows looks for a program in the working folder first: there must be none that the folder brought along.
        cwd: dirname(process.execPath),
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...ownEnvironment(), GIT_OPTIONAL_LOCKS: '0' },
        timeout: listingLimits.ms,
        windowsHide: true,
      },
    );
    const pieces: Buffer[] = [];
    let bytes = 0;
    let cut = false;
    child.stdout.on('data', (piece: Buffer) => {
      bytes += piece.length;
      pieces.push(piece);
      if (bytes <= listingLimits.bytes || cut) return;
      cut = true;
      child.kill();
    });
    child.on('error', () => resolve(null));
    child.on('close', (code) => {
      if (code !== 0 && !cut) return resolve(null);
      const text = Buffer.concat(pieces).toString('utf8');
      // The last piece of what was cut may be half a path.
      const paths = text.split('\0').slice(0, -1);
      const over = paths.length > listingLimits.paths;
      resolve({ paths: over ? paths.slice(0, listingLimits.paths) : paths, complete: !cut && !over });
    });
  });
}
