import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { nativeWords } from './native-words.ts';

type Leaf = string | ((...args: never[]) => string);
function leaves(part: object, at = ''): [string, Leaf][] {
  return Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'object' ? leaves(value, `${at}${key}.`) : [[at + key, value as Leaf] as [string, Leaf]],
  );
}
/** What a text says of one and of several things, and of names. */
const said = (leaf: Leaf): string[] =>
  typeof leaf === 'string'
    ? [leaf]
    : [leaf(...([1, 1] as never[])), leaf(...([7, 7] as never[])), leaf(...(['Xone', 'Xtwo'] as never[]))];

/** The same in the language, or a word that it took over. */
const same: Readonly<Record<string, RegExp>> = { de: /^(OK|Quarterdeck)$/, 'zh-CN': /^$/, ja: /^OK$/ };

const english = new Map(leaves(en));
const others = Object.entries(nativeWords).filter(([language]) => language !== 'en');

// That none is missing the compiler sees: a catalogue has the shape of the English one.
describe.each(others)('what the system shows in %s', (language, words) => {
  it('is said everywhere, and not in English', () => {
    const wrong = leaves(words).filter(([key, leaf]) => {
      const texts = said(leaf);
      const isEnglish = texts.join() === said(english.get(key)!).join() && !same[language]!.test(texts[0]!);
      return isEnglish || texts.some((text) => text.trim() === '');
    });
    expect(wrong).toEqual([]);
  });

  it('uses every name that it is given', () => {
    const lost = leaves(words).filter(([key, leaf]) => {
      const used = (of: Leaf) => ['Xone', 'Xtwo'].filter((name) => said(of).at(-1)?.includes(name));
      const wanted = used(english.get(key)!);
      return typeof leaf === 'function' && !wanted.every((name) => used(leaf).includes(name));
    });
    expect(lost).toEqual([]);
  });

  it.runIf(/^(zh|ja)/.test(language))('ends its sentences with the marks of its script', () => {
    const wrong = leaves(words).filter(([, leaf]) =>
      said(leaf).some((text) => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][,.;:?!]/u.test(text)),
    );
    expect(wrong).toEqual([]);
  });
});
