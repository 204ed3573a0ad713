import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasProgram } from '../lan/network.ts';
import { aptGet, rightToInstall } from './apt.ts';
import { testCacheDir, withCacheLock } from './test-cache.ts';

/**
 * Installs Debian's packages for the programs that are not here, where this user may.
 * @param packages - program -> package.
 * @returns the programs that are still missing.
 */
export async function ensurePrograms(packages: Readonly<Record<string, string>>): Promise<string[]> {
  const missing = () => Object.keys(packages).filter((name) => !hasProgram(name));
  if (missing().length === 0) return [];
  const cache = testCacheDir(process.env);
  await mkdir(cache, { recursive: true });
  return withCacheLock(join(cache, 'programs.lock'), async () => {
    const wanted = missing();
    const prefix = wanted.length === 0 ? null : await rightToInstall();
    if (prefix === null) return wanted;
    console.error(`Installing ${wanted.map((name) => packages[name]).join(', ')} for the tests of the network …`);
    await aptGet(prefix, ['update']);
    await aptGet(prefix, ['install', '-y', '--no-install-recommends', ...wanted.map((name) => packages[name]!)]);
    return missing();
  });
}
