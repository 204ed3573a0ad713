import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { processesMarked, waitGone } from './process-tree.ts';

const marker = `GW_RUN_ID=${randomUUID()}`;
let child: ChildProcess | undefined;

afterEach(async () => {
  for (const pid of processesMarked(marker)) process.kill(pid, 'SIGKILL');
});

/** A process that starts one more in a session of its own, and says so once both run. */
async function startPair(): Promise<{ parent: number; runaway: number }> {
  const script = `
    const { spawn } = require('node:child_process');
    const runaway = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); process.send(1)'], { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    runaway.on('message', () => console.log(runaway.pid));
    setInterval(() => {}, 1000);`;
  child = spawn(process.execPath, ['-e', script], {
    env: { PATH: process.env.PATH, GW_RUN_ID: marker.slice('GW_RUN_ID='.length) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data');
  return { parent: child.pid as number, runaway: Number(String(output)) };
}

it('finds a marked process and the one that left its session, and nobody else', async () => {
  const { parent, runaway } = await startPair();
  expect(processesMarked(marker).sort()).toEqual([parent, runaway].sort());
  expect(processesMarked(`${marker}0`)).toEqual([]);
  expect(processesMarked(marker.slice(0, -1))).toEqual([]);
});

it('waits until the processes are gone', async () => {
  const { parent, runaway } = await startPair();
  const gone = waitGone([parent, runaway]);
  process.kill(parent, 'SIGKILL');
  process.kill(runaway, 'SIGKILL');
  expect(await gone).toEqual([]);
  expect(processesMarked(marker)).toEqual([]);
});

it('names those that are still there when the time is over', async () => {
  const { parent, runaway } = await startPair();
  process.kill(parent, 'SIGKILL');
  expect(await waitGone([parent, runaway], 300)).toEqual([runaway]);
});
