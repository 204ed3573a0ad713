import { z } from 'zod';
import { Problem } from './errors.ts';
import { ApprovalId, ProviderId, QueueId, SessionId, TurnId } from './ids.ts';
import { Saying } from './saying.ts';
import {
  Actor,
  ApprovalDecision,
  ApprovalOption,
  Effort,
  FileDiff,
  Goal,
  PermissionMode,
  ProviderInfo,
  Question,
  RuleMatch,
  ToolKind,
} from './values.ts';

/** One line of the session list, derived from the log. */
export const SessionSummary = z.object({
  session_id: SessionId,
  title: z.string(),
  cwd: z.string(),
  provider: ProviderId,
  model: z.string().nullable(),
  effort: Effort.nullable().optional(),
  mode: PermissionMode,
  /** `waiting`: an approval or a question waits for a person. `failed`/`interrupted`: how the last turn ended, until the next. */
  status: z.enum(['idle', 'running', 'waiting', 'failed', 'interrupted']),
  turn_id: TurnId.nullable(),
  /** How the turn before ended; absent: there was none. `aborted`: a person stopped it. */
  last_turn: z.enum(['completed', 'failed', 'aborted', 'interrupted']).optional(),
  pending_approvals: z.array(ApprovalId),
  queue: z.array(z.object({ queue_id: QueueId, text: z.string() })),
  archived: z.boolean(),
  /** The goal of the session, shortened; absent: none. */
  goal: Goal.pick({ goal_id: true, objective: true, status: true, reason: true, reason_say: true }).optional(),
  /** When the turn that runs began, milliseconds since 1970; absent: none runs. */
  running_since: z.number().int().optional(),
  /** The tool that was begun last and has not ended, for the line that says what the agent is at; absent: it thinks or writes. */
  activity: z.object({ kind: ToolKind, title: z.string(), since: z.number().int() }).optional(),
  /** The request that has waited longest, for the line that says what a person is asked; absent: none waits. */
  asks: z.object({ kind: ToolKind, title: z.string() }).optional(),
  /** Why the last turn failed; absent: it did not, or nothing is known of it. */
  failure: Problem.pick({ say: true, message: true }).optional(),
  /** The session this one was branched from; absent: it was begun by itself. */
  forked_from: SessionId.optional(),
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
      /** Names `text` and `next`. */
      say: Saying.optional(),
    }),
  ),
  providers: z.array(ProviderInfo),
  /** What CLIs said that the app did not understand, newest first: a sign of a newer version. */
  not_understood: z
    .array(
      z.object({
        provider: z.string(),
        version: z.string().nullable(),
        /** What it was, e.g. a message type. */
        what: z.string(),
        count: z.number().int(),
        last_at: z.number().int(),
        session_id: z.string(),
        /** Beginning of the raw line, secrets taken out. */
        sample: z.string(),
      }),
    )
    .optional(),
});
export type DoctorReport = z.infer<typeof DoctorReport>;

export const ServerStatus = z.object({
  version: z.string(),
  /** Of what it runs in. */
  versions: z
    .object({ node: z.string().optional(), electron: z.string().optional(), chrome: z.string().optional() })
    .optional(),
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

/** A lasting answer that belongs to a folder. */
export const FolderRule = z.object({
  rule_id: z.string(),
  cwd: z.string(),
  /** The agent it was given to; it speaks for no other. */
  provider: ProviderId,
  rule: RuleMatch,
  created_at: z.number().int(),
  /** Milliseconds since 1970; null: it stands until a person takes it back. */
  expires_at: z.number().int().nullable(),
  by: Actor,
});
export type FolderRule = z.infer<typeof FolderRule>;

/** A lasting answer that belongs to one session. */
export const SessionRule = FolderRule.omit({ cwd: true }).extend({ session_id: SessionId });
export type SessionRule = z.infer<typeof SessionRule>;

/** One approval as the log has it: the request, and its answer. */
export const ApprovalRecord = z.object({
  approval_id: ApprovalId,
  session_id: SessionId,
  session_title: z.string(),
  /** The agent of the session now. */
  provider: ProviderId,
  cwd: z.string(),
  turn_id: TurnId.nullable(),
  /** The request's place in the log, and when it was made. */
  seq: z.number().int(),
  ts: z.number().int(),
  tool_call_id: z.string(),
  tool: z.string(),
  kind: ToolKind,
  title: z.string(),
  command: z.string().optional(),
  diff: FileDiff.optional(),
  diffs: z.array(FileDiff).optional(),
  options: z.array(ApprovalOption).optional(),
  input: z.unknown(),
  reason: z.string().optional(),
  rule: RuleMatch.nullable(),
  questions: z.array(Question).optional(),
  /** SHA-256, hex, over canonical JSON of [tool, input, cwd]: what the answer is bound to. */
  digest: z.string(),
  status: z.enum(['pending', 'answered']),
  /** Of a pending one: the agent waits for it now. False: its process ended; the answer will be kept for it. */
  waits: z.boolean(),
  answer: z
    .object({
      decision: z.union([ApprovalDecision, z.literal('withdrawn')]),
      option_id: z.string().optional(),
      message: z.string().optional(),
      by: Actor,
      ts: z.number().int(),
      seq: z.number().int(),
      /** It was given when no agent waited any more. */
      kept: z.boolean().optional(),
      stored: z.object({ approval_id: ApprovalId, ts: z.number().int() }).optional(),
    })
    .nullable(),
});
export type ApprovalRecord = z.infer<typeof ApprovalRecord>;

/** What a job printed from the asked offset on; `offset` is where to go on. */
export const JobOutput = z.object({
  job_id: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  title: z.string(),
  text: z.string(),
  offset: z.number().int(),
  exit_code: z.number().int().nullable(),
});
export type JobOutput = z.infer<typeof JobOutput>;

/** What a custom agent said of itself when it was tried. */
export const AgentCheck = z.object({
  ok: z.boolean(),
  name: z.string().optional(),
  version: z.string().optional(),
  models: z.array(z.string()).optional(),
  /** What went wrong and what to do; the end of what it printed. */
  problem: z
    .object({ say: Saying.optional(), message: z.string(), next: z.string(), output: z.string().optional() })
    .optional(),
});
export type AgentCheck = z.infer<typeof AgentCheck>;

export const ImportStatus = z.object({
  /** `paused`: switched off in the settings. */
  state: z.enum(['idle', 'scanning', 'paused', 'failed']),
  files_done: z.number().int(),
  files_total: z.number().int(),
  bytes_done: z.number().int(),
  bytes_total: z.number().int(),
  sessions: z.number().int(),
  messages: z.number().int(),
  /** Files that could not be read, with why; the rest goes on. */
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
  finished_at: z.number().int().nullable(),
});
export type ImportStatus = z.infer<typeof ImportStatus>;

/** A conversation of a CLI that stands in the vault. */
export const ImportedSession = z.object({
  import_id: z.string(),
  provider: ProviderId,
  provider_session_id: z.string(),
  cwd: z.string().nullable(),
  title: z.string(),
  /** The CLI's own file. */
  path: z.string(),
  messages: z.number().int(),
  first_at: z.number().int().nullable(),
  last_at: z.number().int().nullable(),
  /** Written to within the last minute by another program. */
  live: z.boolean(),
  /** The file is gone; what was read is kept. */
  gone: z.boolean(),
  /** Sessions here that go on with it. */
  continued_by: z.array(SessionId),
});
export type ImportedSession = z.infer<typeof ImportedSession>;

export const ImportedItem = z.object({
  /** 1, 2, 3 ... within its conversation. */
  n: z.number().int(),
  ts: z.number().int().nullable(),
  kind: z.enum(['user', 'text', 'reasoning', 'tool']),
  text: z.string(),
  /** Of a tool: its name and, one line, what it did. */
  tool: z.string().optional(),
  title: z.string().optional(),
  failed: z.boolean().optional(),
});
export type ImportedItem = z.infer<typeof ImportedItem>;

export const SearchHit = z.object({
  where: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('session'), session_id: SessionId, seq: z.number().int() }),
    z.object({ kind: z.literal('import'), import_id: z.string(), n: z.number().int() }),
  ]),
  title: z.string(),
  provider: ProviderId,
  cwd: z.string().nullable(),
  ts: z.number().int().nullable(),
  /** The words around, with what was found between \u0001 and \u0002. */
  snippet: z.string(),
});
export type SearchHit = z.infer<typeof SearchHit>;
