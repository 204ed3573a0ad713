import { z } from 'zod';
import { SessionId } from './ids.ts';
import { query } from './query.ts';

/**
 * Events of a session as they stand in the log, with their hashes, for taking it elsewhere: those after `after_seq`, in order, as many as fit into a
 * page. Answer: `ExportPage`.
 */
export const ExportPageQuery = query('export_page', {
  session_id: SessionId,
  after_seq: z.number().int().nonnegative().default(0),
});

/** What stands where a secret was taken out of a text. */
export const redactionMark = '[redacted]';

export const ExportedEvent = z.object({
  seq: z.number().int().positive(),
  /** SHA-256, hex, of the 32 bytes of the hash before (zeros before the first) and the UTF-8 bytes of `body`. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Canonical JSON of the event, exactly as it was hashed. */
  body: z.string(),
  /** A known secret was taken out of `body`, so that it does not fit its hash any more; the hash is still the one of the log. */
  redacted: z.literal(true).optional(),
});
export type ExportedEvent = z.infer<typeof ExportedEvent>;

export const ExportPage = z.object({
  events: z.array(ExportedEvent),
  /** Last event of the session now, and its hash. */
  seq: z.number().int(),
  head: z.string(),
  /** `after_seq` of the next page; null: this was the last one. */
  next: z.number().int().nullable(),
});
export type ExportPage = z.infer<typeof ExportPage>;

/** An event in a file. */
export const FiledEvent = ExportedEvent.extend({
  /** With `redacted`, since version 2: SHA-256, hex, of the UTF-8 bytes of `body` as it stands in the file. */
  text_hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export type FiledEvent = z.infer<typeof FiledEvent>;

/**
 * What stands around the events of a file. In version 1 nothing bound it; since version 2 `seal` does, and the texts from which a secret was taken out as
 * well.
 */
export const FileHeader = z.object({
  format: z.literal('quarterdeck-session'),
  version: z.union([z.literal(1), z.literal(2)]),
  /** Milliseconds since 1970. */
  exported_at: z.number(),
  session_id: z.string(),
  title: z.string(),
  how_to_verify: z.string(),
});
export type FileHeader = z.infer<typeof FileHeader>;

/** The file that holds a session with its hashes. */
export const SessionFile = FileHeader.extend({
  events: z.array(FiledEvent),
  /** Hash of the last event; 64 zeros without one. */
  head: z.string(),
  /** Since version 2. SHA-256, hex, over the header, `head` and each `text_hash`; how exactly, `how_to_verify` says. */
  seal: z.string().optional(),
});
export type SessionFile = z.infer<typeof SessionFile>;

export const exportQueries = [ExportPageQuery] as const;
