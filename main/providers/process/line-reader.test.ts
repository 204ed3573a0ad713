import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineReader } from './line-reader.ts';

function read(chunks: readonly Buffer[], maxBytes = 1_000_000): { lines: string[]; tooLong: number } {
  const lines: string[] = [];
  let tooLong = 0;
  const reader = createLineReader({ maxBytes, onLine: (line) => lines.push(line), onTooLong: () => tooLong++ });
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return { lines, tooLong };
}

const cut = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((start, index) => bytes.subarray(start, at[index]));
};

describe('the line reader', () => {
  it('gives the same lines however the bytes are cut, also through a character', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), fc.array(fc.nat(), { maxLength: 20 }), (texts, places) => {
        const bytes = Buffer.from(texts.join('\n'), 'utf8');
        const expected = bytes
          .toString('utf8')
          .split('\n')
          .map((line) => line.replace(/\r$/, ''));
        expect(read(cut(bytes, places)).lines).toEqual(expected.filter((line) => line !== ''));
      }),
    );
  });

  it('hands over all lines of a chunk before push returns', () => {
    const lines: string[] = [];
    const reader = createLineReader({ maxBytes: 100, onLine: (line) => lines.push(line), onTooLong: () => {} });
    reader.push(Buffer.from('a\nb\nc'));
    expect(lines).toEqual(['a', 'b']);
  });

  it('takes a line of exactly the limit and refuses one a byte over it', () => {
    expect(read([Buffer.from('12345\n')], 5)).toEqual({ lines: ['12345'], tooLong: 0 });
    expect(read([Buffer.from('123456\n')], 5)).toEqual({ lines: [], tooLong: 1 });
  });

  it('stops at a line that is too long before it has ended, and reads nothing after it', () => {
    const { lines, tooLong } = read([Buffer.from('ok\n123'), Buffer.from('456'), Buffer.from('7\nnext\n')], 5);
    expect({ lines, tooLong }).toEqual({ lines: ['ok'], tooLong: 1 });
  });

  it('counts the bytes of a line, not its characters', () => {
    expect(read([Buffer.from('ééé\n')], 5).tooLong).toBe(1);
  });

  it('leaves out empty lines and the carriage returns of Windows', () => {
    expect(read([Buffer.from('a\r\n\n\r\nb\r'), Buffer.from('\n')]).lines).toEqual(['a', 'b']);
  });
});
