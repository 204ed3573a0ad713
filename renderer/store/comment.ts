import { fenced } from '../../main/export/marks.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import { t } from '../strings/index.ts';
import { draftOf, setDraft } from './drafts.ts';

/** One line as a comment quotes it. Line numbers start at 1; null where the line does not exist on that side. */
export interface QuotedLine {
  readonly kind: 'add' | 'remove' | 'same';
  readonly oldLine: number | null;
  readonly newLine: number | null;
  readonly text: string;
}

const signs = { add: '+', remove: '-', same: ' ' };

/** Which lines these are, in words: by their numbers in the file as it is, or as it was where all of them are gone. */
export function whereOf(lines: readonly QuotedLine[]): string {
  const now = lines.flatMap((line) => line.newLine ?? []);
  const numbers = now.length > 0 ? now : lines.flatMap((line) => line.oldLine ?? []);
  return t.comment.where(Math.min(...numbers), Math.max(...numbers), now.length > 0 ? 'new' : 'old');
}

/** A comment as it stands in a message: the path and the lines by number, the lines themselves, and what is said about them. Markdown. */
export function quoteLines(path: string, lines: readonly QuotedLine[], comment: string): string {
  const quoted = lines.map((line) => `${signs[line.kind]}${line.text}`).join('\n');
  return `${t.comment.reference(asCode(path), whereOf(lines))}\n${fenced(quoted, 'diff')}\n${comment.trim()}\n`;
}

/** A path as code: a file may be called anything, backticks and line breaks included. */
function asCode(path: string): string {
  const oneLine = path.replace(/[\r\n]+/g, ' ');
  if (!oneLine.includes('`')) return `\`${oneLine}\``;
  const fence = '`'.repeat(Math.max(...[...oneLine.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return `${fence} ${oneLine} ${fence}`;
}

/** Puts a comment behind what is written already and not sent, so that several go with one message. */
export function addToDraft(sessionId: SessionId, quote: string): void {
  const written = draftOf(sessionId).trimEnd();
  setDraft(sessionId, written === '' ? quote : `${written}\n\n${quote}`);
}
