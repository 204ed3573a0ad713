import { describe, expect, it } from 'vitest';
import { linesWith, outputLines } from './output-lines.ts';

const esc = '\u001b';

describe('the output of a command, line by line', () => {
  it('keeps colours over the ends of lines', () => {
    const lines = outputLines(`a ${esc}[31mred\nstill${esc}[0m plain\n\nend\n`);
    expect(lines.map(({ text }) => text)).toEqual(['a red', 'still plain', '', 'end']);
    expect(lines[1]?.pieces).toEqual([
      { text: 'still', className: 'ansi-red' },
      { text: ' plain', className: '' },
    ]);
  });

  it('draws the beginning of an endless line and says how much is left', () => {
    const [line] = outputLines('x'.repeat(1_000_000));
    expect(line?.pieces[0]?.text.length).toBe(4_000);
    expect(line?.cut).toBe(996_000);
  });

  it('is searched whole, in any case', () => {
    const lines = outputLines(`one\nTwo\n${'y'.repeat(5_000)}two`);
    expect(linesWith(lines, 'two')).toEqual([1, 2]);
    expect(linesWith(lines, ' ')).toEqual([]);
  });
});
