/** A piece of terminal output with the classes it is coloured by. */
export interface AnsiPiece {
  readonly text: string;
  readonly className: string;
}

const colors = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const esc = '\u001b';
const bell = '\u0007';
// Escape sequences of ECMA-48: CSI ... final byte; OSC ... BEL or ST; two-byte escapes; one that is cut off at the end; a lone ESC.
const sequence = new RegExp(
  [
    `${esc}\\[([0-9;:]*)([@-~])`,
    `${esc}\\[[0-?]*[ -/]*[@-~]`,
    `${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)`,
    `${esc}\\[[0-?]*[ -/]*$`,
    `${esc}\\][^${bell}${esc}]*$`,
    `${esc}[@-Z\\\\-_=>]`,
    esc,
  ].join('|'),
  'g',
);
const controls = /(?![\n\t])\p{Cc}/gu;

interface Style {
  color: string;
  bold: boolean;
  dim: boolean;
}

/** Terminal output as coloured pieces: colours and weight are kept, all other sequences dropped, a carriage return starts its line anew. */
export function parseAnsi(output: string): AnsiPiece[] {
  const text = output.includes('\r') ? overwriteLines(output) : output;
  if (!text.includes('\u001b')) return text === '' ? [] : [{ text: text.replace(controls, ''), className: '' }];
  const pieces: AnsiPiece[] = [];
  const style: Style = { color: '', bold: false, dim: false };
  let at = 0;
  const add = (end: number): void => {
    const part = text.slice(at, end).replace(controls, '');
    if (part !== '') pieces.push({ text: part, className: classOf(style) });
  };
  for (const match of text.matchAll(sequence)) {
    add(match.index);
    at = match.index + match[0].length;
    if (match[2] === 'm') applyCodes(style, match[1] ?? '');
  }
  add(text.length);
  return pieces;
}

/** The output without any sequence, for copying and counting lines. */
export function stripAnsi(output: string): string {
  return parseAnsi(output)
    .map((piece) => piece.text)
    .join('');
}

function overwriteLines(output: string): string {
  return output
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.replace(/\r+$/, '').split('\r').at(-1) ?? '')
    .join('\n');
}

function classOf({ color, bold, dim }: Style): string {
  return [color && `ansi-${color}`, bold && 'ansi-bold', dim && 'ansi-dim'].filter(Boolean).join(' ');
}

function applyCodes(style: Style, codes: string): void {
  const list = codes === '' ? [0] : codes.split(/[;:]/).map(Number);
  for (let at = 0; at < list.length; at += 1) {
    const code = list[at]!;
    if (code === 0) Object.assign(style, { color: '', bold: false, dim: false });
    else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 22) Object.assign(style, { bold: false, dim: false });
    else if (code >= 30 && code <= 37) style.color = colors[code - 30]!;
    else if (code >= 90 && code <= 97) style.color = colors[code - 90]!;
    else if (code === 39) style.color = '';
    else if (code === 38 || code === 48) {
      // 256 colours and true colour: only the first sixteen have a place in the theme.
      const index = list[at + 1] === 5 ? (list[at + 2] ?? -1) : -1;
      if (code === 38) style.color = index >= 0 && index < 16 ? colors[index % 8]! : '';
      at += list[at + 1] === 5 ? 2 : 4;
    }
  }
}
