/** Longer formulas are shown as they were written: laying them out would take longer than reading them. Characters. */
const longest = 5_000;

/** A single dollar begins a formula only where it is set like one: nothing blank inside its ends, no figure behind, and something of TeX in it. Prices are not. */
const inline = /(?<![\\$\w])\$(?![\s$])((?:\\.|[^$\\\n])+?)(?<!\s)\$(?![\d$\w])/g;
const tex = /[\\^_{}=<>+*/]|^[a-zA-Z]$/;

/** Whether there can be a formula in a text at all: what has none is never looked at by the parser of formulas. */
export function mayHaveMath(text: string): boolean {
  return text.includes('$$') || text.includes('\\(') || text.includes('\\[') || text.search(inline) >= 0;
}

/**
 * The ways models write formulas (`\( \)`, `\[ \]`, `$ $`) as the one way that cannot be mistaken for money, `$$ $$`, outside of code.
 * What follows a backslash or is too long stays as it is.
 */
export function normaliseMath(text: string): string {
  // Every other piece is code: in backticks, as many at its end as at its beginning.
  return text
    .split(/((?<!`)(`+)(?!`)[\s\S]*?(?<!`)\2(?!`))/)
    .map((piece, at) => (at % 3 === 0 ? inText(piece) : at % 3 === 1 ? piece : ''))
    .join('');
}

const mark = '$$';

function inText(text: string): string {
  const displayed = between(text, '\\[', '\\]', (formula) => `\n${mark}\n${formula}\n${mark}\n`);
  const set = between(displayed, '\\(', '\\)', (formula) => mark + formula + mark);
  return set.replace(inline, (whole, formula: string) =>
    tex.test(formula) && fits(formula) ? mark + formula + mark : whole,
  );
}

/** Replaces what stands between two signs. One pass, whatever is written: an expression would look for the end again from each beginning. */
function between(text: string, open: string, close: string, replace: (formula: string) => string): string {
  let result = '';
  let at = 0;
  let end = -1;
  for (let from = text.indexOf(open); from >= 0; from = text.indexOf(open, from + 2)) {
    if (from < at) continue;
    if (end < from + 2) end = text.indexOf(close, from + 2);
    if (end < 0) break;
    const formula = text.slice(from + 2, end);
    if (!fits(formula)) continue;
    result += text.slice(at, from) + replace(formula.trim());
    at = end + 2;
  }
  return result + text.slice(at);
}

const fits = (formula: string): boolean => formula.length <= longest && formula.trim() !== '';
