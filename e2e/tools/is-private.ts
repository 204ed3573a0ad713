import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Nobody else can write to the folder, which is made when it is missing, or to one above it. */
export function isPrivate(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  for (let at = realpathSync(folder); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o022) !== 0) return false;
    if (dirname(at) === at) return true;
  }
}
