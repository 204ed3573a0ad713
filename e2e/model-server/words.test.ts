import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bigText, jsonPieces, slowText, wordPieces } from './words.ts';

describe('the pieces of an answer', () => {
  it('are together exactly the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(wordPieces(text).join('')).toBe(text);
      }),
    );
  });

  it('hold one word each', () => {
    expect(wordPieces('  one two\n\nthree ')).toEqual(['  one ', 'two\n\n', 'three ']);
  });

  it('of a tool input are together exactly its JSON, and none splits a character', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })), (input) => {
        const pieces = jsonPieces(input);
        expect(pieces.join('')).toBe(JSON.stringify(input));
        expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
      }),
    );
  });

  it('of a big answer have exactly the bytes that were asked for', () => {
    fc.assert(
      fc.property(fc.nat({ max: 20_000 }), fc.integer({ min: 1, max: 5000 }), (bytes, size) => {
        expect(Buffer.byteLength(bigText(bytes, size).join(''))).toBe(bytes);
      }),
    );
  });

  it('of a slow answer are numbered', () => {
    expect(slowText(3)).toBe('word1 word2 word3');
  });
});
