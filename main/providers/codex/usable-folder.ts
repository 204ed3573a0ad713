import { accessSync, constants, statSync } from 'node:fs';

/** @returns null when the folder can be worked in, else the errno. */
export function unusableFolder(path: string): string | null {
  try {
    if (!statSync(path).isDirectory()) return 'ENOTDIR';
    accessSync(path, constants.X_OK);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
  }
}
