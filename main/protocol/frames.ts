import { z } from 'zod';
import { Device } from './access.ts';
import { Command } from './commands.ts';
import { ErrorCode, Problem } from './errors.ts';
import { DurableEvent, OpenItemKind } from './events.ts';
import { CommandId, ItemId, SessionId, TurnId } from './ids.ts';
import { limits } from './limits.ts';
import { Query } from './queries.ts';
import { Actor, ProviderInfo } from './values.ts';
import { ImportStatus, SessionSummary } from './views.ts';

/**
 * Follows a session: every durable event after `after_seq`, then each open item, then live. Attaching again moves the cursor. With `tail` a long
 * session need not be replayed: see `earlier`. Answer: `{seq, after_seq, reset}`: the last event there is, the event behind which following begins,
 * and whether the client knew more than the log holds (a backup was opened) and has to forget what it has.
 */
export const Attach = z.object({
  type: z.literal('attach'),
  command_id: CommandId,
  session_id: SessionId,
  after_seq: z.number().int().nonnegative(),
  /** When more events than these lie behind `after_seq`, only the last so many come; `earlier` says which do not, `history` reads them. */
  tail: z.number().int().nonnegative().max(limits.historyEvents).optional(),
});
export const Detach = z.object({ type: z.literal('detach'), command_id: CommandId, session_id: SessionId });
/**
 * Follows the list of sessions: a `sessions` frame at once, then `session_summary` for every change. `list` false: only the changes, for a client
 * that reads the list by pages (`sessions_page`).
 */
export const WatchSessions = z.object({
  type: z.literal('watch_sessions'),
  command_id: CommandId,
  list: z.boolean().optional(),
});
/** Answered at once: `{server_time}`. The server itself looks for dead peers with the WebSocket's own ping, which needs no frame. */
export const Ping = z.object({ type: z.literal('ping'), command_id: CommandId });

const following = z.discriminatedUnion('type', [Attach, Detach, WatchSessions, Ping]);

/** Everything a client may send. */
export const ClientFrame = z.union([following, Command, Query]);
export type ClientFrame = z.infer<typeof ClientFrame>;
export type ClientFrameOf<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>;

/** The schema of each frame a client may send, by its `type`: what is wrong with a frame is said of the one that was meant. */
export const clientFrames: ReadonlyMap<string, z.ZodType<ClientFrame>> = new Map(
  [...following.options, ...Command.options, ...Query.options].map((schema) => [
    schema.shape.type.value as string,
    schema as unknown as z.ZodType<ClientFrame>,
  ]),
);

/** First frame of every connection. */
export const Welcome = z.object({
  type: z.literal('welcome'),
  protocol: z.number().int(),
  version: z.string(),
  actor: Actor,
  scopes: z.array(z.string()),
  server_time: z.number().int(),
  home_dir: z.string(),
  platform: z.string(),
  /** Things the person should know at start: a database that was set aside, a disk that is full. */
  notices: z.array(Problem),
  /**
   * Another one than before: a backup was opened in between, and numbers of events were given a second time. A client then follows every session anew
   * from its beginning (`after_seq` 0), whatever it has of it.
   */
  history: z.string().optional(),
  /** The bounds of this server, by name: see "Limits". */
  limits: z.record(z.string(), z.number()).optional(),
  /** What is known of the agents now; only for those who may ask for it. A `providers` frame follows whenever that changes. */
  providers: z.array(ProviderInfo).optional(),
});

/** Answer to the frame with this `command_id`. */
export const Response = z.discriminatedUnion('ok', [
  z.object({ type: z.literal('response'), command_id: CommandId, ok: z.literal(true), result: z.unknown() }),
  z.object({ type: z.literal('response'), command_id: CommandId.nullable(), ok: z.literal(false), error: Problem }),
]);

/** Durable events, in order, none missing between this frame and the one before it. */
export const Events = z.object({ type: z.literal('events'), session_id: SessionId, events: z.array(DurableEvent) });

/**
 * The events `from_seq` to `to_seq` are there and do not come on this connection, because the client asked for a `tail`. Stands before the first
 * `events` frame; `history` reads them, newest first.
 */
export const Earlier = z.object({
  type: z.literal('earlier'),
  session_id: SessionId,
  from_seq: z.number().int().positive(),
  to_seq: z.number().int().positive(),
});

/** The replay is complete up to `seq`; what follows is live. `head` is the hash of the last event, hex. */
export const Attached = z.object({
  type: z.literal('attached'),
  session_id: SessionId,
  seq: z.number().int(),
  head: z.string(),
});

/**
 * An open item as a whole: when following begins, and whenever text that was streamed turns out to be void. Replaces what the client has of
 * this item. Empty `text` with `gone`: the item was taken back.
 */
export const ItemSnapshot = z.object({
  type: z.literal('item_snapshot'),
  session_id: SessionId,
  turn_id: TurnId,
  item_id: ItemId,
  kind: OpenItemKind,
  text: z.string(),
  gone: z.boolean().optional(),
});

/** More of an open item. `offset`: characters (UTF-16 code units) that were there before; never a gap, never an overlap. */
const delta = <const T extends string>(type: T) =>
  z.object({
    type: z.literal(type),
    session_id: SessionId,
    turn_id: TurnId,
    item_id: ItemId,
    offset: z.number().int(),
    text: z.string(),
  });
export const TextDelta = delta('text_delta');
export const ReasoningDelta = delta('reasoning_delta');
export const ToolInputDelta = delta('tool_input_delta');
export const ToolOutputDelta = delta('tool_output_delta');

export const Sessions = z.object({ type: z.literal('sessions'), sessions: z.array(SessionSummary) });
export const SessionSummaryChanged = z.object({ type: z.literal('session_summary'), session: SessionSummary });
/** A session of the list was deleted, or moved to where this client's credential does not reach: its line goes. Nothing is said of which it was. */
export const SessionGone = z.object({ type: z.literal('session_gone'), session_id: SessionId });
/** Detection found something new. */
export const Providers = z.object({ type: z.literal('providers'), providers: z.array(ProviderInfo) });
/** A turn of a followed session runs, or none does any more. `started_at`: milliseconds since 1970. */
export const GoalStatusChanged = z.object({
  type: z.literal('goal_status'),
  session_id: SessionId,
  status: z.enum(['running', 'idle']),
  started_at: z.number().int().optional(),
  turn_id: TurnId.optional(),
});
/** A device took a pairing; goes to those who may manage devices. */
export const DevicePaired = z.object({ type: z.literal('device_paired'), pairing_id: z.string(), device: Device });
/** Credentials or doors changed: lists of keys, devices, logins or connections are worth asking for again. Goes to those who may manage them. */
export const AccessChanged = z.object({
  type: z.literal('access_changed'),
  what: z.enum(['keys', 'devices', 'logins', 'connections', 'gateway']),
});
/** What is being written in a session, or for a new one (null), was changed by some client; goes to those who asked for the list of drafts. */
export const DraftChanged = z.object({
  type: z.literal('draft_changed'),
  session_id: SessionId.nullable(),
  rev: z.number().int(),
  empty: z.boolean(),
});
/** How far reading the CLIs' own conversations is; goes to those who asked for it. */
export const ImportStatusChanged = z.object({ type: z.literal('import_status'), status: ImportStatus });
/** A conversation of the vault that this client reads has grown to `messages`. */
export const ImportChanged = z.object({
  type: z.literal('import_changed'),
  import_id: z.string(),
  messages: z.number().int(),
});
/** Something went wrong outside of any command, e.g. the disk is full while an answer streams. `session_id` null: it concerns the whole app. */
export const ProblemRaised = z.object({
  type: z.literal('problem'),
  session_id: SessionId.nullable(),
  problem: Problem,
});
/** The connection is about to be closed by the server. */
export const Closing = z.object({
  type: z.literal('closing'),
  code: ErrorCode,
  message: z.string(),
  /** How long to wait before coming back, milliseconds; absent: no time was set. */
  retry_after_ms: z.number().int().optional(),
});

/** Everything a server may send. Clients ignore types they do not know. */
export const ServerFrame = z.union([
  Welcome,
  Response,
  z.discriminatedUnion('type', [
    Events,
    Earlier,
    Attached,
    ItemSnapshot,
    TextDelta,
    ReasoningDelta,
    ToolInputDelta,
    ToolOutputDelta,
    Sessions,
    SessionSummaryChanged,
    SessionGone,
    Providers,
    GoalStatusChanged,
    ImportStatusChanged,
    ImportChanged,
    DevicePaired,
    AccessChanged,
    DraftChanged,
    ProblemRaised,
    Closing,
  ]),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;
export type ServerFrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;
