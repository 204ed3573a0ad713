import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redactFields, redactText } from '../security/redact.ts';
import { formatLine, type LogLevel, numbered } from './log.ts';
import { readLog } from './read-log.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-log-'));
  file = join(folder, 'main.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (level: LogLevel, text: string, at = 0): string =>
  `${formatLine({ redactText, redactFields }, at, level, text)}\n`;
const read = (asked: Partial<Parameters<typeof readLog>[1]> = {}, redact = (text: string) => text) =>
  readLog(file, { level: 'debug', limit: 100, ...asked }, redact);
const texts = (...asked: Parameters<typeof read>) => read(...asked).lines.map(({ text }) => text);

describe('the last lines of the log', () => {
  it('are the oldest first, each with its time and level, also those of the file before', () => {
    writeFileSync(numbered(file, 1), line('info', 'yesterday', 1000));
    writeFileSync(file, line('warn', 'today', 2000) + line('error', 'now', 3000));
    expect(read().lines.map(({ at, level, text }) => [at, level, text])).toEqual([
      [1000, 'info', 'yesterday'],
      [2000, 'warn', 'today'],
      [3000, 'error', 'now'],
    ]);
    expect(new Set(read().lines.map(({ id }) => id)).size).toBe(3);
  });

  it('are none, and no error, where nothing was ever written', () => {
    expect(read()).toMatchObject({ lines: [], same: false, more: false });
  });

  it('are those of a level and above', () => {
    writeFileSync(file, line('debug', 'a') + line('info', 'b') + line('warn', 'c') + line('error', 'd'));
    expect(texts({ level: 'warn' })).toEqual(['c', 'd']);
    expect(texts({ level: 'error' })).toEqual(['d']);
  });

  it('are found by words in any case', () => {
    writeFileSync(file, line('info', 'The Gateway listens') + line('info', 'a turn began'));
    expect(texts({ text: 'gateway' })).toEqual(['The Gateway listens']);
    expect(texts({ text: 'nothing of this' })).toEqual([]);
  });

  it('hold no secret that became known after they were written, and none is found by searching for it', () => {
    writeFileSync(file, line('info', 'opened with hunter2-hunter2'));
    const redact = (text: string): string => text.replaceAll('hunter2-hunter2', '[redacted]');
    expect(texts({}, redact)).toEqual(['opened with [redacted]']);
    expect(texts({ text: 'hunter2' }, redact)).toEqual([]);
  });

  it('are the newest when there are more than asked for, and say that there are more', () => {
    writeFileSync(file, ['1', '2', '3', '4'].map((text) => line('info', text)).join(''));
    expect(read({ limit: 2 })).toMatchObject({ lines: [{ text: '3' }, { text: '4' }], more: true });
    expect(read({ limit: 4 })).toMatchObject({ more: false });
  });

  it('are looked for in the end of a long file only, and no half line is shown', () => {
    const long = 'x'.repeat(19_000);
    writeFileSync(file, Array.from({ length: 150 }, (_, at) => line('info', `${at} ${long}`)).join(''));
    const { lines, more } = read({ limit: 1000 });
    expect(more).toBe(true);
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.at(-1)?.text).toMatch(/^149 x/);
    expect(lines.every(({ at, text }) => at === 0 && /^\d+ x+$/.test(text))).toBe(true);
  });

  it('that are of no known form are shown as they are', () => {
    writeFileSync(file, 'Segmentation fault\n');
    expect(read().lines).toMatchObject([{ at: null, level: 'info', text: 'Segmentation fault' }]);
  });

  it('are not read again as long as nothing was written, and are after a new file was begun', () => {
    writeFileSync(file, line('info', 'one'));
    const { version } = read();
    expect(read({ unless: version })).toMatchObject({ same: true, lines: [], version });
    appendFileSync(file, line('info', 'two'));
    const grown = read({ unless: version });
    expect(grown.lines).toHaveLength(2);
    renameSync(file, numbered(file, 1));
    // As long as the one before: only its name is the same.
    writeFileSync(file, line('info', 'one') + line('info', 'two'));
    expect(read({ unless: grown.version })).toMatchObject({ same: false });
    expect(texts({ unless: grown.version })).toEqual(['one', 'two', 'one', 'two']);
  });
});
