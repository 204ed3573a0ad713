import { isAbsolute, normalize, sep } from 'node:path';
import { limits } from '../protocol/limits.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused.
const unseen = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/;
/** Names that open a device on Windows in any folder, with any ending. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?\s*$/i;
/** Folders of the kernel: what stands there are no files, even where it says so. */
const kernel = ['/proc', '/sys', '/dev'];

/**
 * A path a stranger names, without a look at the disk.
 * @returns it in its shortest spelling; null when it cannot be the path of an ordinary file.
 */
export function plainPath(path: string, platform: string = process.platform): string | null {
  if (path.length === 0 || path.length > limits.pathChars || hasUnseen(path)) return null;
  if (platform === 'win32') {
    // Other namespaces (\\?\, \\.\, network places), streams (a:b) and names Windows cuts short.
    if (/^[\\/]{2}/.test(path) || /:/.test(path.slice(2))) return null;
    if (path.split(/[\\/]/).some((part) => device.test(part) || (/[. ]$/.test(part) && !/^\.{1,2}$/.test(part))))
      return null;
  }
  if (!isAbsolute(path)) return null;
  return normalize(path);
}

/** Surrogates come in pairs in good text; only a lone one is unseen. */
const hasUnseen = (path: string): boolean => unseen.test(path.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''));

const fold = (path: string, platform: string): string =>
  platform === 'win32' || platform === 'darwin' ? path.normalize('NFC').toLowerCase() : path;

/** Whether a path is this folder or lies in it. Both in their real spelling. */
export function isWithin(path: string, folder: string, platform: string = process.platform): boolean {
  const inside = fold(path, platform);
  const outside = fold(folder.endsWith(sep) ? folder.slice(0, -1) : folder, platform);
  return inside === outside || inside.startsWith(outside + sep);
}

export const isOfKernel = (path: string): boolean => sep === '/' && kernel.some((folder) => isWithin(path, folder));

/** Where people and agents keep credentials, below a user's home: never downloaded, whoever works in that home. */
export const secretPlaces = [
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.docker/config.json',
  '.config/gcloud',
  '.config/gh',
  '.netrc',
  '.npmrc',
  '.pypirc',
  '.git-credentials',
  '.password-store',
  '.local/share/keyrings',
  '.claude/.credentials.json',
  '.claude.json',
  '.codex/auth.json',
  '.gemini/oauth_creds.json',
  'Library/Keychains',
] as const;
