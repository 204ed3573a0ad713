import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endRecordedRuns } from './end-recorded-runs.ts';
import { processTable } from './process-table.ts';
import { createRunRecords, type RunRecords } from './run-records.ts';
import { runningProcesses } from './start-time.ts';

const noList = vi.hoisted(() => () => {
  throw Object.assign(new Error('ps EAGAIN'), { code: 'EAGAIN' });
});
vi.mock('./process-table.ts', () => ({ processTable: vi.fn(noList), processesOfRuns: vi.fn(noList) }));
vi.mock('./start-time.ts', async (real) => ({
  ...(await real<typeof import('./start-time.ts')>()),
  linuxBegan: () => 'then',
  runningProcesses: vi.fn(async () => noList()),
}));

let folder: string;
let records: RunRecords;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'records-'));
  records = createRunRecords(join(folder, 'processes'));
  records.add(99_999_999, 'i.run');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('records of CLIs that a killed app left', () => {
  it('stay for the next start when the list of processes could not be read', async () => {
    await endRecordedRuns(records, 10);
    const asked = vi.mocked(process.platform === 'linux' ? processTable : runningProcesses);
    expect(asked).toHaveBeenCalled();
    expect(records.list()).toHaveLength(1);
  });
});
