import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnsi, stripAnsi } from './ansi.ts';

const esc = '\u001b';

describe('parseAnsi', () => {
  it('keeps colours and drops everything else a terminal would obey', () => {
    expect(parseAnsi(`${esc}[31mred${esc}[0m${esc}[2K${esc}]0;title\u0007 plain`)).toEqual([
      { text: 'red', className: 'ansi-red' },
      { text: ' plain', className: '' },
    ]);
  });

  it('shows only the last state of a line that a progress bar wrote over', () => {
    expect(stripAnsi('10%\r50%\r100%\r\ndone\n')).toBe('100%\ndone\n');
  });

  it('leaves no control character but tab and line feed, whatever comes', () => {
    const part = fc.constantFrom(
      esc,
      '[',
      ']',
      '31',
      'm',
      ';',
      '\u0007',
      'a',
      '\n',
      '\r',
      '\t',
      '\b',
      '\u0000',
      'é',
      '48',
      '5',
      '2',
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(stripAnsi(parts.join(''))).not.toMatch(/(?![\n\t])\p{Cc}/u);
      }),
      { numRuns: 1000 },
    );
  });

  it('shows nothing of a sequence that has come only in part', () => {
    expect(stripAnsi(`done ${esc}[3`)).toBe('done ');
    expect(stripAnsi(`done ${esc}]0;tit`)).toBe('done ');
  });

  it('gives text without sequences as it is', () => {
    expect(parseAnsi('a\nb')).toEqual([{ text: 'a\nb', className: '' }]);
  });
});
