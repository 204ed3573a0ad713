import { mentionOf } from '../../../main/protocol/mention-text.ts';

/** A mention that is being written: where it stands in the text, and what of the path is there. */
export interface TypedMention {
  /** Of the `@`, and of the character behind what was typed; UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The mention the caret stands in: an `@` that begins a word, and what follows it up to the caret. In quotation marks a path may hold spaces.
 * Null: there is none. An address of mail has letters before its `@` and is none.
 */
export function typedMention(text: string, caret: number): TypedMention | null {
  const match = /(?:^|[\s([{<,;:])@(?:"([^"\n]*)|([^\s"]*))$/.exec(text.slice(0, caret));
  if (!match) return null;
  const quoted = match[1];
  const typed = quoted ?? match[2] ?? '';
  const from = caret - typed.length - (quoted === undefined ? 1 : 2);
  // What follows up to the next space belongs to the word: picking one replaces it as a whole.
  const rest = quoted === undefined ? (/^[^\s"]*/.exec(text.slice(caret))?.[0].length ?? 0) : quotedRest(text, caret);
  return { from, to: caret + rest, text: typed };
}

function quotedRest(text: string, caret: number): number {
  const end = /^[^"\n]*"/.exec(text.slice(caret));
  return end ? end[0].length : 0;
}

/**
 * The text with the mention in it. A file is finished with a space; a folder is left open, with the caret behind its slash, so that one goes on into it.
 * @returns the text, and where the caret stands then.
 */
export function withMention(
  text: string,
  typed: TypedMention,
  picked: { path: string; is_folder: boolean },
  how: 'finish' | 'go_on',
): { text: string; caret: number } {
  const whole = picked.is_folder ? `${picked.path}/` : picked.path;
  const mention = mentionOf(whole);
  const before = text.slice(0, typed.from);
  const after = text.slice(typed.to);
  if (how === 'go_on' && picked.is_folder) {
    // Behind the slash, and so before a closing quotation mark.
    const caret = before.length + mention.length - (mention.endsWith('"') ? 1 : 0);
    return { text: before + mention + after, caret };
  }
  const gap = /^\s/.test(after) ? '' : ' ';
  return { text: before + mention + gap + after, caret: before.length + mention.length + 1 };
}
