import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readLines } from './line-stream.ts';

const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lines(text: string | Buffer, from = 0, maxBytes = 1_000_000) {
  const path = join(folder, 'file');
  writeFileSync(path, text);
  const fd = openSync(path, 'r');
  try {
    return [...readLines(fd, from, maxBytes)];
  } finally {
    closeSync(fd);
  }
}

describe('the lines of a file that grows', () => {
  it('are the complete ones, each with the byte after it', () => {
    expect(lines('añb\n\nc\nno end')).toEqual([
      { text: 'añb', end: 5 },
      { text: '', end: 6 },
      { text: 'c', end: 8 },
    ]);
    expect(lines('one\ntwo\n', 4)).toEqual([{ text: 'two', end: 8 }]);
  });

  it('come whole over the borders of chunks, and one that is too long is passed over', () => {
    const long = 'x'.repeat(700_000);
    expect(lines(`a\n${long}\nb\n`).map((line) => line.text?.length)).toEqual([1, 700_000, 1]);
    expect(lines(`a\n${long}\nb\n`, 0, 600_000).map((line) => line.text?.length)).toEqual([1, undefined, 1]);
    expect(lines(`a\n${long}`, 0, 600_000)).toHaveLength(1);
  });

  it('are the same from wherever an earlier reading ended', () => {
    const text = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 300 }).map((line) => line.replaceAll('\n', ' ')),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(text, fc.nat(), (written, pick) => {
        const all = lines(written.map((line) => `${line}\n`).join(''));
        expect(all.map((line) => line.text)).toEqual(written.map((line) => Buffer.from(line).toString('utf8')));
        const stop = all.length === 0 ? 0 : pick % all.length;
        expect(lines(written.map((line) => `${line}\n`).join(''), all[stop]?.end ?? 0)).toEqual(all.slice(stop + 1));
      }),
      { numRuns: 50 },
    );
  });
});
