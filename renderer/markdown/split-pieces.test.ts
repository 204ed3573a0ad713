import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitBlocks } from './split-blocks.ts';
import { extendCuts, pieceChars, piecesAt } from './split-pieces.ts';

const parts = [
  'A paragraph that says something of some length. '.repeat(8),
  `- a list\n  - in a list\n\n  with a paragraph of its own\n- ${'and more '.repeat(40)}`,
  `\`\`\`ts\n${'const a = 1;\n\n'.repeat(60)}\`\`\``,
  `| a | b |\n| --- | --- |\n${'| one | two |\n'.repeat(30)}`,
  '## A heading',
  `> ${'quoted '.repeat(60)}`,
];
const answers = fc.array(fc.constantFrom(...parts), { minLength: 20, maxLength: 120 }).map((all) => all.join('\n\n'));

it('cuts a long text where a block ends, into pieces that joined are the text again', () => {
  fc.assert(
    fc.property(answers, (text) => {
      const pieces = piecesAt(text, extendCuts(null, text).cuts);
      expect(pieces.join('')).toBe(text);
      for (const piece of pieces.slice(0, -1)) expect(piece.length).toBeGreaterThanOrEqual(pieceChars);
      const starts = new Set(splitBlocks(text).map(({ start }) => start));
      for (const cut of extendCuts(null, text).cuts) expect(starts.has(cut)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

it('cuts a text that grows as it cuts the whole of it, and moves no cut', () => {
  fc.assert(
    fc.property(answers, fc.integer({ min: 50, max: 3_000 }), (text, step) => {
      let known = extendCuts(null, '');
      for (let end = step; end < text.length; end += step) {
        const next = extendCuts(known, text.slice(0, end));
        expect(next.cuts.slice(0, known.cuts.length)).toEqual(known.cuts);
        known = next;
      }
      expect(extendCuts(null, text).cuts.slice(0, known.cuts.length)).toEqual(known.cuts);
    }),
    { numRuns: 50 },
  );
});

it('cuts as soon as two blocks have followed, before more than that must be mounted anew', () => {
  const text = Array.from({ length: 40 }, (_, at) => parts[at % 2]!.slice(0, 300)).join('\n\n');
  let known = extendCuts(null, '');
  for (let end = 5; end < text.length; end += 5) {
    const next = extendCuts(known, text.slice(0, end));
    if (next.cuts.length > known.cuts.length) {
      const behind = splitBlocks(text.slice(0, end), next.cuts.at(-1));
      expect(behind.length).toBe(2);
      expect(behind[1]!.text.length).toBeLessThanOrEqual(5);
    }
    known = next;
  }
  expect(known.cuts.length).toBeGreaterThanOrEqual(3);
});

it('looks at a block that does not end once in a while, not with every word', () => {
  const text = `\`\`\`\n${'x = 1\n'.repeat(40_000)}`;
  let known = extendCuts(null, '');
  let looked = 0;
  for (let end = 100; end < text.length; end += 100) {
    const next = extendCuts(known, text.slice(0, end));
    if (next !== known) looked += 1;
    known = next;
  }
  expect(known.cuts).toEqual([]);
  expect(looked).toBeLessThan(pieceChars / 100 + text.length / 2_000 + 2);
});
