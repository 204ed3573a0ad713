import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { matching } from './end-recorded-runs.ts';
import { createRunRecords } from './run-records.ts';
import { readPsList, readWindowsList, sameStart } from './start-time.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'run-records-')), 'processes');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

describe('records of running CLIs', () => {
  it('are there as long as the CLI runs, for this user alone', () => {
    const records = createRunRecords(folder);
    const forget = records.add(process.ppid, 'instance.run');
    expect(records.list()).toMatchObject([{ pid: process.ppid, runId: 'instance.run' }]);
    if (process.platform !== 'win32') expect(statSync(join(folder, `${process.ppid}.json`)).mode & 0o777).toBe(0o600);
    forget();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('say nothing when they are damaged or of something else', () => {
    const records = createRunRecords(folder);
    records.add(process.ppid, 'x')();
    for (const [name, text] of [
      ['12.json', '{"pid":12,"beg'],
      ['13.json', '{"pid":1,"began":"1","runId":"x"}'],
      ['14.json', '[]'],
      ['notes.txt', '{"pid":15,"began":"1","runId":"x"}'],
    ] as const)
      writeFileSync(join(folder, name), text);
    expect(records.list()).toEqual([]);
  });

  it('do not keep a CLI from starting when they cannot be written', () => {
    writeFileSync(folder, 'a file stands where the folder should be');
    expect(() => createRunRecords(folder).add(process.ppid, 'x')()).not.toThrow();
  });
});

describe('a process that is found again', () => {
  const began = Date.parse('2026-11-20T14:02:11.441Z');

  it('is read from what ps tells', () => {
    const list = readPsList(
      '  501     1 Fri Nov 20 14:02:11 2026    \n    7   501 Sat Nov  7 01:00:00 2026\nnonsense\n',
    );
    expect(list).toEqual([
      { pid: 501, parent: 1, began: String(Date.parse('2026-11-20T14:02:11Z')) },
      { pid: 7, parent: 501, began: String(Date.parse('2026-11-07T01:00:00Z')) },
    ]);
    expect(matching([{ pid: 501, began: String(began), runId: 'x' }], list)).toHaveLength(1);
  });

  it('is read from what Windows tells', () => {
    const list = readWindowsList('4512 888 2026-11-20T14:02:11.4411230Z\r\n4 0 \r\n');
    expect(list).toEqual([{ pid: 4512, parent: 888, began: String(began) }]);
  });

  it('is another one when it began at another time, and never this process', () => {
    const list = [
      { pid: 501, parent: 1, began: String(began + 60_000) },
      { pid: process.pid, parent: 1, began: String(began) },
    ];
    const recorded = [501, process.pid, 777].map((pid) => ({ pid, began: String(began), runId: 'x' }));
    expect(matching(recorded, list)).toEqual([]);
  });

  it('is told exactly where the system tells it exactly', () => {
    expect(sameStart('0a1b boot 100', '0a1b boot 100')).toBe(true);
    expect(sameStart('0a1b boot 100', '0a1b boot 101')).toBe(false);
    expect(sameStart('1000', '3000')).toBe(true);
    expect(sameStart('1000', '4000')).toBe(false);
  });
});
