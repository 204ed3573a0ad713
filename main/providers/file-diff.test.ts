import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedDiff, diffTexts } from './file-diff.ts';

const longest = 4000;
const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', '\\ d', '+e', '-f'), { maxLength: 30 })
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

describe('the difference of two texts of a file', () => {
  it('tells a new file, a changed one and one that is gone apart', () => {
    expect(diffTexts('/p', null, 'a\n')).toMatchObject({ change: 'create', added: 1, removed: 0 });
    expect(diffTexts('/p', 'a\n', 'b\n')).toMatchObject({ change: 'update', added: 1, removed: 1 });
    expect(diffTexts('/p', 'a\n', null)).toMatchObject({ change: 'delete', added: 0, removed: 1 });
  });

  it('holds for each hunk the lines of both texts that its numbers name', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        for (const hunk of diffTexts('/p', before, after).hunks) {
          const [old, fresh] = [
            hunk.lines.filter((line) => line[0] !== '+'),
            hunk.lines.filter((line) => line[0] !== '-'),
          ];
          expect([hunk.old_lines, hunk.new_lines]).toEqual([old.length, fresh.length]);
          const at = (lines: string[], start: number, count: number) => lines.slice(start - 1, start - 1 + count);
          if (old.length > 0)
            expect(old.map((line) => line.slice(1))).toEqual(at(linesOf(before), hunk.old_start, hunk.old_lines));
          if (fresh.length > 0)
            expect(fresh.map((line) => line.slice(1))).toEqual(at(linesOf(after), hunk.new_start, hunk.new_lines));
        }
      }),
    );
  });

  it('is cut when it is very large: it counts all, and a cut hunk numbers what is left of it', () => {
    const lines = [...Array<string>(3000).fill('-x'), ...Array<string>(3000).fill('+y')];
    const hunk = { old_start: 1, old_lines: 3000, new_start: 1, new_lines: 3000, lines };
    const diff = boundedDiff('/p', 'update', [hunk, hunk]);
    expect(diff).toMatchObject({ added: 6000, removed: 6000, truncated: true });
    expect(diff.hunks).toEqual([
      { old_start: 1, old_lines: 3000, new_start: 1, new_lines: 1000, lines: lines.slice(0, longest) },
    ]);
  });
});
