import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';

export interface ExecutableLookup {
  name: string;
  env: NodeJS.ProcessEnv;
  /** The person's home folder. */
  home: string;
  /** A path that the person set; then nothing else is looked at. */
  override?: string | undefined;
  /** More folders, looked at first after PATH. */
  places?: readonly string[];
  /** Where, below such a folder, an npm installation keeps the real program: Windows' `.cmd` shims need a shell and get none from us. */
  programInPackage?: string | undefined;
}

export type FoundExecutable =
  | { found: true; path: string }
  /** `rejected`: files that are there but cannot be used, with the errno that says why. */
  | { found: false; rejected: readonly { path: string; errno: string }[]; looked: number };

/**
 * Finds a CLI on PATH and in the places installers put it: an app started from a dock has a PATH that knows none of them.
 */
export function findExecutable({
  name,
  env,
  home,
  override,
  places = [],
  programInPackage,
}: ExecutableLookup): FoundExecutable {
  const candidates =
    override !== undefined && override !== ''
      ? [override]
      : [...new Set([...pathFolders(env), ...places, ...usualPlaces(env, home)])].flatMap((folder) =>
          fileNames(name, programInPackage).map((file) => join(folder, file)),
        );
  const rejected: { path: string; errno: string }[] = [];
  for (const path of candidates) {
    const errno = unusable(path);
    if (errno === null) return { found: true, path };
    if (errno !== 'ENOENT' && errno !== 'ENOTDIR') rejected.push({ path, errno });
    else if (override) rejected.push({ path, errno });
  }
  return { found: false, rejected, looked: candidates.length };
}

/** Folders of the usual installers, those that are not there left out by the caller's look at each file. */
export function usualPlaces(env: NodeJS.ProcessEnv, home: string): string[] {
  const inHome = [
    '.local/bin',
    '.npm-global/bin',
    '.npm/bin',
    '.volta/bin',
    '.bun/bin',
    '.yarn/bin',
    '.asdf/shims',
    'n/bin',
    'bin',
  ];
  const data = env.XDG_DATA_HOME ?? join(home, '.local/share');
  const folders = [
    ...inHome.map((folder) => join(home, folder)),
    join(data, 'mise/shims'),
    join(data, 'pnpm'),
    join(home, 'Library/pnpm'),
    ...versions(join(env.NVM_DIR ?? join(home, '.nvm'), 'versions/node'), 'bin'),
    ...versions(join(data, 'fnm/node-versions'), 'installation/bin'),
    dirname(process.execPath),
  ];
  if (process.platform === 'win32') {
    if (env.APPDATA) folders.push(join(env.APPDATA, 'npm'));
    if (env.LOCALAPPDATA) folders.push(join(env.LOCALAPPDATA, 'pnpm'));
    return folders;
  }
  return [...folders, '/opt/homebrew/bin', '/usr/local/bin', '/usr/bin', '/snap/bin', '/home/linuxbrew/.linuxbrew/bin'];
}

/** Newest version first. */
function versions(folder: string, inside: string): string[] {
  try {
    return readdirSync(folder)
      .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
      .map((version) => join(folder, version, inside));
  } catch {
    return [];
  }
}

function pathFolders(env: NodeJS.ProcessEnv): string[] {
  // A relative entry would depend on the folder the agent works in: a repository could bring its own "claude".
  return (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
}

function fileNames(name: string, programInPackage: string | undefined): string[] {
  if (process.platform !== 'win32') return [name];
  return [`${name}.exe`, ...(programInPackage === undefined ? [] : [programInPackage])];
}

/** @returns null when it can be run, else the errno. */
function unusable(path: string): string | null {
  try {
    if (!statSync(path).isFile()) return 'EISDIR';
    accessSync(path, constants.X_OK);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
  }
}
