import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { takeInstanceLock } from './instance-lock.ts';

const children: ChildProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-lock-'));
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const holder = `
  import { takeInstanceLock } from ${JSON.stringify(join(import.meta.dirname, 'instance-lock.ts'))};
  console.log(takeInstanceLock(process.argv[1]) ? 'held' : 'refused');
  setInterval(() => {}, 1000);
`;

describe('the one-app lock', () => {
  it('is held by one process, and free at once when that is killed', async () => {
    const path = join(folder, 'lock');
    const child = spawn(process.execPath, ['--input-type=module', '-e', holder, path], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    const [line] = await once(child.stdout, 'data');
    expect(String(line).trim()).toBe('held');
    expect(takeInstanceLock(path)).toBeNull();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const release = takeInstanceLock(path);
    expect(release).not.toBeNull();
    release?.();
    const again = takeInstanceLock(path);
    expect(again).not.toBeNull();
    again?.();
  });
});
