import { lstat, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, parse } from 'node:path';

/** As many as Linux follows. */
const maxHops = 40;
const separator = process.platform === 'win32' ? /[\\/]/ : '/';

/**
 * Where writing to a path would really land, every symbolic link followed. The last parts need not exist yet; a link that leads nowhere is
 * followed too, because a write through it makes the file at its other end.
 * @param path - absolute.
 * @throws the system's error (`ELOOP`, `EACCES`, `ENOTDIR`, ...) where that cannot be told.
 */
export async function resolveLinks(path: string): Promise<string> {
  return follow(path, { hops: 0 });
}

async function follow(path: string, way: { hops: number }): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const parent = dirname(path);
  if (parent === path) return path;
  const folder = await follow(parent, way);
  const here = join(folder, basename(path));
  const target = await linkTarget(here);
  if (target === null) return here;
  way.hops += 1;
  if (way.hops > maxHops) throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
  // Part by part: `..` leaves the folder that the parts before it really lead to.
  const root = isAbsolute(target) ? parse(target).root : '';
  let at = root === '' ? folder : root;
  for (const part of target.slice(root.length).split(separator)) {
    if (part === '..') at = dirname(at);
    else if (part !== '' && part !== '.') at = await follow(join(at, part), way);
  }
  return at;
}

/** @returns null when there is nothing there, or no link. */
async function linkTarget(path: string): Promise<string | null> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/**
 * Where a path really leads, for those who need a text. What cannot be resolved counts as the root of the file system: no session's folder
 * holds it, so nothing lasting is offered and no rule of a folder covers it.
 */
export async function resolvePath(path: string): Promise<string> {
  try {
    return await resolveLinks(path);
  } catch {
    return parse(path).root;
  }
}
