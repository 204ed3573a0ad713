import { z } from 'zod';
import { ApprovalId, CommandId, ProviderId, QueueId, SessionId, TurnId } from './ids.ts';
import { limits } from './limits.ts';
import { ApprovalDecision, PermissionMode } from './values.ts';

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
  mode: PermissionMode.default('ask'),
  title: z.string().max(limits.titleChars).optional(),
});
/** Says something to the agent: starts a turn, or waits in the queue of a running one. Answer: `{turn_id}` or `{queue_id}`. */
export const Message = command('message', { session_id: SessionId, text });
/** Stops the running turn: the CLI's own interrupt, then its whole process tree. Messages in the queue wait for the next one. Answer: `{turn_id}`. */
export const Abort = command('abort', {
  session_id: SessionId,
  /** The turn that is meant: when another one runs by now, nothing is stopped. */
  turn_id: TurnId.optional(),
});
/** Answers an approval. The first answer counts; a second gets `already_answered`. `answers`: question -> chosen label(s), for questions. */
export const ApprovalResponse = command('approval_response', {
  session_id: SessionId,
  approval_id: ApprovalId,
  decision: ApprovalDecision,
  /** On deny: told to the agent. */
  message: z.string().max(10_000).optional(),
  answers: z.record(z.string().max(2000), z.string().max(10_000)).optional(),
});
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
export const RenameSession = command('rename_session', {
  session_id: SessionId,
  title: z.string().min(1).max(limits.titleChars),
});
export const ArchiveSession = command('archive_session', { session_id: SessionId, archived: z.boolean() });

export const Command = z.discriminatedUnion('type', [
  NewChat,
  Message,
  Abort,
  ApprovalResponse,
  QueueEdit,
  QueueRemove,
  QueueMove,
  QueueSendNow,
  SetModel,
  SetMode,
  RenameSession,
  ArchiveSession,
]);
export type Command = z.infer<typeof Command>;
export type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;
/** A command to a session that exists. */
export type SessionCommand = Exclude<Command, { type: 'new_chat' }>;
