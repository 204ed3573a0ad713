import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { resolveLinks } from '../resolve-links.ts';

/** What a person reads when the guide will not or cannot touch a file. One or two sentences. */
export type Refusal = string;

const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i;

function isInside(root: string, target: string): boolean {
  const relative = path.relative(root, target);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

/**
 * The absolute path a person means, with every symbolic link resolved, when it lies in the session's folder; else why not.
 * @param root - the session's folder, absolute.
 */
export async function resolveInFolder(root: string, wanted: string): Promise<Result<string, Refusal>> {
  if (/\p{Cc}/u.test(wanted)) return err('That path holds a control character. I do not touch such files.');
  if (wanted.length > 4096) return err('That path is too long.');
  if (wanted.split(/[\\/]/).some((part) => process.platform === 'win32' && deviceName.test(part))) {
    return err(`“${wanted}” is the name of a device, not of a file.`);
  }
  try {
    const realRoot = await realpath(root);
    const resolved = await resolveLinks(path.resolve(realRoot, wanted));
    if (isInside(realRoot, resolved)) return ok(resolved);
    return err(`“${wanted}” lies outside this session's folder (${root}). I only touch what is inside it.`);
  } catch (error) {
    return err(describeFileError(error, wanted));
  }
}

/** Says in plain words why the system refused. */
export function describeFileError(error: unknown, name: string): Refusal {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? 'unknown';
  const known: Record<string, string> = {
    ENOENT: `There is no “${name}” in this folder.`,
    EACCES: `I am not allowed to open “${name}”: its permissions do not let this user.`,
    EPERM: `The system does not permit that for “${name}”.`,
    EISDIR: `“${name}” is a folder, not a file.`,
    ENOTDIR: `A part of “${name}” is a file, not a folder.`,
    ENOSPC: `The disk is full; “${name}” was not changed. Make some room and say it again.`,
    EROFS: `“${name}” lies on a read-only disk; it was not changed.`,
    ELOOP: `“${name}” is a link that leads in a circle.`,
    ENAMETOOLONG: `The name “${name.slice(0, 60)}…” is too long for this disk.`,
    EBUSY: `Another program holds “${name}” open.`,
  };
  return known[code] ?? `The system refused “${name}” (${code}).`;
}
