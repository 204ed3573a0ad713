import { extendBlocks, type MarkdownBlock } from './split-blocks.ts';

/**
 * A text is cut into pieces of about this length where a block ends: a very long one is never mounted as a whole, and a piece that comes into
 * sight is mounted within a frame or two. Characters.
 */
export const pieceChars = 3_000;
/** Blocks that are longer than this are looked at again for their end only when so much more of them has come. Characters. */
const lookAgain = 2_000;

/** Where a text was cut, as far as it was looked at. */
interface Cuts {
  readonly text: string;
  readonly cuts: readonly number[];
  /** What stands behind the last cut. */
  readonly blocks: readonly MarkdownBlock[];
}

/**
 * Where the pieces of a text begin, the first one left out. A cut stays where it is however much more comes: it is made only where two blocks
 * have followed, of which the first cannot change the one before it any more. It is made as soon as that is so: what stands behind it is mounted
 * anew, and is little then.
 * @param before - of the beginning of this text, or of another one.
 */
export function extendCuts(before: Cuts | null, text: string): Cuts {
  const known = before !== null && text.startsWith(before.text) ? before : null;
  let from = known?.cuts.at(-1) ?? 0;
  if (text.length - from < pieceChars) return { text, cuts: known?.cuts ?? [], blocks: [] };
  // Half of a block has no end yet: what was looked at in vain is not looked at with every word.
  if (known && lengthOf(known.blocks.slice(-2)) > lookAgain && text.length - known.text.length < lookAgain)
    return known;
  const cuts = [...(known?.cuts ?? [])];
  let blocks = extendBlocks(known?.blocks ?? [], text, from);
  for (let at = 0; at < blocks.length - 2; at += 1) {
    const end = blocks[at]!.start + blocks[at]!.text.length;
    if (end - from < pieceChars) continue;
    cuts.push(end);
    from = end;
    blocks = blocks.slice(at + 1);
    at = -1;
  }
  return { text, cuts, blocks };
}

const lengthOf = (blocks: readonly MarkdownBlock[]): number => blocks.reduce((sum, { text }) => sum + text.length, 0);

/** The pieces of a text, of which these are the cuts. */
export const piecesAt = (text: string, cuts: readonly number[]): string[] =>
  cuts.length === 0 ? [text] : [0, ...cuts].map((from, at) => text.slice(from, cuts[at]));
