import type { Element, ElementContent, Root } from 'hast';

/** One formula, characters; a longer one takes longer to lay out than to read. */
const longest = 5_000;
/** Of one block of text: formulas, and their characters together. */
const mostFormulas = 300;
const mostChars = 10_000;
/** Cells and rows, of which each makes a hundred times as much of the page as it is written with. */
const mostCells = 600;

/**
 * Macros of the text's own: KaTeX counts how often one is used and not what comes out, so that 2,000 letters used 290 times held the page for seven
 * minutes.
 */
const definitions = /\\(?:[gex]?def|let|futurelet|global|long|(?:re|provide)?newcommand)(?![a-zA-Z])/;
/** Lengths no formula has. KaTeX bounds those that make room, and neither negative ones nor those that lower something. */
const lengths =
  /(?:\d{3}|-\s*\d{2})\d*(?:\.\d*)?\s*(?:em|ex|cm|in|pc|mm)|\d{4,}(?:\.\d*)?\s*(?:pt|mu|bp|sp|dd|cc|nd|nc)/;

/** Whether a formula can be laid out at a cost and a size that suit its length. */
export const isFitFormula = (formula: string): boolean =>
  formula.length <= longest &&
  !definitions.test(formula) &&
  !lengths.test(formula) &&
  (formula.match(/&|\\\\/g)?.length ?? 0) <= mostCells;

/** Takes formulas that cannot be laid out for what they were written as. Comes before what lays them out. */
export function rehypeFitMath() {
  return (tree: Root): void => {
    let formulas = 0;
    let chars = 0;
    const walk = (node: Root | ElementContent): void => {
      if (node.type !== 'element' && node.type !== 'root') return;
      if (node.type === 'element' && isFormula(node)) {
        const formula = node.children.map((child) => (child.type === 'text' ? child.value : '')).join('');
        formulas += 1;
        chars += formula.length;
        if (formulas > mostFormulas || chars > mostChars || !isFitFormula(formula)) node.properties.className = [];
        return;
      }
      for (const child of node.children) if (child.type === 'element') walk(child);
    };
    walk(tree);
  };
}

const isFormula = ({ properties }: Element): boolean =>
  Array.isArray(properties.className) && properties.className.some((name) => /math/.test(String(name)));
