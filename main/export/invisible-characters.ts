/** A run of plain text, or one character that cannot be seen, by its number. */
export interface TextPart {
  readonly text: string;
  readonly code: string | null;
}

// Controls but tab and line feed, and format characters (bidirectional controls, zero-width, tags). A zero-width joiner between letters or
// emoji is left alone: words in several scripts need it.
const invisible = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;
const joiners = new Set(['\u200c', '\u200d']);

/** Splits text at its invisible characters. Joined, the texts give the input again. */
export function splitInvisible(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(invisible)) {
    const [character] = match;
    if (joiners.has(character) && isBetweenWords(text, match.index)) continue;
    if (match.index > at) parts.push({ text: text.slice(at, match.index), code: null });
    const number = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    parts.push({ text: character, code: `U+${number}` });
    at = match.index + character.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), code: null });
  return parts;
}

const joined = /[^\p{ASCII}]/u;

function isBetweenWords(text: string, at: number): boolean {
  return joined.test(text[at - 1] ?? '') && joined.test(text[at + 1] ?? '');
}
