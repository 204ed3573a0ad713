import { z } from 'zod';
import { SessionId } from './ids.ts';
import { limits } from './limits.ts';
import { query } from './query.ts';
import { Attachment } from './values.ts';

/** Words a person is writing in a session, and has not sent. `session_id` null: those a new session is to begin with. */
export const Draft = z.object({
  session_id: SessionId.nullable(),
  text: z.string(),
  /** Files that are to go with it. One that is not on the disk any more is not among them. */
  attachments: z.array(Attachment),
  /** Counts what was kept for it; 0: there never was anything. */
  rev: z.number().int(),
  /** When it was written, milliseconds since 1970. */
  written_at: z.number().int(),
});
export type Draft = z.infer<typeof Draft>;

const session = { session_id: SessionId.nullable() };

/** Sessions in which something is being written. Whoever asks is told of changes (`draft_changed`). Answer: `{drafts: {session_id, rev}[]}`. */
export const DraftsList = query('drafts_list', {});
/** Answer: `Draft`. */
export const DraftGet = query('draft_get', session);
/**
 * Keeps what was written. When somebody else has kept something since `base`, the later one of the two stands. Answer: `DraftKept`, the draft that
 * stands now.
 */
export const DraftSet = query('draft_set', {
  ...session,
  text: z.string().max(limits.promptChars),
  attachments: z.array(Attachment).max(limits.attachmentsPerMessage).default([]),
  /** `rev` of the draft that this one was made from. */
  base: z.number().int().nonnegative(),
  /** Milliseconds since 1970, by the clock of the app (`server_time` in the welcome). */
  written_at: z.number().int().nonnegative(),
});

export const DraftKept = z.object({
  /** False: another one is newer, and stands. */
  kept: z.boolean(),
  draft: Draft,
});
export type DraftKept = z.infer<typeof DraftKept>;

export const draftQueries = [DraftsList, DraftGet, DraftSet] as const;
