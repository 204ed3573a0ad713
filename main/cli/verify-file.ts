import { readFile } from 'node:fs/promises';
import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import { redactionMark, SessionFile } from '../protocol/export.ts';
import { chainHash, genesisHash } from '../storage/hash-chain.ts';

export interface FileReport {
  ok: boolean;
  session_id: string;
  events: number;
  /** Events of which only the hash can be looked at, since a secret was taken out. */
  redacted: number;
  broken_at?: number;
  reason?: string;
}

const unreadable = (path: string, why: string): Problem => ({
  code: 'invalid_frame',
  message: `${path} is no session file: ${why}`,
  impact: 'Nothing was checked.',
  next: 'Name a file that was made with "export ID --format json".',
});

/** Recomputes every hash of an exported session. */
export async function verifyFile(path: string): Promise<Result<FileReport, Problem>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return err(unreadable(path, (error as Error).message));
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return err(unreadable(path, 'it is not whole JSON; it may have been cut off.'));
  }
  const file = SessionFile.safeParse(parsed);
  if (!file.success) return err(unreadable(path, 'it has another form.'));
  return ok(verifySession(file.data));
}

/** @returns the first event that does not fit, by its number. */
export function verifySession({ session_id, events, head }: SessionFile): FileReport {
  let before: Buffer = genesisHash;
  let redacted = 0;
  const report = (broken?: { broken_at: number; reason: string }): FileReport => ({
    ...{ ok: broken === undefined, session_id, events: events.length, redacted },
    ...broken,
  });
  for (const [at, event] of events.entries()) {
    if (event.seq !== at + 1) return report({ broken_at: at + 1, reason: `event ${at + 1} is missing or moved` });
    const hash = chainHash(before, event.body);
    // Where nothing was taken out, the text has to fit: the mark alone would excuse any alteration.
    if (event.redacted && event.body.includes(redactionMark)) redacted += 1;
    else if (hash.toString('hex') !== event.hash)
      return report({ broken_at: event.seq, reason: `event ${event.seq} is not what was written` });
    before = Buffer.from(event.hash, 'hex');
  }
  if (before.toString('hex') !== head)
    return report({ broken_at: events.length, reason: 'the end of the session is missing or was altered' });
  return report();
}
