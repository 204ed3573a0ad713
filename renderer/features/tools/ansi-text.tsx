import type { AnsiPiece } from '../../markdown/ansi.ts';

export function AnsiText({ pieces }: { pieces: readonly AnsiPiece[] }) {
  return pieces.map((piece, at) =>
    piece.className === '' ? (
      piece.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
      <span key={at} className={piece.className}>
        {piece.text}
      </span>
    ),
  );
}
