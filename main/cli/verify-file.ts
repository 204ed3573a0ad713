import { createReadStream } from 'node:fs';
import { err, ok, type Result } from '../base/result.ts';
import { foldText, sealOf, textHash } from '../export/json.ts';
import type { Problem } from '../protocol/errors.ts';
import { FiledEvent, FileHeader, redactionMark } from '../protocol/export.ts';
import { chainHash, genesisHash } from '../storage/hash-chain.ts';
import { type JsonMember, membersOf } from './json-members.ts';

export interface FileReport {
  ok: boolean;
  /** Form of the file. In the first, nothing holds the title, the time, and the text of an event from which a secret was taken out. */
  version: 1 | 2;
  session_id: string;
  events: number;
  /** Events from which a secret was taken out: the hash of the log holds what was there, and, since version 2, another one what stands there now. */
  redacted: number;
  /** To compare with what is known from elsewhere: who alters a file and computes every hash anew is found by these alone. */
  head: string;
  seal?: string;
  /** Absent: it is not an event that is broken. */
  broken_at?: number;
  reason?: string;
}

/** Read at once, bytes. */
const chunkBytes = 1_048_576;

const unreadable = (path: string, why: string): Problem => ({
  code: 'invalid_frame',
  message: `${path} is no session file: ${why}`,
  impact: 'Nothing was checked.',
  next: 'Name a file that was made with "export ID --format json".',
});

/** Recomputes every hash of an exported session. However long it is, no more than an event of it is held. */
export async function verifyFile(path: string): Promise<Result<FileReport, Problem>> {
  try {
    return await verifyMembers(membersOf(textOf(path), 'events'), path);
  } catch (error) {
    if (error instanceof SyntaxError) return err(unreadable(path, error.message));
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return err(unreadable(path, (error as Error).message));
  }
}

async function* textOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decoded = (chunk?: Buffer): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new SyntaxError('it is no UTF-8.');
    }
  };
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) yield decoded(chunk as Buffer);
  yield decoded();
}

const headerKeys: ReadonlySet<string> = new Set(Object.keys(FileHeader.shape));
const otherKeys: ReadonlySet<string> = new Set(['events', 'head', 'seal']);

/** @param path - named where it is no session file. */
export async function verifyMembers(
  members: AsyncIterable<JsonMember>,
  path: string,
): Promise<Result<FileReport, Problem>> {
  const around: Record<string, unknown> = {};
  const chain = new Chain();
  let whole = false;
  for await (const member of members) {
    if ('element' in member) {
      const event = FiledEvent.safeParse(member.element);
      if (!event.success) return err(unreadable(path, `its event ${chain.events + 1} has another form.`));
      chain.add(event.data);
    } else if ('elements' in member) whole = true;
    else around[member.key] = member.value;
  }
  const about = FileHeader.safeParse(around);
  const { head, seal } = around;
  const hasSeal = typeof seal === 'string';
  if (!about.success || !whole || typeof head !== 'string' || hasSeal !== (about.data.version === 2))
    return err(unreadable(path, 'it has another form.'));
  const { version, session_id } = about.data;
  const { events, redacted } = chain;
  const report = { version, session_id, events, redacted, head, ...(hasSeal ? { seal } : {}) };
  const foreign = Object.keys(around).find((key) => !headerKeys.has(key) && !otherKeys.has(key));
  const broken =
    chain.broken(version) ??
    (chain.head === head ? null : { broken_at: events, reason: 'the end of the session is missing or was altered' }) ??
    (foreign === undefined
      ? null
      : { reason: `“${foreign.slice(0, 50)}” was not written by Quarterdeck and nothing holds it` }) ??
    (!hasSeal || sealOf(about.data, head, chain.texts) === seal
      ? null
      : { reason: 'the title, the times or another fact beside the events is not what was written' });
  return ok({ ok: broken === null, ...report, ...broken });
}

interface Broken {
  readonly broken_at: number;
  readonly reason: string;
}

/** The hashes of the events so far; only the first break is kept. */
class Chain {
  events = 0;
  redacted = 0;
  /** Over the texts from which a secret was taken out. */
  texts = genesisHash.toString('hex');
  #before: Buffer = genesisHash;
  #broken: Broken | null = null;
  /** The first event whose text has no hash of its own though something was taken out, or the other way round. */
  #unbound: Broken | null = null;

  get head(): string {
    return this.#before.toString('hex');
  }

  /** What does not fit; which form the file has may be said behind the events only. */
  broken(version: 1 | 2): Broken | null {
    return this.#broken ?? (version === 2 ? this.#unbound : null);
  }

  add({ seq, hash, body, redacted, text_hash }: FiledEvent): void {
    this.events += 1;
    const breaks = (reason: string): void => {
      this.#broken ??= { broken_at: this.events, reason: `event ${this.events} ${reason}` };
    };
    if (seq !== this.events) breaks('is missing or moved');
    // Where nothing was taken out, the text has to fit: the mark alone would excuse any alteration.
    const hidden = redacted === true && body.includes(redactionMark);
    if (hidden) this.redacted += 1;
    else if (chainHash(this.#before, body).toString('hex') !== hash) breaks('is not what was written');
    if (text_hash !== undefined) {
      if (textHash(body) !== text_hash) breaks('is not what was written');
      this.texts = foldText(this.texts, text_hash);
    }
    if ((text_hash !== undefined) !== (redacted === true))
      this.#unbound ??= { broken_at: this.events, reason: `event ${this.events} is not held by a hash of its text` };
    this.#before = Buffer.from(hash, 'hex');
  }
}
