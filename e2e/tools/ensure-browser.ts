import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { aptGet, rightToInstall } from './apt.ts';
import { findBrowser } from './find-browser.ts';
import { testCacheDir, withCacheLock } from './test-cache.ts';

/**
 * Returns the path of a Chromium and installs Debian's `chromium` when there is none and this user may install packages.
 * @throws Error that says what to do by hand when it cannot.
 */
export async function ensureBrowser(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const found = findBrowser(env);
  if (found !== null) return found;
  const cache = testCacheDir(env);
  await mkdir(cache, { recursive: true });
  return withCacheLock(join(cache, 'browser.lock'), async () => findBrowser(env) ?? installBrowser(env));
}

async function installBrowser(env: NodeJS.ProcessEnv): Promise<string> {
  const prefix = await rightToInstall();
  if (prefix === null)
    throw new Error(
      adviceFor('this user may not install packages (neither root nor passwordless sudo), or there is no apt-get'),
    );
  console.error('No Chromium found: installing the package "chromium" for the browser tests …');
  try {
    await aptGet(prefix, ['update']);
    const afterWaiting = findBrowser(env);
    if (afterWaiting !== null) return afterWaiting;
    await aptGet(prefix, ['install', '-y', '--no-install-recommends', 'chromium']);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(adviceFor(`apt-get failed: ${(stderr || message).trim()}`), { cause: error });
  }
  const installed = findBrowser(env);
  if (installed === null)
    throw new Error(adviceFor('the package "chromium" was installed but brought no chromium command'));
  return installed;
}

function adviceFor(reason: string): string {
  return (
    `No Chromium on this machine, so the tests that drive the window cannot run: ${reason}.\n` +
    'Install one (Debian: apt-get install chromium) or set CHROME_PATH to the binary of a Chromium or Chrome.'
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(JSON.stringify({ chromium: await ensureBrowser() }));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
