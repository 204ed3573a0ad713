/** Levels of quotations and lists inside of each other that are laid out. People write four; a parser that calls itself ends at some thousand. */
const deepest = 40;
/** Characters of one block without a blank line that are looked at for marks. */
const longest = 200_000;

const markers = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
const oneMarker = />|[-*+](?=[ \t])|\d{1,9}[.)]/g;

/** Whether a block can be laid out as Markdown at a cost that suits its length; what cannot is shown as it was written. */
export function isReadable(block: string): boolean {
  if (block.length > longest) return false;
  let indent = 0;
  for (const line of block.split('\n')) {
    const depth = markers.exec(line)?.[0].match(oneMarker)?.length ?? 0;
    // A list goes one level deeper with each two blanks before it.
    indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    if (depth > deepest || indent > deepest * 4) return false;
  }
  return true;
}
