import type { Element, Root } from 'hast';
import { describe, expect, it } from 'vitest';
import { isFitFormula, rehypeFitMath } from './fit-math.ts';

describe('a formula', () => {
  it('is laid out when it is one that people write', () => {
    for (const formula of [
      ...[
        'x^2',
        '\\frac{a}{b}',
        '\\begin{matrix}a&b\\\\c&d\\end{matrix}',
        '\\left(1\\right)',
        '\\kern 2em x',
        '\\hspace{-0.5em}x',
      ],
      ...['\\text{at least 1000 items}', '\\sum_{i=0}^{100} i', '\\deflate', '\\\\[12pt] x', '\\delta'],
    ])
      expect(isFitFormula(formula), formula).toBe(true);
  });

  it('stays as it was written when it would hold the page, or reach out of its place', () => {
    for (const formula of [
      ...[
        `\\def\\a{${'x'.repeat(2_000)}}${'\\a'.repeat(290)}`,
        '\\gdef\\a{x}\\a',
        '\\let\\a=b',
        '\\newcommand{\\a}{x}',
      ],
      ...['\\renewcommand\\a{x}', '\\futurelet\\a', '\\global\\def\\a{}'],
      ...[
        '\\rule{100000em}{9em}',
        '\\kern{-9999em}x',
        '\\hspace{-50em}x',
        '\\raisebox{-9999em}{x}',
        '\\raisebox{ - 300 pt}{x}'.replace('300', '3000'),
      ],
      ...[
        `\\begin{matrix}${'a&'.repeat(700)}b\\end{matrix}`,
        `\\begin{matrix}${'a\\\\'.repeat(700)}b\\end{matrix}`,
        'x'.repeat(5_001),
      ],
    ])
      expect(isFitFormula(formula), formula.slice(0, 60)).toBe(false);
  });

  it('stays as it was written where there are too many in one block', () => {
    const formula = (value: string): Element => ({
      ...{ type: 'element', tagName: 'code', properties: { className: ['language-math', 'math-inline'] } },
      children: [{ type: 'text', value }],
    });
    const laidOut = (formulas: Element[]): number => {
      const tree: Root = {
        type: 'root',
        children: [{ type: 'element', tagName: 'p', properties: {}, children: formulas }],
      };
      rehypeFitMath()(tree);
      return formulas.filter(({ properties }) => (properties.className as string[]).length > 0).length;
    };
    expect(laidOut(Array.from({ length: 10_000 }, () => formula('x')))).toBe(300);
    expect(laidOut(Array.from({ length: 20 }, () => formula('x'.repeat(1_000))))).toBe(10);
  });
});
