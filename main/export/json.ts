import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ExportPage, FileHeader } from '../protocol/export.ts';
import { type ExportedSession, type FetchPage, pagesOf } from './events.ts';

const howToVerify =
  'Start with 32 zero bytes. For each event in order: hash = SHA-256(previous hash as bytes, followed by the UTF-8 bytes of "body"); it must equal "hash". An event with "redacted" had a secret taken out: take its "hash" as it is, and SHA-256 of the UTF-8 bytes of its "body" must equal "text_hash". The last hash must equal "head". Then start r with 32 zero bytes; for each "text_hash" in order: r = SHA-256(r, followed by "text_hash" as bytes). "seal" must equal SHA-256 of the UTF-8 bytes of the JSON array [format, version, exported_at, session_id, title, how_to_verify, head, r in hex] without white space. Or: quarterdeck verify --file FILE';

const zeros = '0'.repeat(64);

/** Hex of the text of an event as it stands in the file. */
export const textHash = (body: string): string => bytesToHex(sha256(utf8ToBytes(body)));

/** Binds one more text from which a secret was taken out. @param before - 64 zeros at first. */
export const foldText = (before: string, text_hash: string): string =>
  bytesToHex(sha256(concatBytes(hexToBytes(before), hexToBytes(text_hash))));

/** Binds what stands around the events: everything in the file fits it, or somebody changed the file. */
export const sealOf = (about: FileHeader, head: string, texts: string): string =>
  textHash(
    JSON.stringify([
      ...[about.format, about.version, about.exported_at, about.session_id, about.title, about.how_to_verify],
      ...[head, texts],
    ]),
  );

/** The log of a session with its hashes, in pieces: a `SessionFile`. */
export async function* jsonOf(session: ExportedSession, fetchPage: FetchPage, now: number): AsyncGenerator<string> {
  const about: FileHeader = {
    ...{ format: 'quarterdeck-session', version: 2, exported_at: now, session_id: session.session_id },
    ...{ title: session.title, how_to_verify: howToVerify },
  };
  yield `${JSON.stringify(about, null, 1).slice(0, -2)},\n "events": [`;
  let first = true;
  let last: ExportPage['events'][number] | undefined;
  let texts = zeros;
  for await (const page of pagesOf(fetchPage)) {
    const lines = page.events.map((event) => {
      if (!event.redacted) return JSON.stringify(event);
      const text_hash = textHash(event.body);
      texts = foldText(texts, text_hash);
      return JSON.stringify({ ...event, text_hash });
    });
    if (lines.length > 0) yield `${first ? '' : ','}\n  ${lines.join(',\n  ')}`;
    first &&= lines.length === 0;
    last = page.events.at(-1) ?? last;
  }
  // Of what is in here, and not of what was said while it was written.
  const head = last?.hash ?? zeros;
  yield `\n ],\n "head": ${JSON.stringify(head)},\n "seal": ${JSON.stringify(sealOf(about, head, texts))}\n}\n`;
}
