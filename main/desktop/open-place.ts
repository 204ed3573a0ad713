import { mkdirSync } from 'node:fs';
import type { shell } from 'electron';
import { homePaths } from '../home.ts';
import type { Place } from '../protocol/ipc.ts';
import { isFolderOnDisk } from './folder-on-disk.ts';

/**
 * Shows one of our own folders in the system's file manager. One that nothing was written to yet is made, so that it can be shown.
 * @returns false: it cannot be made, something else stands in its place (which the system would run or open with a program), or nothing shows folders.
 */
export async function openPlace(
  home: string,
  place: Place,
  { openPath }: Pick<typeof shell, 'openPath'>,
): Promise<boolean> {
  const path = place === 'home' ? home : homePaths(home)[place];
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch {
    return false;
  }
  if (!isFolderOnDisk(path)) return false;
  return openPath(path).then(
    (problem) => problem === '',
    () => false,
  );
}
