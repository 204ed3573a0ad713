import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { readNpmShim } from './npm-shim.ts';

/** Names the folder in which the app itself installs CLIs, `PROVIDER/node_modules/.bin` each. Set by the app, for its own look-ups only. */
export const ownClisVariable = 'QUARTERDECK_OWN_CLIS';

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
  platform?: NodeJS.Platform;
}

export type FoundExecutable =
  /** `path` can be started, or (on Windows) is a script for Node; see `startable`. */
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
  platform = process.platform,
}: ExecutableLookup): FoundExecutable {
  const candidates =
    override !== undefined && override !== ''
      ? [override]
      : [...new Set([...pathFolders(env), ...places, ...usualPlaces(env, home)])].flatMap((folder) =>
          fileNames(name, programInPackage, platform).map((file) => join(folder, file)),
        );
  const rejected: { path: string; errno: string }[] = [];
  for (const candidate of candidates) {
    const path = platform === 'win32' && /\.(?:cmd|bat)$/i.test(candidate) ? shimTarget(candidate) : candidate;
    if (path === null) {
      rejected.push({ path: candidate, errno: 'EINVAL' });
      continue;
    }
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
    '.cargo/bin',
  ];
  const data = env.XDG_DATA_HOME ?? join(home, '.local/share');
  const npmPrefix = env.NPM_CONFIG_PREFIX ?? npmrcPrefix(home);
  const folders = [
    ...inHome.map((folder) => join(home, folder)),
    join(data, 'mise/shims'),
    join(data, 'pnpm'),
    join(home, 'Library/pnpm'),
    ...versions(join(env.NVM_DIR ?? join(home, '.nvm'), 'versions/node'), 'bin'),
    ...versions(join(data, 'fnm/node-versions'), 'installation/bin'),
    ...(env.ASDF_DATA_DIR ? [join(env.ASDF_DATA_DIR, 'shims')] : []),
    ...(env.VOLTA_HOME ? [join(env.VOLTA_HOME, 'bin')] : []),
    ...(env.PIPX_BIN_DIR ? [env.PIPX_BIN_DIR] : []),
    ...(npmPrefix === null ? [] : [process.platform === 'win32' ? npmPrefix : join(npmPrefix, 'bin')]),
    dirname(process.execPath),
  ];
  // Last: what the person installed themselves is preferred.
  const own = ownClis(env);
  if (process.platform === 'win32') {
    if (env.APPDATA) folders.push(join(env.APPDATA, 'npm'));
    if (env.LOCALAPPDATA) folders.push(join(env.LOCALAPPDATA, 'pnpm'));
    return [...folders, ...own];
  }
  const ofSystem = ['/opt/homebrew/bin', '/usr/local/bin', '/usr/bin', '/snap/bin', '/home/linuxbrew/.linuxbrew/bin'];
  return [...folders, ...ofSystem, ...own];
}

/** Where the app itself has installed CLIs. */
function ownClis(env: NodeJS.ProcessEnv): string[] {
  const folder = env[ownClisVariable];
  if (folder === undefined) return [];
  try {
    return readdirSync(folder)
      .filter((name) => /^[a-z]/.test(name))
      .map((name) => join(folder, name, 'node_modules/.bin'));
  } catch {
    return [];
  }
}

/** `prefix=` in the person's `.npmrc`: where `npm install -g` puts programs when it was moved out of the system's folders. */
function npmrcPrefix(home: string): string | null {
  try {
    const text = readFileSync(join(home, '.npmrc'), 'utf8');
    const prefix = /^\s*prefix\s*=\s*["']?([^"'\r\n]+)/m.exec(text)?.[1]?.trim();
    const path = prefix?.replace(/^~(?=[/\\])|\$\{HOME\}/, home);
    return path !== undefined && isAbsolute(path) ? path : null;
  } catch {
    return null;
  }
}

/** What a `.cmd` file of an npm installation starts. @returns its own path when it is not there, null when it is something else. */
function shimTarget(path: string): string | null {
  try {
    return readNpmShim(readFileSync(path, 'utf8'), path)?.target ?? null;
  } catch {
    return path;
  }
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

function fileNames(name: string, programInPackage: string | undefined, platform: NodeJS.Platform): string[] {
  if (platform !== 'win32') return [name];
  return [`${name}.exe`, ...(programInPackage === undefined ? [] : [programInPackage]), `${name}.cmd`];
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
