import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { endProcesses } from './end-processes.ts';
import type { TreeProcess } from './process-table.ts';

describe.skipIf(process.platform === 'win32')('ending processes while the process table cannot be read', () => {
  it('goes on with those that were found before', async () => {
    const child = spawn('/bin/sh', ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.05; done'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout!, 'data');
    const ended = once(child, 'exit');
    const found: TreeProcess = { pid: child.pid!, parent: process.pid, group: 0, started: 'now' };
    const answers = [[found]];
    const find = () => {
      const answer = answers.shift();
      if (answer === undefined) throw new Error('spawnSync ps EAGAIN');
      return answer;
    };
    expect(await endProcesses(find, 50)).toEqual([]);
    expect(await ended).toEqual([null, 'SIGKILL']);
  });

  it('looks again when the first look fails, and gives up in the end', async () => {
    let looks = 0;
    const find = () => {
      looks += 1;
      throw new Error('spawnSync ps EAGAIN');
    };
    expect(await endProcesses(find, 50)).toEqual([]);
    expect(looks).toBeGreaterThan(1);
  });
});
