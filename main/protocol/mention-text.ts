/** How a message names a file of the session's folder: `@src/app.ts`, and `@"with a space.md"` where the path would end too early. */

/** A path that needs no quotation marks: all of it is read as one word, whatever CLI reads it. */
const plain = /^[\p{L}\p{N}_./+~@-]*[A-Za-z0-9_/]$/u;

/** @param path - relative to the folder of the session, with `/` between its parts; a folder's with one at its end. */
export const mentionOf = (path: string): string =>
  plain.test(path) ? `@${path}` : `@"${path.replace(/["\\]/g, '\\$&')}"`;

export interface Mention {
  /** Of its `@`, and of the character behind it; UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly path: string;
  readonly quoted: boolean;
}

/** Mentions in one message that are looked for. */
const most = 100;

/**
 * What may be mentions in a text, in their order. An `@` that begins a word is enough: whether there is such a file is for who reads it to see. What
 * ends a sentence does not belong to a path.
 */
export function mentionsIn(text: string): readonly Mention[] {
  const found: Mention[] = [];
  for (const match of text.matchAll(/(^|[\s([{<,;:])@(?:"((?:[^"\\\n]|\\.)+)"|([^\s"]+))/g)) {
    const [, before = '', quoted, word = ''] = match;
    const path = quoted === undefined ? word.replace(/[.,;:!?)\]}>'’…]+$/, '') : quoted.replace(/\\(.)/g, '$1');
    if (path === '') continue;
    const from = match.index + before.length;
    const to = quoted === undefined ? from + 1 + path.length : match.index + match[0].length;
    found.push({ from, to, path, quoted: quoted !== undefined });
    if (found.length === most) break;
  }
  return found;
}
