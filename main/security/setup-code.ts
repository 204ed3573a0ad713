import { rmSync, writeFileSync } from 'node:fs';
import { createOneTimeLinks } from './one-time-links.ts';

/** The code that opens the first-run setup, once. It stands in the owner's terminal and in a file only they can read, and nowhere else. */
export interface SetupCode {
  /** What to show the owner; null: there is nothing to set up, or it was done. */
  show(): { code: string; file: string } | null;
  isGood(code: string): boolean;
  /** The setup was done: the code is void and its file is gone. */
  done(): void;
}

/**
 * Makes a fresh code (128 random bits) where the setup is open, and takes an old file away in any case. The code lasts until it is used or the
 * app ends: whoever sets up a server may come to it the next day.
 * @param file - written 0600. @param isOpen - asked at each use: the setup is also closed by a key that was made another way.
 * @throws {Error} of the system, when the file cannot be written.
 */
export function createSetupCode(file: string, isOpen: () => boolean): SetupCode {
  // In its own time it never ends.
  const codes = createOneTimeLinks(() => 0);
  rmSync(file, { force: true });
  const code = isOpen() ? codes.create() : null;
  if (code !== null) writeFileSync(file, `${code}\n`, { mode: 0o600, flag: 'wx' });
  const done = () => {
    if (code !== null) codes.redeem(code);
    rmSync(file, { force: true });
  };
  const stillOpen = () => {
    if (isOpen()) return true;
    done();
    return false;
  };
  return {
    show: () => (code !== null && stillOpen() ? { code, file } : null),
    isGood: (given) => given.length <= 100 && stillOpen() && codes.isGood(given),
    done,
  };
}
