import { accessSync, constants, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';

/**
 * Puts Chromium's profile into the app's home, so that two homes are two apps (the single-instance lock lives in the profile). A home that
 * cannot be written gets a throw-away profile: Chromium would end silently without one, and the person shall read why the app cannot start.
 * Must run before the app is ready.
 */
export function keepProfileIn(home: string): void {
  app.setPath('userData', writableProfile(home));
}

function writableProfile(home: string): string {
  const profile = join(home, 'profile');
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 });
    accessSync(profile, constants.W_OK);
    return profile;
  } catch {
    return mkdtempSync(join(tmpdir(), 'quarterdeck-profile-'));
  }
}
