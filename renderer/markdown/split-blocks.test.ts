import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extendBlocks, splitBlocks } from './split-blocks.ts';

const texts = (markdown: string): string[] => splitBlocks(markdown).map((block) => block.text);

/** Markdown-like text made of the pieces that decide where a block ends. */
const markdown = fc
  .array(
    fc.constantFrom(
      'a',
      'word ',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '  ',
      '```',
      '```ts',
      '~~~',
      '> ',
      '# ',
      '|a|b|',
      '`',
      '\t',
      '1',
      '*',
      '\r\n',
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('splitBlocks', () => {
  it('splits paragraphs at blank lines', () => {
    expect(texts('one\n\ntwo\nstill two\n\nthree')).toEqual(['one\n\n', 'two\nstill two\n\n', 'three']);
  });

  it('keeps a list with blank lines between its items whole', () => {
    expect(texts('1. a\n\n2. b\n\n   more of b\n\nend')).toEqual(['1. a\n\n2. b\n\n   more of b\n\n', 'end']);
  });

  it('makes a fenced code block a block of its own, also without blank lines around it', () => {
    const [before, code, after] = splitBlocks('look:\n```ts\nlet a = 1;\n\nlet b;\n```\nthen');
    expect(before?.text).toBe('look:\n');
    expect(code).toMatchObject({ kind: 'code', language: 'ts', code: 'let a = 1;\n\nlet b;', closed: true });
    expect(after?.text).toBe('then');
  });

  it('shows a fence that has not been closed yet as open code', () => {
    expect(splitBlocks('```py\nprint(1)\n')).toMatchObject([{ kind: 'code', code: 'print(1)', closed: false }]);
  });

  it('does not end a fence at a shorter one inside it', () => {
    expect(splitBlocks('````md\n```\nx\n```\n````')).toMatchObject([
      { kind: 'code', code: '```\nx\n```', closed: true },
    ]);
  });

  it('gives the input again when its blocks are joined', () => {
    fc.assert(
      fc.property(
        markdown,
        (text) =>
          splitBlocks(text)
            .map((block) => block.text)
            .join('') === text,
      ),
    );
  });
});

describe('extendBlocks', () => {
  it('gives the same blocks as splitting the whole, wherever the text was cut', () => {
    fc.assert(
      fc.property(markdown, fc.array(fc.nat(200), { maxLength: 12 }), (text, cuts) => {
        let blocks = splitBlocks('');
        for (const cut of cuts.filter((one) => one <= text.length).sort((a, b) => a - b)) {
          blocks = extendBlocks(blocks, text.slice(0, cut));
        }
        expect(extendBlocks(blocks, text)).toEqual(splitBlocks(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves finished blocks the very same objects, so that they are not rendered again', () => {
    const before = splitBlocks('one\n\ntwo\n\nthree\n\nfour');
    const after = extendBlocks(before, 'one\n\ntwo\n\nthree\n\nfour and more');
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });
});
