import { z } from 'zod';
import { Saying } from './saying.ts';
import { Actor, ApprovalDecision } from './values.ts';

/**
 * Every failure a client can meet, one row each: what the client does next, which HTTP status says the same, and whether the connection is
 * closed for it (WebSocket close code). `docs/protocol.md` is generated from this table.
 */
export const errors = {
  invalid_json: { retry: 'never', http: 400, closes: false, means: 'The frame is not JSON.' },
  invalid_frame: {
    retry: 'never',
    http: 400,
    closes: false,
    means: 'The frame is JSON, but not one this door knows, or a field is wrong.',
  },
  frame_too_large: { retry: 'never', http: 413, closes: 1009, means: 'The frame is larger than the limit.' },
  unauthorized: {
    retry: 'after_sign_in',
    http: 401,
    closes: 1008,
    means: 'No credential, or one that is not valid (any more).',
  },
  forbidden: { retry: 'never', http: 403, closes: false, means: 'The credential is valid but may not do this.' },
  origin_refused: {
    retry: 'never',
    http: 403,
    closes: 1008,
    means: 'The page that asks is not served by this gateway.',
  },
  link_not_private: {
    retry: 'after_fix',
    http: 403,
    closes: 1008,
    means: 'This door is open on this machine and over TLS only; over a network in clear the sealed door is used.',
  },
  access_changed: {
    retry: 'after_delay',
    http: 409,
    closes: 1012,
    means: 'What the credential may do was changed; a new connection has its rights of now.',
  },
  closed_by_owner: {
    retry: 'after_delay',
    http: 409,
    closes: 1012,
    means: 'The owner closed this connection; the credential is as good as before.',
  },
  auth_timeout: {
    retry: 'after_sign_in',
    http: 408,
    closes: 1008,
    means: 'The connection showed no credential in time.',
  },
  decrypt_failed: { retry: 'never', http: 400, closes: 1008, means: 'A sealed frame could not be opened.' },
  replay_detected: {
    retry: 'never',
    http: 400,
    closes: 1008,
    means:
      'A sealed frame came twice, out of order, or back from where it went; the connection is not trusted any more.',
  },
  conflict: {
    retry: 'never',
    http: 409,
    closes: false,
    means: 'It was done before, or something else stands in its place.',
  },
  not_found: { retry: 'never', http: 404, closes: false, means: 'There is no such session, item or route.' },
  command_id_reused: {
    retry: 'never',
    http: 409,
    closes: false,
    means: 'This command_id was used for a different command.',
  },
  queue_full: { retry: 'after_turn_ends', http: 429, closes: false, means: 'Too many messages wait in this session.' },
  no_active_turn: { retry: 'never', http: 409, closes: false, means: 'Nothing is running that could be stopped.' },
  already_answered: {
    retry: 'never',
    http: 409,
    closes: false,
    means: 'The approval was answered before; the answer in the log stands.',
  },
  archived: { retry: 'never', http: 409, closes: false, means: 'The session is archived; bring it back first.' },
  folder_missing: {
    retry: 'after_fix',
    http: 422,
    closes: false,
    means: 'The folder does not exist or is not a folder.',
  },
  folder_not_writable: {
    retry: 'after_fix',
    http: 422,
    closes: false,
    means: 'The folder can be read but not written.',
  },
  folder_not_readable: { retry: 'after_fix', http: 422, closes: false, means: 'The folder cannot be opened.' },
  provider_unknown: { retry: 'never', http: 422, closes: false, means: 'No provider has this name.' },
  provider_missing: {
    retry: 'after_fix',
    http: 422,
    closes: false,
    means: 'The CLI of this provider is not installed or was not found.',
  },
  provider_not_signed_in: {
    retry: 'after_sign_in',
    http: 422,
    closes: false,
    means: 'The CLI is installed but has no credential.',
  },
  provider_failed: {
    retry: 'after_delay',
    http: 502,
    closes: false,
    means: 'The CLI ended or answered with an error.',
  },
  provider_protocol: {
    retry: 'after_fix',
    http: 502,
    closes: false,
    means: 'The CLI said something that could not be understood.',
  },
  provider_rate_limited: {
    retry: 'after_delay',
    http: 502,
    closes: false,
    means: 'The model provider limits the rate or the plan is used up.',
  },
  provider_silent: { retry: 'after_delay', http: 504, closes: false, means: 'The CLI did not answer in time.' },
  time_limit: {
    retry: 'never',
    http: 504,
    closes: false,
    means: 'A time limit of the settings ended the turn; what had arrived is kept.',
  },
  turn_running: {
    retry: 'after_turn_ends',
    http: 409,
    closes: false,
    means: 'This cannot be done while a turn runs.',
  },
  goal_conflict: {
    retry: 'never',
    http: 409,
    closes: false,
    means: "The session's goal, or the lack of one, does not allow this now.",
  },
  context_full: {
    retry: 'after_fix',
    http: 502,
    closes: false,
    means: 'The conversation does not fit into the model any more.',
  },
  interrupted: {
    retry: 'never',
    http: 409,
    closes: false,
    means: 'The app ended while the turn was running; what had arrived is kept.',
  },
  storage_full: {
    retry: 'after_fix',
    http: 507,
    closes: false,
    means: 'The disk is full; nothing was stored, nothing was lost.',
  },
  storage_failed: {
    retry: 'after_fix',
    http: 500,
    closes: false,
    means: 'The database refused a write; nothing was stored.',
  },
  rate_limited: {
    retry: 'after_delay',
    http: 429,
    closes: false,
    means: 'Too many failed sign-ins, or more requests than one key may make; Retry-After says how long to wait.',
  },
  port_taken: { retry: 'after_fix', http: 503, closes: false, means: 'Another program listens on the port.' },
  overloaded: { retry: 'after_delay', http: 503, closes: 1013, means: 'Too many connections or requests at once.' },
  shutting_down: { retry: 'after_delay', http: 503, closes: 1001, means: 'The app is closing.' },
  internal: { retry: 'never', http: 500, closes: false, means: 'A defect of the app; the log has the details.' },
} as const satisfies Record<
  string,
  {
    retry: 'never' | 'after_delay' | 'after_fix' | 'after_sign_in' | 'after_turn_ends';
    http: number;
    closes: false | number;
    means: string;
  }
>;

/** What a client does about each way to try again, beside showing the problem to the person. */
export const retries: { readonly [R in (typeof errors)[keyof typeof errors]['retry']]: string } = {
  never:
    'It does not send the same again: the answer would be the same. It shows `message` and `next`, and takes back what it showed as done.',
  after_delay:
    'It sends the same frame, with the same `command_id`, again: after `Retry-After` where the answer has one, else after 1 s, doubling up to 30 s.',
  after_fix: 'It shows `next` with a button to try again, and sends the same frame again when the person presses it.',
  after_sign_in:
    'It stops connecting, asks for a credential (pairing, sign-in, another key), and connects anew with that.',
  after_turn_ends:
    "It waits for the session's `turn_end`, then sends the same frame again, or lets the person stop the turn.",
};

/** Where a code asks for something of its own. */
export const clientDoes: { readonly [C in keyof typeof errors]?: string } = {
  already_answered: 'The client takes the question away and shows who answered, and when (`answered`).',
  command_id_reused: 'A defect of the client: it makes a fresh `command_id` for each command.',
  no_active_turn: 'The client shows the end of the turn, which is in the log.',
  not_found: 'The client forgets what it has of this id and reads the list again.',
  frame_too_large: 'The client sends less at once; `upload` takes files in pieces.',
  replay_detected: 'The client connects anew with fresh keys, and tells the person when it happens again.',
  decrypt_failed:
    'The client connects anew with fresh keys; when it happens again, the pinned key is not that of the server.',
  interrupted: 'The client offers to go on: `message`, or an answer with `go_on`.',
  shutting_down: 'The client connects again, as after any close.',
};

export type ErrorCode = keyof typeof errors;
export const ErrorCode = z.enum(Object.keys(errors) as [ErrorCode, ...ErrorCode[]]);

/** What a person reads: what happened, what it means for their work, what to do next. */
export const Problem = z.object({
  code: ErrorCode,
  /** Names `message`, `impact` and `next`, so that a page can say them in its reader's language; absent: they stand for themselves. */
  say: Saying.optional(),
  /** What happened, one sentence. */
  message: z.string(),
  /** What it means for the work at hand, one sentence. */
  impact: z.string().optional(),
  /** What to do next, one sentence. */
  next: z.string().optional(),
  /** For a bug report: the CLI's own words, a path, an errno. Redacted, bounded. */
  detail: z.string().optional(),
  /**
   * How it is told where it stands by itself: `good`: what a person asked for was done; `note`: worth knowing, and nothing is lost. Absent: something
   * went wrong.
   */
  tone: z.enum(['good', 'note']).optional(),
  /** Of `already_answered`: the answer that stands, who gave it, from where, and when (milliseconds since 1970). */
  answered: z
    .object({ decision: z.union([ApprovalDecision, z.literal('withdrawn')]), by: Actor, at: z.number().int() })
    .optional(),
});
export type Problem = z.infer<typeof Problem>;
