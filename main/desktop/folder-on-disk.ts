import { statSync } from 'node:fs';

/** Whether a path from outside leads to a folder that this person can see; whatever the system refuses to look at is none. */
export function isFolderOnDisk(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
