import { accessSync, constants, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const commandNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const macApps = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'];

/** Path of a Chromium on this machine, or `null`. Order: `$CHROME_PATH`, PATH, the usual places, Playwright's own cache (newest first). */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | null {
  return candidates(env).find(isExecutable) ?? null;
}

function candidates(env: NodeJS.ProcessEnv): string[] {
  const fromPath = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => commandNames.map((name) => join(folder, name)));
  const usual = ['/usr/bin', '/usr/local/bin'].flatMap((folder) => commandNames.map((name) => join(folder, name)));
  const apps = process.platform === 'darwin' ? macApps.map((app) => join('/Applications', app)) : [];
  const chosen = env.CHROME_PATH;
  return [...(chosen ? [chosen] : []), ...fromPath, ...usual, ...apps, ...playwrightBrowsers(env)];
}

function playwrightBrowsers(env: NodeJS.ProcessEnv): string[] {
  const cache = process.platform === 'darwin' ? 'Library/Caches/ms-playwright' : '.cache/ms-playwright';
  const folder = env.PLAYWRIGHT_BROWSERS_PATH || join(env.HOME ?? homedir(), cache);
  return foldersOf(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice('chromium-'.length)) - Number(a.slice('chromium-'.length)))
    .flatMap((name) =>
      ['chrome-linux64/chrome', 'chrome-linux/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium'].map(
        (binary) => join(folder, name, binary),
      ),
    );
}

function foldersOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
