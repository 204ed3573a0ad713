import type { ExportedSession, ExportFormat, ExportSource } from './events.ts';
import { jsonOf } from './json.ts';

/** A session in a format, in pieces of text. @throws what `source.page` throws. */
export async function* exportSession(
  format: ExportFormat,
  session: ExportedSession,
  source: ExportSource,
  now: number,
): AsyncGenerator<string> {
  if (format === 'json') yield* jsonOf(session, source.page, now);
  else if (format === 'md') yield* (await import('./markdown.ts')).markdownOf(session, source.page, now);
  else yield* (await import('./html.ts')).htmlDocumentOf(session, source, now);
}
