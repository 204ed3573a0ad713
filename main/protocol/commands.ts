import { z } from 'zod';
import { ApprovalId, CommandId, ProviderId, QueueId, RuleId, SessionId, TurnId } from './ids.ts';
import { limits } from './limits.ts';
import { ApprovalDecision, Attachment, Effort, GoalLimits, PermissionMode, RuleRequest } from './values.ts';

/**
 * Commands change something. Each is idempotent by `command_id`: sent again (after a reconnect), it gets the first answer again and has no
 * second effect.
 */
const command = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), command_id: CommandId, ...shape });

const text = z.string().min(1).max(limits.promptChars);

/** Opens a new session in a folder. Answer: `{session_id}`. */
export const NewChat = command('new_chat', {
  cwd: z.string().min(1).max(limits.pathChars),
  provider: ProviderId,
  model: z.string().min(1).max(200).nullish(),
  effort: Effort.nullish(),
  mode: PermissionMode.default('ask'),
  title: z.string().max(limits.titleChars).optional(),
});
/**
 * Says something to the agent: starts a turn, or waits in the queue of a running one. `attachments` were uploaded before (`upload`). Answer:
 * `{turn_id}` or `{queue_id}`.
 */
export const Message = command('message', {
  session_id: SessionId,
  text,
  attachments: z.array(Attachment).max(limits.attachmentsPerMessage).optional(),
});
/**
 * A message in one go, for scripts: into the session `session_id`, or without one into a new session, which needs `cwd` and `provider` and takes
 * what `new_chat` takes. The new session and its first turn are one commit. Answer: `{session_id, turn_id}` or `{session_id, queue_id}`.
 */
export const ChatRequest = command('chat_request', {
  session_id: SessionId.optional(),
  text,
  attachments: z.array(Attachment).max(limits.attachmentsPerMessage).optional(),
  cwd: z.string().min(1).max(limits.pathChars).optional(),
  provider: ProviderId.optional(),
  model: z.string().min(1).max(200).nullish(),
  effort: Effort.nullish(),
  mode: PermissionMode.optional(),
  title: z.string().max(limits.titleChars).optional(),
});
/** Stops the running turn: the CLI's own interrupt, then its whole process tree. Messages in the queue wait for the next one. Answer: `{turn_id}`. */
export const Abort = command('abort', {
  session_id: SessionId,
  /** The turn that is meant: when another one runs by now, nothing is stopped. */
  turn_id: TurnId.optional(),
});
/** The same as `abort`, under the name other gateways have for it. Answer: `{turn_id}`; the turn's end follows as its `turn_end`. */
export const Cancel = command('cancel', { session_id: SessionId, turn_id: TurnId.optional() });
/**
 * Moves the session to another folder: from the next turn on its agent works there. Not while a turn runs. Agents begin a new conversation there and
 * are told what happened; rules and kept answers of the session end, because they were given for the folder before. Answer: `{cwd}`, resolved.
 */
export const SetWorkspaceScope = command('set_workspace_scope', {
  session_id: SessionId,
  cwd: z.string().min(1).max(limits.pathChars),
});
/**
 * Answers an approval. The first answer counts; a second gets `already_answered`, which says by whom and when. When the agent does not wait any
 * more (its process ended), the answer is kept for it: see `approval_resolved`. Answer: `{approval_id, kept, turn_id?}`. `answers`: question -> chosen label(s),
 * for questions.
 */
export const ApprovalResponse = command('approval_response', {
  session_id: SessionId,
  approval_id: ApprovalId,
  decision: ApprovalDecision,
  /** One of the CLI's own answers; `decision` says what it amounts to. */
  option_id: z.string().max(200).optional(),
  /** On deny: told to the agent. */
  message: z.string().max(10_000).optional(),
  answers: z.record(z.string().max(2000), z.string().max(10_000)).optional(),
  /** When the rule ends that a lasting answer leaves, milliseconds since 1970; absent: when a person takes it back. */
  rule_expires_at: z.number().int().positive().optional(),
  /** When the agent does not wait any more and no turn runs: also begins a turn in which it can ask again. */
  go_on: z.boolean().optional(),
});
/** Takes a request off the list for which no agent waits any more, or takes back an answer that was kept and not used yet. */
export const ApprovalWithdraw = command('approval_withdraw', { session_id: SessionId, approval_id: ApprovalId });
export const QueueEdit = command('queue_edit', { session_id: SessionId, queue_id: QueueId, text });
export const QueueRemove = command('queue_remove', { session_id: SessionId, queue_id: QueueId });
/** `before` null: to the end. */
export const QueueMove = command('queue_move', {
  session_id: SessionId,
  queue_id: QueueId,
  before: QueueId.nullable(),
});
/** Sends a waiting message now: steers it into the running turn where the provider can, else stops the turn and sends it next. */
export const QueueSendNow = command('queue_send_now', { session_id: SessionId, queue_id: QueueId });
/** Null: the provider's default model. Counts at once where the provider can, else from the next turn. */
export const SetModel = command('set_model', { session_id: SessionId, model: z.string().min(1).max(200).nullable() });
export const SetMode = command('set_mode', { session_id: SessionId, mode: PermissionMode });
/** Null: the CLI's default. Counts like `set_model`. */
export const SetEffort = command('set_effort', { session_id: SessionId, effort: Effort.nullable() });
/**
 * Goes on with another agent. Each provider keeps its own conversation and is told, with the next message, what it has not seen; the digest is in
 * the session before that (`set_digest` changes it). Not while a turn runs. Answer: `{}`.
 */
export const SetProvider = command('set_provider', {
  session_id: SessionId,
  provider: ProviderId,
  model: z.string().min(1).max(200).nullish(),
});
/** What the agent will be told with the next message; null: nothing. */
export const SetDigest = command('set_digest', {
  session_id: SessionId,
  text: z.string().max(limits.digestChars).nullable(),
});
/** A new session with everything before event `before_seq` (null: everything). Answer: `{session_id}`. */
export const ForkSession = command('fork_session', {
  session_id: SessionId,
  before_seq: z.number().int().positive().nullable(),
  title: z.string().max(limits.titleChars).optional(),
});
/** Goes back to before event `to_seq`, a user message. Files stay as they are. Not while a turn runs. */
export const Rewind = command('rewind', { session_id: SessionId, to_seq: z.number().int().positive() });
/** Moves the time limit that is about to end the turn. Answer: `{ends_at}`. */
export const KeepGoing = command('keep_going', { session_id: SessionId, turn_id: TurnId });
/** Gives this session a rule without a request: what it covers is answered with yes. Answer: `{rule_id}`. */
export const AddSessionRule = command('add_session_rule', {
  session_id: SessionId,
  rule: RuleRequest,
  /** Milliseconds since 1970; absent: when a person takes it back. */
  expires_at: z.number().int().positive().optional(),
});
/** Takes back an "Allow for this session". */
export const RemoveSessionRule = command('remove_session_rule', { session_id: SessionId, rule_id: RuleId });
/** Gives the session an objective and starts on it. Replaces a goal that has ended. Answer: `{goal_id}`. */
export const SetGoal = command('set_goal', {
  session_id: SessionId,
  objective: z.string().trim().min(1).max(4000),
  /** What is not named is taken from the settings. */
  limits: GoalLimits.partial().optional(),
});
/** `pause` also stops the running turn. `clear` ends it as cancelled. `limits` changes how far it may go. */
export const ChangeGoal = command('change_goal', {
  session_id: SessionId,
  action: z.enum(['pause', 'resume', 'clear', 'limits']),
  limits: GoalLimits.partial().optional(),
});
/** A new session that goes on with a conversation of the vault, with the CLI it was led with. Answer: `{session_id}`. */
export const ContinueImport = command('continue_import', {
  import_id: z.string().min(1).max(200),
  mode: PermissionMode.default('ask'),
  /** Branches the CLI's conversation where it can, so that another program may go on with the original. */
  fork: z.boolean().default(false),
});
/** Another program writes to the conversation behind this session: from the next message on it goes on from what stands there now, or on a branch of its own. */
export const TakeOver = command('take_over', { session_id: SessionId, how: z.enum(['reload', 'branch']) });
export const RenameSession = command('rename_session', {
  session_id: SessionId,
  title: z.string().min(1).max(limits.titleChars),
});
export const ArchiveSession = command('archive_session', { session_id: SessionId, archived: z.boolean() });

export const Command = z.discriminatedUnion('type', [
  NewChat,
  Message,
  ChatRequest,
  Abort,
  Cancel,
  SetWorkspaceScope,
  ApprovalResponse,
  ApprovalWithdraw,
  QueueEdit,
  QueueRemove,
  QueueMove,
  QueueSendNow,
  SetModel,
  SetMode,
  SetEffort,
  SetProvider,
  SetDigest,
  ForkSession,
  Rewind,
  KeepGoing,
  AddSessionRule,
  RemoveSessionRule,
  SetGoal,
  ChangeGoal,
  ContinueImport,
  TakeOver,
  RenameSession,
  ArchiveSession,
]);
export type Command = z.infer<typeof Command>;
export type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;
/** A command to a session that exists. */
export type SessionCommand = Exclude<
  Command,
  { type: 'new_chat' | 'chat_request' | 'fork_session' | 'continue_import' }
>;

/** Every type a command can have. */
export const commandTypes: ReadonlySet<string> = new Set(Command.options.map((one) => one.shape.type.value));
