import fc from 'fast-check';
import hljs from 'highlight.js/lib/core';
import typescript from 'highlight.js/lib/languages/typescript';
import { describe, expect, it } from 'vitest';
import { tokensByLine } from './hljs-tokens.ts';

hljs.registerLanguage('typescript', typescript);
const plain = (markup: string): string =>
  tokensByLine(markup)
    .map((line) => line.map((token) => token.text).join(''))
    .join('\n');

describe('tokensByLine', () => {
  it('gives the code again, whatever it holds', () => {
    const code = fc.array(
      fc.constantFrom('<', '&', '&amp;', '"', "'", '\n', '`', '${', '}', 'const ', 'x', '/*', '*/', '</span>', ' '),
    );
    fc.assert(
      fc.property(code, (parts) => {
        const text = parts.join('');
        expect(plain(hljs.highlight(text, { language: 'typescript' }).value)).toBe(text);
      }),
    );
  });

  it('keeps the class of a token that spans lines on each of them', () => {
    const [first, second] = tokensByLine(hljs.highlight('/* a\nb */', { language: 'typescript' }).value);
    expect(first).toEqual([{ text: '/* a', className: 'hljs-comment' }]);
    expect(second).toEqual([{ text: 'b */', className: 'hljs-comment' }]);
  });
});
