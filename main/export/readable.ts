/** Levels of quotations and lists inside of each other that are laid out. People write four; a parser that calls itself ends at some thousand. */
const deepest = 40;
/** Characters of one block without a blank line that are looked at for marks. */
const longest = 60_000;
/** Lines of it. */
const mostLines = 5_000;
/** Columns of a table. */
const widest = 300;

/**
 * Marks of which each is compared with those before it, so that ten thousand take a parser seconds and forty thousand minutes: how many a paragraph,
 * and a whole block, may have.
 */
const compared: readonly { readonly marks: RegExp; readonly paragraph: number; readonly block: number }[] = [
  { marks: /[*_~]/g, paragraph: 2_000, block: 8_000 },
  { marks: /[[\]]/g, paragraph: 3_000, block: 12_000 },
  { marks: /@/g, paragraph: 5_000, block: 10_000 },
  { marks: /\|/g, paragraph: 10_000, block: 10_000 },
];

const markers = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
const oneMarker = />|[-*+](?=[ \t])|\d{1,9}[.)]/g;
/** What always ends the paragraph above it. */
const newParagraph = /^\s*$|^ {0,3}(?:[-*+]|1[.)])[ \t]+\S/;

const countOf = (marks: RegExp, text: string): number => text.match(marks)?.length ?? 0;

/** A whole text, characters: what it takes to lay it out grows with it. */
const longestText = 500_000;

/** Whether all blocks of a text can be laid out, and are not too many. */
export const isReadableText = (text: string): boolean =>
  text.length <= longestText && text.split(/\n\s*\n/).every(isReadable);

/** Whether a block can be laid out as Markdown at a cost that suits its length; what cannot is shown as it was written. */
export function isReadable(block: string): boolean {
  if (block.length > longest) return false;
  const lines = block.split('\n');
  return lines.length <= mostLines && lines.every(isShallow) && compared.every((one) => areFew(one, block, lines));
}

function isShallow(line: string): boolean {
  const depth = markers.exec(line)?.[0].match(oneMarker)?.length ?? 0;
  // A list goes one level deeper with each two blanks before it.
  const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  return depth <= deepest && indent <= deepest * 4 && countOf(/\|/g, line) <= widest;
}

function areFew(
  { marks, paragraph, block }: (typeof compared)[number],
  text: string,
  lines: readonly string[],
): boolean {
  const all = countOf(marks, text);
  if (all <= paragraph) return true;
  if (all > block) return false;
  let here = 0;
  for (const line of lines) {
    if (newParagraph.test(line)) here = 0;
    here += countOf(marks, line);
    if (here > paragraph) return false;
  }
  return true;
}
