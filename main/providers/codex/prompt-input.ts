import type { PromptAttachment } from '../../orchestrator/ports.ts';
import { mentionedFiles, withMentionsAs } from '../shared/mentioned-files.ts';

/** What the Responses API takes as an image; anything else is a file. */
const images: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export interface Skill {
  name: string;
  /** Of its SKILL.md, absolute. */
  path: string;
}

/**
 * `UserInput[]` of `turn/start` and `turn/steer`. Codex reads an image itself and puts it into the conversation; any other file it is told the
 * path of, as its own terminal does for `@file`: its tools can read it there.
 * @param cwd - folder of the session, whose files may be mentioned.
 */
export function promptInput(
  text: string,
  cwd: string,
  attachments: readonly PromptAttachment[] = [],
  skill?: Skill,
): object[] {
  const files = attachments.filter((one) => !images.has(one.media_type));
  const named = files.map(({ name, path }) => `Attached file "${name.replace(/[\r\n"]/g, ' ')}": ${path}`);
  const words = [withBarePaths(text, cwd), named.join('\n')].filter((part) => part !== '').join('\n\n');
  return [
    ...(words === '' ? [] : [{ type: 'text', text: words }]),
    ...(skill === undefined ? [] : [{ type: 'skill', name: skill.name, path: skill.path }]),
    ...attachments.filter((one) => images.has(one.media_type)).map(({ path }) => ({ type: 'localImage', path })),
  ];
}

/** What its own terminal makes of a file that is picked behind an `@`: the path alone, in quotation marks where it has spaces. */
function withBarePaths(text: string, cwd: string): string {
  return withMentionsAs(text, mentionedFiles(text, cwd), ({ path }) => (/\s/.test(path) ? `"${path}"` : path));
}
