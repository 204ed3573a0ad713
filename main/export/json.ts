import type { ExportPage } from '../protocol/export.ts';
import { type ExportedSession, type FetchPage, pagesOf } from './events.ts';

const howToVerify =
  'Start with 32 zero bytes. For each event in order: hash = SHA-256(previous hash as bytes, followed by the UTF-8 bytes of "body"); it must equal "hash". An event with "redacted" had a secret taken out: take its "hash" as it is. The last hash must equal "head". Or: quarterdeck verify --file FILE';

/** The log of a session with its hashes, in pieces: a `SessionFile`. */
export async function* jsonOf(session: ExportedSession, fetchPage: FetchPage, now: number): AsyncGenerator<string> {
  const { session_id, title } = session;
  const about = { format: 'quarterdeck-session', version: 1, exported_at: now, session_id, title };
  yield `${JSON.stringify({ ...about, how_to_verify: howToVerify }, null, 1).slice(0, -2)},\n "events": [`;
  let first = true;
  let last: ExportPage['events'][number] | undefined;
  for await (const page of pagesOf(fetchPage)) {
    const lines = page.events.map((event) => JSON.stringify(event));
    if (lines.length > 0) yield `${first ? '' : ','}\n  ${lines.join(',\n  ')}`;
    first &&= lines.length === 0;
    last = page.events.at(-1) ?? last;
  }
  // Of what is in here, and not of what was said while it was written.
  yield `\n ],\n "head": ${JSON.stringify(last?.hash ?? '0'.repeat(64))}\n}\n`;
}
