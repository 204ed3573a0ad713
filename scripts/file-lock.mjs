import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 100;
const unwrittenMs = 5_000;

function isThere(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Takes the lock; null when somebody holds it. */
function tryLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return () => rmSync(path, { force: true });
  } catch (error) {
    if (error.code === 'EEXIST') return null;
    throw error;
  }
}

/** Who holds the lock: a living process, somebody who is gone ("dead"), or nobody any more (null). */
function holder(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    if (pid > 0) return isThere(pid) ? pid : 'dead';
    // Made, but its number not written yet; for long only when the process died in between.
    return Date.now() - statSync(path).mtimeMs > unwrittenMs ? 'dead' : 'unwritten';
  } catch {
    return null;
  }
}

/**
 * Waits until this process holds the lock. A lock whose holder is gone is taken over.
 * @param {() => void} onWait - told once when somebody else holds it.
 * @returns {Promise<() => void>} releases it.
 */
export async function takeLock(path, onWait = () => {}) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  for (;;) {
    const release = tryLock(path);
    if (release) return release;
    if (holder(path) === 'dead') {
      // Of those who see a dead holder, only the one who gets this second lock clears it away, after a second look.
      const clear = tryLock(`${path}.stale`);
      if (clear) {
        if (holder(path) === 'dead') rmSync(path, { force: true });
        clear();
      } else if (holder(`${path}.stale`) === 'dead') {
        rmSync(`${path}.stale`, { force: true });
      }
    }
    if (!told) onWait();
    told = true;
    await delay(pollMs);
  }
}
