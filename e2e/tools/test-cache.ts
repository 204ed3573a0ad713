import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Where the large things that tests need are kept: outside the repository, shared by all checkouts of one user. */
export function testCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return env.QUARTERDECK_TEST_CACHE || join(homedir(), '.cache', 'quarterdeck-test');
}

const pollMs = 100;

/**
 * Runs `work` while no other process on this machine does so under the same lock path. A lock whose owner died is taken over.
 * @param lockDir - a folder that exists while the lock is held; its parent must exist.
 */
export async function withCacheLock<T>(lockDir: string, work: () => Promise<T>): Promise<T> {
  const ownerFile = join(lockDir, 'owner.json');
  for (;;) {
    try {
      await mkdir(lockDir);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (await isAbandoned(ownerFile)) await rm(lockDir, { recursive: true, force: true });
    else await setTimeout(pollMs);
  }
  try {
    await writeFile(ownerFile, JSON.stringify({ pid: process.pid, host: hostname() }));
    return await work();
  } finally {
    await rm(lockDir, { recursive: true, force: true });
  }
}

async function isAbandoned(ownerFile: string): Promise<boolean> {
  let owner: { pid: number; host: string };
  try {
    owner = JSON.parse(await readFile(ownerFile, 'utf8'));
  } catch {
    // Its owner is between creating the folder and naming itself, or has just released it.
    await setTimeout(pollMs * 5);
    try {
      owner = JSON.parse(await readFile(ownerFile, 'utf8'));
    } catch {
      return true;
    }
  }
  if (owner.host !== hostname()) return false;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
