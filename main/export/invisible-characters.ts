import { invisible } from '../protocol/invisible.ts';

/** A run of plain text, or one character that cannot be seen, by its number. */
export interface TextPart {
  readonly text: string;
  readonly code: string | null;
}

/** Left alone between letters of other scripts and emoji, which need them. */
const joiners = new Set(['\u200c', '\u200d', '\ufe0e', '\ufe0f']);

/** Splits text at its invisible characters. Joined, the texts give the input again. */
export function splitInvisible(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(invisible)) {
    const [character] = match;
    if (joiners.has(character) && isNeeded(text, match.index)) continue;
    if (match.index > at) parts.push({ text: text.slice(at, match.index), code: null });
    const number = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    parts.push({ text: character, code: `U+${number}` });
    at = match.index + character.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), code: null });
  return parts;
}

const joined = /[^\p{ASCII}]/u;

/** A selector says how the character before it looks; a joiner also needs one behind it. */
function isNeeded(text: string, at: number): boolean {
  const selects = /[\ufe0e\ufe0f]/.test(text[at] ?? '');
  return joined.test(text[at - 1] ?? '') && (selects || joined.test(text[at + 1] ?? ''));
}
