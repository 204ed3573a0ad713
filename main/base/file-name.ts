/** Bytes of a name that every file system takes; characters of one that people can look at. */
const maxNameBytes = 200;
const maxNameChars = 120;
/** Longer than this, what follows the last dot is no ending. */
const maxEndingChars = 20;

/** Separators, what shells and Windows give a meaning, and what cannot be seen or turns the text around: control, format, private and lone halves. */
const unfit = /[/\\:*?"<>|]|%(?:2f|5c|00)|[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/giu;
/** Names that are devices on Windows, with any ending. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=$|[.\s])/i;
/** In UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const one of text) {
    const code = one.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/**
 * What was said to be the name of a file, as a name of a file in a folder of ours: no path, nothing that a shell, a file system or a person stumbles
 * over. An ending is kept, also of a name that is nothing else and of one that is cut.
 */
export function fileName(name: string): string {
  // Far longer than any name; the rest is not looked at.
  const given = name.slice(0, 4096).normalize('NFC').replace(unfit, '_');
  const plain = given.replace(/^[\s.]+|[\s.]+$/g, '');
  const lone = /^\s*\.[A-Za-z0-9]{1,10}\s*$/.test(given);
  const whole = plain === '' || /^_+$/.test(plain) ? 'file' : lone ? `file.${plain}` : plain;
  // `content` is what a stored file itself is called.
  const safe = device.test(whole) || whole === 'content' ? `file-${whole}` : whole;
  const dot = safe.lastIndexOf('.');
  const ending = dot > 0 && safe.length - dot <= maxEndingChars ? safe.slice(dot) : '';
  const whatIsCut = [...(ending === '' ? safe : safe.slice(0, dot))];
  const stem: string[] = [];
  let bytes = bytesOf(ending);
  for (const one of whatIsCut.slice(0, maxNameChars - ending.length)) {
    bytes += bytesOf(one);
    if (bytes > maxNameBytes) break;
    stem.push(one);
  }
  return (stem.join('').replace(/[\s.]+$/, '') || 'file') + ending;
}
