import { lstatSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { type Mention, mentionsIn } from '../../protocol/mention-text.ts';

/** A mention that leads to something in the folder of the session. */
export interface MentionedFile extends Mention {
  /** Absolute, its real one. */
  readonly real: string;
  readonly is_folder: boolean;
}

/**
 * The mentions of a message that are files or folders within the session's folder; an `@` before anything else is only a character. Looked at in one
 * go, a few at most, since a prompt goes to its CLI in one go too. Never throws.
 * @param cwd - real path of the folder.
 */
export function mentionedFiles(text: string, cwd: string): readonly MentionedFile[] {
  return mentionsIn(text)
    .map((mention) => lookUp(mention, cwd))
    .filter((one) => one !== null);
}

function lookUp(mention: Mention, cwd: string): MentionedFile | null {
  if (isAbsolute(mention.path)) return null;
  try {
    const real = realpathSync(join(cwd, mention.path));
    const way = relative(cwd, real);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return null;
    const stats = lstatSync(real);
    if (!stats.isFile() && !stats.isDirectory()) return null;
    return { ...mention, real, is_folder: stats.isDirectory() };
  } catch {
    return null;
  }
}

/** The text with each mention said in the words of a CLI. */
export function withMentionsAs(
  text: string,
  mentions: readonly MentionedFile[],
  words: (mention: MentionedFile) => string,
): string {
  let said = '';
  let at = 0;
  for (const mention of mentions) {
    said += text.slice(at, mention.from) + words(mention);
    at = mention.to;
  }
  return said + text.slice(at);
}
