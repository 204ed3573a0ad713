import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testCacheDir, withCacheLock } from './test-cache.ts';

describe('the test cache', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'test-cache-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('lies where QUARTERDECK_TEST_CACHE says, else in the home directory', () => {
    expect(testCacheDir({ QUARTERDECK_TEST_CACHE: '/somewhere' })).toBe('/somewhere');
    expect(testCacheDir({})).toMatch(/\.cache[\\/]quarterdeck-test$/);
  });

  it('lets one at a time work under a lock', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      for (let turn = 0; turn < 5; turn += 1) await setImmediate();
      inside -= 1;
    };
    const lock = join(folder, 'x.lock');
    await Promise.all([withCacheLock(lock, work), withCacheLock(lock, work), withCacheLock(lock, work)]);
    expect(most).toBe(1);
  });

  it('gives the lock back when the work fails', async () => {
    const lock = join(folder, 'x.lock');
    await expect(withCacheLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withCacheLock(lock, async () => 'free')).toBe('free');
  });

  it('takes over the lock of a process that died', async () => {
    const lock = join(folder, 'x.lock');
    mkdirSync(lock);
    const beyondEveryPid = 2 ** 30;
    writeFileSync(join(lock, 'owner.json'), JSON.stringify({ pid: beyondEveryPid, host: hostname() }));
    expect(await withCacheLock(lock, async () => 'taken over')).toBe('taken over');
  });
});
