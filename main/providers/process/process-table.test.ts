import { describe, expect, it } from 'vitest';
import { processesOfRuns } from './process-table.ts';

describe.skipIf(process.platform === 'win32')('the processes of a run', () => {
  it('never hold this process or its surroundings, not even when they are said to be known', () => {
    const self = { pid: process.pid, parent: process.ppid, group: 0, started: '' };
    expect(processesOfRuns(() => false, [self])).toEqual([]);
  });

  it('are none when nothing carries the marker', () => {
    expect(processesOfRuns((runId) => runId === 'no-such-run')).toEqual([]);
  });

  it('do not take another process for one whose pid was used again', () => {
    const other = { pid: process.ppid, parent: 1, group: 1, started: 'long ago' };
    expect(processesOfRuns(() => false, [other])).toEqual([]);
  });
});
