import type { JsonObject } from './scenario.ts';

/** Splits a text into the pieces a model would stream: a word with the space behind it. Joined they are the text again. */
export function wordPieces(text: string): string[] {
  return text.match(/\s*\S+(?:\s+(?=\S)|\s*$)|\s+$/g) ?? [];
}

const toolInputPieceCharacters = 24;

/** The input of a tool call as pieces of JSON. Surrogate pairs stay together, as in every real stream of UTF-8. */
export function jsonPieces(input: JsonObject): string[] {
  const characters = Array.from(JSON.stringify(input));
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += toolInputPieceCharacters) {
    pieces.push(characters.slice(at, at + toolInputPieceCharacters).join(''));
  }
  return pieces;
}

/** `count` numbered words, so that a reader sees at once which one is missing. */
export function slowText(count: number): string {
  return Array.from({ length: count }, (_, index) => `word${index + 1}`).join(' ');
}

/** Exactly `bytes` of ASCII in numbered lines, in pieces of `pieceCharacters`. */
export function bigText(bytes: number, pieceCharacters: number): string[] {
  const lines: string[] = [];
  for (let length = 0, line = 1; length < bytes; line += 1) {
    const text = `line ${String(line).padStart(8, '0')} of a big answer made by the scripted model server\n`;
    lines.push(text);
    length += text.length;
  }
  const whole = lines.join('').slice(0, bytes);
  const pieces: string[] = [];
  for (let at = 0; at < whole.length; at += pieceCharacters) pieces.push(whole.slice(at, at + pieceCharacters));
  return pieces;
}
