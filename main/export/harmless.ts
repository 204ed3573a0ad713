import { parse, postprocess, preprocess } from 'micromark';
import { gfm } from 'micromark-extension-gfm';

/** Markup, which some readers carry out, and addresses that are given to words anywhere in the document. */
const dangers: ReadonlySet<string> = new Set(['htmlFlow', 'htmlText', 'definition', 'gfmFootnoteDefinition']);

/** Longer words are not looked through: the app serves everybody in the same thread. Characters. */
const longest = 200_000;

interface Danger {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

function dangersIn(text: string): Danger[] {
  const document = parse({ extensions: [gfm()] }).document();
  return postprocess(document.write(preprocess()(text, undefined, true))).flatMap(([step, { type, start, end }]) =>
    step === 'enter' && dangers.has(type) ? [{ type, from: start.offset, to: end.offset }] : [],
  );
}

/**
 * Markdown that reaches out of its place in no reader: markup stays text, and no word elsewhere becomes a link by it. What is code stays as it was
 * written where that is certain.
 */
export function harmless(text: string): string {
  if (!text.includes('<') && !text.includes(']:')) return text;
  if (text.length > longest) return certainly(text);
  const found = dangersIn(text);
  if (found.length === 0) return text;
  let result = '';
  let at = 0;
  for (const { type, from, to } of found) {
    // One within another.
    if (to <= at) continue;
    const inside = text.slice(Math.max(at, from), to);
    result += text.slice(at, Math.max(at, from));
    result += type.startsWith('html') ? inside.replaceAll('<', '&lt;') : `\\${inside}`;
    at = to;
  }
  const escaped = result + text.slice(at);
  // What was inside of markup can begin something else, now that this is none.
  return dangersIn(escaped).length === 0 ? escaped : certainly(text);
}

/** Without what all of it begins with, also in code, where the marks for it are seen then. */
const certainly = (text: string): string => text.replaceAll('<', '&lt;').replaceAll(']:', ']&#58;');
