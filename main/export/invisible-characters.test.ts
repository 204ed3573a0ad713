import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitInvisible } from './invisible-characters.ts';

const codes = (text: string): (string | null)[] => splitInvisible(text).map((part) => part.code);

describe('splitInvisible', () => {
  it('shows what would reorder or hide a part of a command', () => {
    expect(codes('rm \u202Etxt.a')).toEqual([null, 'U+202E', null]);
    expect(codes('a\u200Bb')).toEqual([null, 'U+200B', null]);
    expect(codes('\u0007')).toEqual(['U+0007']);
    expect(codes('a\u034fb\ufe0fc\u{e0041}')).toEqual([null, 'U+034F', null, 'U+FE0F', null, 'U+E0041']);
    expect(codes('a\rb')).toEqual([null, 'U+000D', null]);
  });

  it('leaves line feeds, tabs and joined emoji alone', () => {
    expect(codes('a\n\tb 👩‍💻 ⚠️')).toEqual([null]);
  });

  it('gives the text again when its parts are joined', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) =>
          splitInvisible(text)
            .map((part) => part.text)
            .join('') === text,
      ),
    );
  });
});
