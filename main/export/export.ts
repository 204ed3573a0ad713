import type { ExportedSession, ExportFormat, FetchPage } from './events.ts';
import { jsonOf } from './json.ts';
import { markdownOf } from './markdown.ts';

/** A session in a format, in pieces of text. @throws what `fetchPage` throws. */
export async function* exportSession(
  format: ExportFormat,
  session: ExportedSession,
  fetchPage: FetchPage,
  now: number,
): AsyncGenerator<string> {
  if (format === 'json') yield* jsonOf(session, fetchPage, now);
  else if (format === 'md') yield* markdownOf(session, fetchPage, now);
  else yield* (await import('./html.ts')).htmlDocumentOf(session, fetchPage, now);
}
