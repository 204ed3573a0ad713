import { type AnsiPiece, parseAnsi } from '../../markdown/ansi.ts';

/** Characters of one line that are drawn; a browser lays out a line as a whole. Copying takes all of it. */
const longestLine = 4_000;

export interface OutputLine {
  readonly pieces: readonly AnsiPiece[];
  /** Without colours, for the search. */
  readonly text: string;
  /** Characters that are not drawn. */
  readonly cut: number;
}

/** Output as lines with their colours. */
export function outputLines(output: string): OutputLine[] {
  const lines: OutputLine[] = [];
  let pieces: AnsiPiece[] = [];
  const end = (): void => {
    const text = pieces.map((piece) => piece.text).join('');
    lines.push({ pieces: shorten(pieces), text, cut: Math.max(0, text.length - longestLine) });
    pieces = [];
  };
  for (const piece of parseAnsi(output.replace(/\n$/, ''))) {
    piece.text.split('\n').forEach((text, at) => {
      if (at > 0) end();
      if (text !== '') pieces.push({ text, className: piece.className });
    });
  }
  end();
  return lines;
}

function shorten(pieces: readonly AnsiPiece[]): readonly AnsiPiece[] {
  let room = longestLine;
  return pieces.flatMap((piece) => {
    const text = piece.text.slice(0, room);
    room -= text.length;
    return text === '' ? [] : [{ ...piece, text }];
  });
}

/** Numbers of the lines that hold the words, in any case. Nothing typed: none. */
export function linesWith(lines: readonly OutputLine[], words: string): number[] {
  const wanted = words.toLowerCase();
  if (wanted.trim() === '') return [];
  return lines.flatMap(({ text }, at) => (text.toLowerCase().includes(wanted) ? [at] : []));
}
