import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endRecordedRuns } from './end-recorded-runs.ts';
import { processTable } from './process-table.ts';
import { createRunRecords } from './run-records.ts';

const start = new URL('./start-cli.ts', import.meta.url).href;
const recordsModule = new URL('./run-records.ts', import.meta.url).href;

/** An app that starts a CLI without any mark in its environment, with a child of its own, and tells both pids. */
const app = (folder: string) => `
  import { createStartCli } from ${JSON.stringify(start)};
  import { createRunRecords } from ${JSON.stringify(recordsModule)};
  const startCli = createStartCli({ records: createRunRecords(${JSON.stringify(join(folder, 'processes'))}) });
  const cli = startCli(
    { file: '/usr/bin/env', args: ['-i', '/bin/sh', '-c', 'sleep 1000 & echo $!; wait'], cwd: '/', env: {}, runId: 'i.run', secrets: [] },
    { onLine: (line) => console.log(cli.pid + ' ' + line), onExit: () => {} },
  );`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recorded-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isThere = (pid: number) => processTable().some((one) => one.pid === pid);

describe.skipIf(process.platform === 'win32')('a CLI that a killed app left and that carries no mark', () => {
  it('is ended with what it started by the next start, by its pid and when it began', async () => {
    const killed = spawn(process.execPath, ['--input-type=module-typescript', '-e', app(folder)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: killed.stdout! }), 'line')) as [string];
    const pids = line.split(' ').map(Number);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(pids.map(isThere)).toEqual([true, true]);
    const records = createRunRecords(join(folder, 'processes'));
    expect(records.list().map((record) => record.pid)).toEqual([pids[0]]);
    expect(await endRecordedRuns(records, 100)).toBe(1);
    expect(pids.map(isThere)).toEqual([false, false]);
    expect(records.list()).toEqual([]);
  });

  it('is left alone when its pid belongs to another process by now', async () => {
    const other = spawn('/bin/sleep', ['1000'], { stdio: 'ignore' });
    try {
      const records = createRunRecords(join(folder, 'processes'));
      records.add(other.pid!, 'i.run');
      const file = join(folder, 'processes', `${other.pid}.json`);
      const record = JSON.parse(readFileSync(file, 'utf8')) as { began: string };
      writeFileSync(file, JSON.stringify({ ...record, began: record.began.replace(/\d+$/, '1') }));
      expect(await endRecordedRuns(records, 100)).toBe(0);
      expect(isThere(other.pid!)).toBe(true);
      expect(records.list()).toEqual([]);
    } finally {
      other.kill('SIGKILL');
    }
  });
});
