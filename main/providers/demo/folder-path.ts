import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { resolveLinks } from '../resolve-links.ts';
import type { GuideWords } from './words/index.ts';

/** What a person reads when the guide will not or cannot touch a file. One or two sentences. */
export type Refusal = (words: GuideWords) => string;

/** @param say - which of the refusals it is. */
export const refusal =
  (say: (refusals: GuideWords['refusals']) => string): Refusal =>
  ({ refusals }) =>
    say(refusals);

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
  if (/\p{Cc}/u.test(wanted)) return err(refusal((say) => say.control));
  if (wanted.length > 4096) return err(refusal((say) => say.long));
  if (wanted.split(/[\\/]/).some((part) => process.platform === 'win32' && deviceName.test(part))) {
    return err(refusal((say) => say.device(wanted)));
  }
  try {
    const realRoot = await realpath(root);
    const resolved = await resolveLinks(path.resolve(realRoot, wanted));
    if (isInside(realRoot, resolved)) return ok(resolved);
    return err(refusal((say) => say.outside(wanted, root)));
  } catch (error) {
    return err(describeFileError(error, wanted));
  }
}

/** Which refusal it is, by the code of the system's error. */
const refusedBy = {
  ENOENT: 'missing',
  EACCES: 'denied',
  EPERM: 'forbidden',
  EISDIR: 'folder',
  ENOTDIR: 'partIsFile',
  ENOSPC: 'diskFull',
  EROFS: 'readOnly',
  ELOOP: 'loop',
  ENAMETOOLONG: 'nameTooLong',
  EBUSY: 'busy',
} as const;

/** Says in plain words why the system refused. */
export function describeFileError(error: unknown, name: string): Refusal {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? 'unknown';
  if (!Object.hasOwn(refusedBy, code)) return refusal((say) => say.refused(name, code));
  const which = refusedBy[code as keyof typeof refusedBy];
  return refusal((say) => say[which](which === 'nameTooLong' ? `${name.slice(0, 60)}…` : name));
}
