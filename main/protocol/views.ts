import { z } from 'zod';
import { ApprovalId, ProviderId, QueueId, SessionId, TurnId } from './ids.ts';
import { Scope } from './queries.ts';
import { Actor, PermissionMode, ProviderInfo, RuleMatch } from './values.ts';

/** One line of the session list, derived from the log. */
export const SessionSummary = z.object({
  session_id: SessionId,
  title: z.string(),
  cwd: z.string(),
  provider: ProviderId,
  model: z.string().nullable(),
  mode: PermissionMode,
  /** `waiting`: an approval or a question waits for a person. `failed`/`interrupted`: how the last turn ended, until the next. */
  status: z.enum(['idle', 'running', 'waiting', 'failed', 'interrupted']),
  turn_id: TurnId.nullable(),
  pending_approvals: z.array(ApprovalId),
  queue: z.array(z.object({ queue_id: QueueId, text: z.string() })),
  archived: z.boolean(),
  /** Last durable event. */
  seq: z.number().int(),
  created_at: z.number().int(),
  updated_at: z.number().int(),
  /** Beginning of the last thing said, one line. */
  preview: z.string(),
});
export type SessionSummary = z.infer<typeof SessionSummary>;

export const FolderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  home: z.string(),
  folders: z.array(z.object({ name: z.string(), path: z.string() })),
  writable: z.boolean(),
  truncated: z.boolean(),
});
export type FolderListing = z.infer<typeof FolderListing>;

export const VerifyReport = z.object({
  ok: z.boolean(),
  sessions: z.array(
    z.object({
      session_id: z.string(),
      ok: z.boolean(),
      events: z.number().int(),
      head: z.string(),
      /** First event that does not fit, and why. */
      broken_at: z.number().int().optional(),
      reason: z.string().optional(),
    }),
  ),
});
export type VerifyReport = z.infer<typeof VerifyReport>;

export const DoctorReport = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      state: z.enum(['ok', 'warning', 'error']),
      text: z.string(),
      next: z.string().optional(),
    }),
  ),
  providers: z.array(ProviderInfo),
});
export type DoctorReport = z.infer<typeof DoctorReport>;

export const ServerStatus = z.object({
  version: z.string(),
  pid: z.number().int(),
  home: z.string(),
  /** `desktop`: with a window. `headless`: a server. `cli`: a verb of the command line on its own. */
  composition: z.enum(['desktop', 'headless', 'cli']),
  url: z.string().nullable(),
  started_at: z.number().int(),
  sessions: z.number().int(),
  running_turns: z.number().int(),
  connections: z.number().int(),
});
export type ServerStatus = z.infer<typeof ServerStatus>;

/** A key as it is listed: never the secret. */
export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** First characters of the secret, to tell keys apart. */
  prefix: z.string(),
  scopes: z.array(Scope),
  created_at: z.number().int(),
  last_used_at: z.number().int().nullable(),
  revoked_at: z.number().int().nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** Answer of `keys_create`; the only time the secret is shown. */
export const CreatedKey = ApiKey.extend({ key: z.string() });
export type CreatedKey = z.infer<typeof CreatedKey>;

/** A lasting answer that belongs to a folder. */
export const FolderRule = z.object({
  rule_id: z.string(),
  cwd: z.string(),
  /** The agent it was given to; it speaks for no other. */
  provider: ProviderId,
  rule: RuleMatch,
  created_at: z.number().int(),
  by: Actor,
});
export type FolderRule = z.infer<typeof FolderRule>;
