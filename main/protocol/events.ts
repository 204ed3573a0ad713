import { z } from 'zod';
import { Problem } from './errors.ts';
import { ApprovalId, ItemId, MessageId, ProviderId, QueueId, RuleId, SessionId, TurnId } from './ids.ts';
import { limits } from './limits.ts';
import { Saying } from './saying.ts';
import {
  Actor,
  ApprovalDecision,
  ApprovalOption,
  Attachment,
  Effort,
  FileDiff,
  Goal,
  PermissionMode,
  PlanEntry,
  PlanLimit,
  Question,
  RuleMatch,
  ToolKind,
} from './values.ts';

/** Where a session comes from, when it did not begin empty. */
export const SessionOrigin = z.discriminatedUnion('kind', [
  /** A branch of another session: its events up to `seq` were copied into this log. */
  z.object({ kind: z.literal('fork'), session_id: SessionId, seq: z.number().int().positive() }),
  /** Goes on with a conversation of a CLI that was not led here; its transcript stands in the vault. */
  z.object({
    kind: z.literal('import'),
    import_id: z.string().max(200),
    provider: ProviderId,
    provider_session_id: z.string().max(200),
  }),
]);
export type SessionOrigin = z.infer<typeof SessionOrigin>;

/** The session exists. Always `seq` 1. */
const SessionCreated = z.object({
  type: z.literal('session_created'),
  cwd: z.string().max(limits.pathChars),
  provider: ProviderId,
  model: z.string().nullable(),
  mode: PermissionMode,
  title: z.string().max(limits.titleChars),
  effort: Effort.nullable().optional(),
  origin: SessionOrigin.optional(),
  by: Actor,
});

/** Title, folder, provider, model, effort, mode or archive state changed; only what changed is there. */
const SessionChanged = z.object({
  type: z.literal('session_changed'),
  title: z.string().max(limits.titleChars).optional(),
  /** The session moved to this folder. */
  cwd: z.string().max(limits.pathChars).optional(),
  provider: ProviderId.optional(),
  model: z.string().nullable().optional(),
  effort: Effort.nullable().optional(),
  mode: PermissionMode.optional(),
  archived: z.boolean().optional(),
  by: Actor,
});

/** A message waits for the running turn to end. */
const MessageQueued = z.object({
  type: z.literal('message_queued'),
  queue_id: QueueId,
  text: z.string().max(limits.promptChars),
  attachments: z.array(Attachment).max(limits.attachmentsPerMessage).optional(),
  by: Actor,
});
const QueueEdited = z.object({
  type: z.literal('queue_edited'),
  queue_id: QueueId,
  text: z.string().max(limits.promptChars),
  by: Actor,
});
/** `before` null: to the end. */
const QueueMoved = z.object({
  type: z.literal('queue_moved'),
  queue_id: QueueId,
  before: QueueId.nullable(),
  by: Actor,
});
const QueueRemoved = z.object({
  type: z.literal('queue_removed'),
  queue_id: QueueId,
  reason: z.enum(['sent', 'cancelled']),
  by: Actor,
});

/** A person's (or a client's) words that go to the agent, at the start of a turn or steered into it. */
const UserMessage = z.object({
  type: z.literal('user_message'),
  message_id: MessageId,
  text: z.string().max(limits.promptChars),
  attachments: z.array(Attachment).max(limits.attachmentsPerMessage).optional(),
  by: Actor,
});

const TurnStarted = z.object({
  type: z.literal('turn_started'),
  message_id: MessageId,
  provider: ProviderId,
  model: z.string().nullable(),
  effort: Effort.nullable().optional(),
  mode: PermissionMode,
  /** What the agent was told, before the message, of what it has not seen itself. */
  digest: z.string().max(limits.digestChars).optional(),
  /** Ends the turn by itself, milliseconds: `idle` without a sign of the agent, `total` altogether; null: never. */
  limits: z.object({ idle_ms: z.number().nullable(), total_ms: z.number().nullable() }).optional(),
});

/**
 * What an agent that has not seen all of this session will be told with the next message: made by the app when the provider changes (`by` app),
 * changed by a person, or taken away (`text` null). A turn's start takes it.
 */
const Digest = z.object({
  type: z.literal('digest'),
  text: z.string().max(limits.digestChars).nullable(),
  by: Actor,
});

/** The conversation goes on from before event `to_seq`: what came from there on stays in the log, but no agent hears of it any more. */
const Rewound = z.object({ type: z.literal('rewound'), to_seq: z.number().int().positive(), by: Actor });

/** The turn is about to be ended for a time limit, at `ends_at` (milliseconds since 1970); a person can keep it going. */
const LimitWarning = z.object({
  type: z.literal('limit_warning'),
  limit: z.enum(['idle', 'total']),
  ends_at: z.number().int(),
});
/** The limit was moved: by a person, or because the agent gave a sign again (`by` app). `ends_at` null: it does not end the turn any more. */
const LimitExtended = z.object({
  type: z.literal('limit_extended'),
  limit: z.enum(['idle', 'total']),
  ends_at: z.number().int().nullable(),
  by: Actor,
});

/** The CLI made room in its context: what came before is a summary for the agent now. Nothing is lost here. */
const Compacted = z.object({
  type: z.literal('compacted'),
  trigger: z.enum(['auto', 'manual']),
  tokens_before: z.number().int().nonnegative().optional(),
  tokens_after: z.number().int().nonnegative().optional(),
});

/** How much of the account's plan is used; replaces what was said before. */
const PlanLimits = z.object({
  type: z.literal('plan_limits'),
  provider: ProviderId,
  limits: z.array(PlanLimit).max(20),
});

/** The session's goal as a whole, after any change of it; null: it was cleared. */
const GoalState = z.object({ type: z.literal('goal_state'), goal: Goal.nullable(), by: Actor });

/** A finished block of the answer. `partial`: it was cut off (stopped, crashed), this is all there is. */
const Text = z.object({
  type: z.literal('text'),
  item_id: ItemId,
  text: z.string().max(limits.blockChars),
  partial: z.boolean().optional(),
  /** Of the sub-agent behind this tool call. */
  parent_tool_call_id: ItemId.optional(),
});
const Reasoning = z.object({
  type: z.literal('reasoning'),
  item_id: ItemId,
  text: z.string().max(limits.blockChars),
  duration_ms: z.number().nonnegative().optional(),
  partial: z.boolean().optional(),
  /** Of the sub-agent behind this tool call. */
  parent_tool_call_id: ItemId.optional(),
});

/** A tool call began (`phase` start: title, input) or ended (`phase` end: status, output). Both carry the same `tool_call_id`. */
const ToolActivity = z.object({
  type: z.literal('tool_activity'),
  tool_call_id: ItemId,
  phase: z.enum(['start', 'end']),
  /** The CLI's own name of the tool, e.g. "Bash". */
  tool: z.string().max(200),
  kind: ToolKind,
  /** One line for people, e.g. the command or the path. */
  title: z.string().max(1000),
  /** The tool call of which this is a part (sub-agents). */
  parent_tool_call_id: ItemId.optional(),
  input: z.unknown().optional(),
  status: z.enum(['completed', 'failed', 'denied', 'cancelled']).optional(),
  output: z.string().optional(),
  /** Characters cut out of `output`. */
  output_omitted: z.number().int().optional(),
  exit_code: z.number().int().nullable().optional(),
  duration_ms: z.number().nonnegative().optional(),
});

/** A file on disk was changed by a tool call. */
const FileEdit = z.object({ type: z.literal('file_edit'), tool_call_id: ItemId, diff: FileDiff });

/** The agent's plan as a whole; replaces the one before. */
const Plan = z.object({ type: z.literal('plan'), entries: z.array(PlanEntry).max(500) });

/**
 * The agent waits for a person, without a time limit, on every device, until one answers or the turn ends. When the agent's process, or the app, ends
 * under it, the request goes on waiting: its answer is kept for when the resumed agent asks for the same again.
 */
const ApprovalRequest = z.object({
  type: z.literal('approval_request'),
  approval_id: ApprovalId,
  tool_call_id: ItemId,
  tool: z.string().max(200),
  kind: ToolKind,
  title: z.string().max(1000),
  /** The exact command, for `kind` execute. */
  command: z.string().optional(),
  /** The exact change, for `kind` edit. */
  diff: FileDiff.optional(),
  /** All changes, when there are several files. */
  diffs: z.array(FileDiff).max(200).optional(),
  /** Answers the CLI offers in its own words, beside ours. */
  options: z.array(ApprovalOption).max(20).optional(),
  /** Everything the tool would get. */
  input: z.unknown(),
  /** Why the CLI asks, in its own words. */
  reason: z.string().optional(),
  /** What the two lasting answers would cover; null when there is no safe pattern, then only once and deny are offered. */
  rule: RuleMatch.nullable(),
  /** The agent's questions, for `kind` question. */
  questions: z.array(Question).optional(),
  /** The folder of the session then; absent in logs of earlier versions, in which no session could move. */
  cwd: z.string().max(limits.pathChars).optional(),
  /** SHA-256, hex, over canonical JSON of [tool, input, cwd]: the answer is bound to these bytes. */
  digest: z.string(),
});

const ApprovalResolved = z.object({
  type: z.literal('approval_resolved'),
  approval_id: ApprovalId,
  /** `withdrawn`: nobody answered; the turn ended or the CLI took the request back. */
  decision: z.union([ApprovalDecision, z.literal('withdrawn')]),
  /** The CLI's own answer that was chosen. */
  option_id: z.string().max(200).optional(),
  message: z.string().max(10_000).optional(),
  answers: z.record(z.string(), z.string()).optional(),
  digest: z.string(),
  by: Actor,
  /** No agent waited any more: the answer is kept for the same request (`digest`) of the resumed agent, once. `approval_lapsed` says when it is not. */
  kept: z.boolean().optional(),
  /** This is a kept answer: which one, and when it was given. `by` is who gave it. */
  stored: z.object({ approval_id: ApprovalId, ts: z.number().int() }).optional(),
});

/**
 * A kept answer does not count any more. `unused`: the next turn ended without the request. `other_action`: the agent did something else that may
 * have changed what the answer was about. `changed`: it asks for the same bytes, but what would be shown is different. `moved_on`: another agent,
 * another folder, a rewind, a lost conversation. `withdrawn`: a person took it back.
 */
const ApprovalLapsed = z.object({
  type: z.literal('approval_lapsed'),
  approval_id: ApprovalId,
  reason: z.enum(['unused', 'other_action', 'changed', 'moved_on', 'withdrawn']),
  digest: z.string(),
  by: Actor,
});

/** A rule of this session was taken back. */
const RuleRemoved = z.object({ type: z.literal('rule_removed'), rule_id: RuleId, by: Actor });

/** "Allow for this session" left a rule. ("Always allow" rules belong to the folder and live in the settings.) */
const RuleAdded = z.object({
  type: z.literal('rule_added'),
  rule_id: RuleId,
  rule: RuleMatch,
  scope: z.enum(['session', 'folder']),
  /** The agent it speaks for; absent in logs of earlier versions: the one whose turn it was. */
  provider: ProviderId.optional(),
  /** Milliseconds since 1970; absent: it stands until a person takes it back. */
  expires_at: z.number().int().optional(),
  by: Actor,
});

/** `send_next`: the waiting message to go on with once the turn has ended; without it the queue waits. */
const AbortRequested = z.object({ type: z.literal('abort_requested'), send_next: QueueId.optional(), by: Actor });

/** A line of system status. `code` lets a client translate it; `raw` keeps a line of the CLI that was not understood. */
const Notice = z.object({
  type: z.literal('notice'),
  level: z.enum(['info', 'warning', 'error']),
  code: z.string().max(100),
  text: z.string().max(4000),
  /** Names `text`, so that a page can say it in its reader's language; absent: the words of a CLI. */
  say: Saying.optional(),
  raw: z.string().max(limits.rawLineChars).optional(),
});

/** The CLI's own session behind this one, as it resumes by. */
const ProviderSession = z.object({
  type: z.literal('provider_session'),
  provider: ProviderId,
  /** Null: the CLI does not know it any more; the next turn begins a new one. */
  provider_session_id: z.string().max(200).nullable(),
  /** The conversation belongs to somebody else (a fork, a take-over): the next turn branches off from it instead of going on with it. */
  branch: z.boolean().optional(),
  version: z.string().max(100).optional(),
  model: z.string().max(200).optional(),
});

/** Tokens of this turn; `cost_usd` where the CLI tells it. */
const Usage = z.object({
  type: z.literal('usage'),
  input_tokens: z.number().int().nonnegative(),
  output_tokens: z.number().int().nonnegative(),
  cached_tokens: z.number().int().nonnegative().optional(),
  context_tokens: z.number().int().nonnegative().optional(),
  context_window: z.number().int().nonnegative().optional(),
  cost_usd: z.number().nonnegative().optional(),
});

/** `interrupted`: the app ended under it. `aborted`: a person stopped it. */
const TurnEnd = z.object({
  type: z.literal('turn_end'),
  status: z.enum(['completed', 'failed', 'aborted', 'interrupted']),
  problem: Problem.optional(),
  duration_ms: z.number().nonnegative(),
});

/** The facts a session is made of, without their place in the log. */
export const SessionEvent = z.discriminatedUnion('type', [
  SessionCreated,
  SessionChanged,
  MessageQueued,
  QueueEdited,
  QueueMoved,
  QueueRemoved,
  UserMessage,
  TurnStarted,
  Text,
  Reasoning,
  ToolActivity,
  FileEdit,
  Plan,
  ApprovalRequest,
  ApprovalResolved,
  ApprovalLapsed,
  RuleAdded,
  RuleRemoved,
  AbortRequested,
  Notice,
  ProviderSession,
  Usage,
  Digest,
  Rewound,
  LimitWarning,
  LimitExtended,
  Compacted,
  PlanLimits,
  GoalState,
  TurnEnd,
]);
export type SessionEvent = z.infer<typeof SessionEvent>;
export type EventOf<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>;

/** Where an event stands. `seq` counts 1, 2, 3 ... per session and is never reused; `ts` is milliseconds since 1970 (UTC). */
export const EventPlace = z.object({
  session_id: SessionId,
  seq: z.number().int().positive(),
  ts: z.number().int().nonnegative(),
  turn_id: TurnId.nullable(),
});
export type EventPlace = z.infer<typeof EventPlace>;

/** A durable event as it stands in the log and travels on every wire. */
export const DurableEvent = SessionEvent.and(EventPlace);
export type DurableEvent = SessionEvent & EventPlace;

/** What an open item is: text that is still growing. Its end is a durable `text`, `reasoning` or `tool_activity`. */
export const OpenItemKind = z.enum(['text', 'reasoning', 'tool_input', 'tool_output']);
export type OpenItemKind = z.infer<typeof OpenItemKind>;
