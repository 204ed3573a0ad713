import { type ExportedSession, eventsOf, type FetchPage, pagesOf } from './events.ts';
import { harmless } from './harmless.ts';
import { fenced, moment, plain, quoted } from './marks.ts';
import { type Passage, passageOf } from './passages.ts';
import { isReadableText } from './readable.ts';

/** Somebody's words as they wrote them, in a place of their own; what would take a reader for ever stands as it was written. */
const words = (said: string): string => (isReadableText(said) ? harmless(quoted(said)) : quoted(fenced(said)));

/** What the app says stands at the left edge; behind a mark stands what anybody else said. */
export function markdownOfPassage({ head, said, block, tail }: Passage): string {
  const parts = [head, said && words(said), block && quoted(fenced(block.text, block.language)), tail];
  return parts.filter(Boolean).join('\n\n');
}

/** A session as a Markdown document, in pieces. */
export async function* markdownOf(session: ExportedSession, fetchPage: FetchPage, now: number): AsyncGenerator<string> {
  const facts = `Session ${session.session_id} in ${plain(session.cwd)}, written ${moment(now)} (UTC) by Quarterdeck. What is behind the mark “>” was said by a person, an agent or a program; everything else is from Quarterdeck.`;
  yield `# ${plain(session.title || 'Untitled session')}\n\n${facts}\n`;
  for await (const page of pagesOf(fetchPage)) {
    const parts = eventsOf(page).flatMap((event) => {
      const passage = passageOf(event);
      return passage === null ? [] : [markdownOfPassage(passage)];
    });
    if (parts.length > 0) yield `\n${parts.join('\n\n')}\n`;
  }
}
