/**
 * The sockets in the core's wall: what it needs from the rooms outside (store, providers, log, clock) and what it offers to the doors
 * (`Hall`). Nothing here knows electron, ws, node or React.
 */

import type { Restrictions } from '../protocol/access.ts';
import type { ErrorCode, Problem } from '../protocol/errors.ts';
import type { DurableEvent, OpenItemKind } from '../protocol/events.ts';
import type { ApprovalId, CommandId, ProviderId, SessionId, TurnId } from '../protocol/ids.ts';
import type { Query, Scope } from '../protocol/queries.ts';
import type { Saying } from '../protocol/saying.ts';
import type {
  Actor,
  ApprovalDecision,
  ApprovalOption,
  Attachment,
  Capabilities,
  FileDiff,
  GoalStatus,
  PermissionMode,
  PlanEntry,
  PlanLimit,
  ProviderInfo,
  Question,
  RuleMatch,
  SlashCommand,
  ToolKind,
} from '../protocol/values.ts';
import type { FolderRule, SessionRule, SessionSummary, VerifyReport } from '../protocol/views.ts';

// ---------------------------------------------------------------------------------------------------------------- providers

/** What a provider tells about its run. Order matters and is kept. `item_id` and `tool_call_id` are unique within the session. */
export type ProviderEvent =
  /**
   * The CLI does not know the session it was to resume. Comes instead of everything else of the turn and before anything ran; `closed` follows.
   * The caller tells the person and tries once more, afresh.
   */
  | { type: 'resume_lost'; text: string; say?: Saying }
  /** The CLI's own session behind this one; told again whenever it changes. */
  | { type: 'session'; provider_session_id: string; version?: string; model?: string }
  /** More text of an open item. The first delta opens it; the finished `text`/`reasoning`/`tool_start`/`tool_end` closes it. */
  | { type: 'item_delta'; item_id: string; kind: OpenItemKind; text: string }
  /** What was streamed of this item is void; this is its text now (empty: it is gone). */
  | { type: 'item_replace'; item_id: string; kind: OpenItemKind; text: string }
  | { type: 'text'; item_id: string; text: string; parent_tool_call_id?: string }
  | { type: 'reasoning'; item_id: string; text: string; duration_ms?: number; parent_tool_call_id?: string }
  | {
      type: 'tool_start';
      tool_call_id: string;
      tool: string;
      kind: ToolKind;
      title: string;
      input: unknown;
      parent_tool_call_id?: string;
    }
  | {
      type: 'tool_end';
      tool_call_id: string;
      status: 'completed' | 'failed' | 'denied' | 'cancelled';
      output?: string;
      exit_code?: number | null;
      duration_ms?: number;
    }
  | { type: 'file_edit'; tool_call_id: string; diff: FileDiff }
  | { type: 'plan'; entries: PlanEntry[] }
  /** The CLI waits for an answer; `ref` is the adapter's own name of the request, unique within the session's life. */
  | {
      type: 'approval_request';
      ref: string;
      tool_call_id: string;
      tool: string;
      kind: ToolKind;
      title: string;
      input: unknown;
      command?: string;
      diff?: FileDiff;
      /** All changes, when there are several files. */
      diffs?: FileDiff[];
      /** Answers the CLI offers in its own words. */
      options?: ApprovalOption[];
      /** Absolute path the tool would touch, where there is one; folder rules match on it. */
      path?: string;
      reason?: string;
      /** What the lasting answers would cover; null when nothing safe can be said. */
      rule: RuleMatch | null;
      questions?: Question[];
    }
  /** The CLI took the request back (interrupt, end of turn). */
  | { type: 'approval_withdrawn'; ref: string }
  | {
      type: 'usage';
      input_tokens: number;
      output_tokens: number;
      cached_tokens?: number;
      context_tokens?: number;
      context_window?: number;
      cost_usd?: number;
    }
  /** The slash commands the CLI offers now, all of them. */
  | { type: 'commands'; commands: SlashCommand[] }
  | { type: 'plan_limits'; limits: PlanLimit[] }
  | { type: 'compaction'; trigger: 'auto' | 'manual'; tokens_before?: number; tokens_after?: number }
  /** The CLI's own goal (capability `goals: native`) changed. */
  | { type: 'goal'; status: GoalStatus; reason?: string; progress?: { text: string; evidence?: string } }
  /** Something a person should know (a retry, a limit), or a line that was not understood (`raw`). */
  | { type: 'notice'; level: 'info' | 'warning' | 'error'; code: string; text: string; say?: Saying; raw?: string }
  /** The CLI changed its permission mode by itself (a plan was approved). */
  | { type: 'mode'; mode: PermissionMode }
  /** The turn is over. Exactly one for every `prompt`, also when the CLI crashed, hung or said nonsense. */
  | { type: 'turn_end'; status: 'completed' | 'failed' | 'aborted'; problem?: Problem }
  /** The CLI's process is gone; the next `prompt` needs a new `start` with `resume`. Comes after `turn_end` when it died in a turn. */
  | {
      type: 'closed';
      /** The process is still ending; resolves when it has. */
      gone?: Promise<void>;
    };

export interface ProviderStart {
  session_id: SessionId;
  cwd: string;
  model: string | null;
  effort: string | null;
  mode: PermissionMode;
  /** The CLI's own session id to go on with; null: a fresh one. */
  resume: string | null;
  /** Branch from `resume` instead of going on with it (capability `fork`). */
  fork: boolean;
  /** Tool servers for this conversation only (capability `mcp_servers`). */
  mcp_servers: readonly McpServer[];
}

/** A Model Context Protocol server over HTTP on loopback. `headers` hold its token: they go into no log and no argv. */
export interface McpServer {
  name: string;
  url: string;
  headers: Readonly<Record<string, string>>;
}

/** An attachment as an adapter gets it: the bytes stand in a file of the app that must not be changed. */
export interface PromptAttachment extends Attachment {
  /** Absolute. */
  path: string;
}

export interface Prompt {
  turn_id: TurnId;
  text: string;
  attachments: readonly PromptAttachment[];
}

export interface ApprovalAnswer {
  decision: ApprovalDecision;
  /** Goes to the agent on deny. */
  message?: string;
  answers?: Record<string, string>;
  /** One of the options the CLI offered. */
  option_id?: string;
}

/** One live conversation with a CLI: at most one process (or one thread in a shared one) behind it. */
export interface ProviderSession {
  /** Begins a turn. Called only when none runs. Text goes by stdin or JSON-RPC, never argv. */
  prompt(turn: Prompt): void;
  /** Puts words into the running turn; false when that is not possible now (the caller queues). */
  steer(text: string, attachments?: readonly PromptAttachment[]): boolean;
  /**
   * Stops the running turn and every process it started: first the CLI's own interrupt (the session goes on), then, when that does not
   * help in time, the whole tree. `turn_end` (aborted) follows through the events. Idempotent.
   */
  interrupt(): void;
  answer(ref: string, answer: ApprovalAnswer): void;
  /** Takes effect at once where the CLI can, else at its next start (the caller restarts it between turns). */
  setModel(model: string | null): void;
  setEffort(effort: string | null): void;
  setMode(mode: PermissionMode): void;
  /**
   * The CLI's own goal (capability `goals: native`): sets the objective for the turns to come, or takes it away. Null: none.
   */
  setGoal?(objective: string | null): void;
  /** Ends the process and everything it left behind. Resolves when all is gone. Idempotent. */
  close(): Promise<void>;
}

/** API keys the person stored for providers. An adapter asks at each start of its CLI and passes the key to that child only. */
export interface ProviderKeys {
  get(provider: ProviderId): string | null;
}

/** One CLI, or the built-in guide. */
export interface Provider {
  readonly id: ProviderId;
  readonly name: string;
  readonly built_in: boolean;
  readonly capabilities: Capabilities;
  /** Looks for the CLI without a network call: path, version, signed in or not. Never throws; never slower than a few seconds. */
  detect(): Promise<ProviderInfo>;
  /**
   * Starts (or resumes) a conversation. Returns at once; failures (not installed, exits at once, garbage) come as `turn_end` with a problem
   * once a prompt was given.
   */
  start(options: ProviderStart, emit: (event: ProviderEvent) => void): ProviderSession;
}

/** A conversation of the vault that a session can go on with. */
export interface ImportSource {
  /** Null: there is none of this id. `digest`: what an agent is told of it that cannot resume it. */
  find(import_id: string): Promise<{
    provider: ProviderId;
    provider_session_id: string;
    cwd: string | null;
    title: string;
    /** The CLI still has it. */
    resumable: boolean;
    digest: () => Promise<string | null>;
  } | null>;
}

/** The bytes of attachments, kept once each. */
export interface AttachmentFiles {
  /** Its bytes are here, and now stay: asked before a message refers to them. */
  has(attachment: Attachment): boolean;
  /**
   * A file of this name with these bytes: a copy for an agent. The next call puts a fresh one in its place.
   * @returns its absolute path; null when the bytes are gone from disk.
   */
  path(attachment: Attachment): string | null;
}

// -------------------------------------------------------------------------------------------------------------------- store

/** One event as it stands in the log. */
export interface StoredEvent {
  seq: number;
  /** Canonical JSON of the DurableEvent: the very text that is hashed, stored and sent. */
  body: string;
}

export interface Receipt {
  command_id: CommandId;
  /** SHA-256, hex, of the command's canonical JSON: a reused id for another command is refused. */
  digest: string;
  /** The answer's `result`, JSON. */
  result: string;
}

/** Refused writes are values: a full disk is not a defect. */
export class StorageError extends Error {
  readonly code: Extract<ErrorCode, 'storage_full' | 'storage_failed'>;
  constructor(
    code: Extract<ErrorCode, 'storage_full' | 'storage_failed'>,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'StorageError';
    this.code = code;
  }
}

/** The append-only log. Every method is synchronous; a commit that returned is on disk (synchronous=FULL). */
export interface EventStore {
  /**
   * Appends to one session, in one transaction with the receipt, the summary, the rules it made and the end of open items. All or nothing.
   * @param write.events - in order; the first one's `seq` is the next of the session, else this throws (a defect).
   * @returns hash of the last event, hex.
   * @throws {StorageError} when the disk refuses; nothing was written then.
   */
  append(write: {
    session_id: SessionId;
    ts: number;
    events: readonly StoredEvent[];
    summary: SessionSummary;
    receipt?: Receipt;
    closedItems?: readonly string[];
    folderRules?: readonly FolderRule[];
    sessionRules?: readonly SessionRule[];
    /** Ids of rules of this session that ended. */
    removedRules?: readonly string[];
    /** Where requests and answers stand among `events`. */
    approvals?: readonly ApprovalMark[];
  }): string;
  /** Events with `seq` > `afterSeq`, ascending, at most `limit`. */
  read(session_id: SessionId, afterSeq: number, limit: number): StoredEvent[];
  /** `seq` and hash of the last event; null when there is no such session. */
  head(session_id: SessionId): { seq: number; hash: string } | null;
  summaries(): SessionSummary[];
  receipt(command_id: CommandId): Receipt | null;
  /** Forgets answers given before this time (milliseconds since 1970): nobody retries a command after weeks. */
  forgetReceipts(before: number): void;
  /**
   * Adds text to the checkpoints of open items, in one transaction. `offset` 0 starts an item anew: what was kept of it before is void.
   * What was written outlives this process; a power cut may take the last of it.
   * @throws {StorageError}
   */
  checkpoint(chunks: readonly OpenItemChunk[]): void;
  /** What a killed process left open, in the order it was opened. */
  openItems(session_id: SessionId): { item_id: string; kind: OpenItemKind; turn_id: TurnId; text: string }[];
  /** Where approvals stand in the logs, newest request first. */
  approvals(asked: ApprovalsAsked): ApprovalPlace[];
  /**
   * Deletes a session as a whole, and everything that belongs to it alone. The end of its chain, the time and the reason are kept.
   * @throws {StorageError} when the disk refuses; nothing was deleted then.
   */
  remove(session_id: SessionId, about: { ts: number; reason: string }): void;
  /** Recomputes the hash chain from the bytes on disk, of one session or of all. */
  verify(session_id?: SessionId): VerifyReport;
}

/** A request, or its answer, among events that are about to be stored. */
export interface ApprovalMark {
  what: 'asked' | 'answered';
  approval_id: ApprovalId;
  seq: number;
  ts: number;
}

export interface ApprovalsAsked {
  /** Absent: all. */
  status?: 'pending' | 'answered';
  session_id?: SessionId;
  approval_id?: ApprovalId;
  /** Only those that were requested before this one. */
  before?: { ts: number; approval_id: string };
  limit: number;
}

export interface ApprovalPlace {
  approval_id: ApprovalId;
  session_id: SessionId;
  /** Of the request. */
  ts: number;
  request_seq: number;
  /** Null: it waits. */
  answer_seq: number | null;
}

export interface OpenItemChunk {
  session_id: SessionId;
  turn_id: TurnId;
  item_id: string;
  kind: OpenItemKind;
  offset: number;
  text: string;
}

/** Lasting answers that belong to a folder. */
export interface RuleStore {
  forFolder(cwd: string, provider: ProviderId): FolderRule[];
  list(): FolderRule[];
  /** Those of all sessions, as their logs have them. */
  ofSessions(): SessionRule[];
  /** @returns the rule that holds: the same one, when there is one already. */
  add(rule: FolderRule): FolderRule;
  /** Forgets those that have run out by now (milliseconds since 1970). @returns how many. */
  removeOver(now: number): number;
  /** False when there is no such rule. */
  remove(rule_id: string): boolean;
}

// -------------------------------------------------------------------------------------------------------------------- doors

/** Who is asking: what the record keeps, and what they may do. */
export interface Principal {
  readonly actor: Actor;
  readonly scopes: ReadonlySet<Scope>;
  /** What the credential is narrowed to; absent: to nothing. */
  readonly restrictions?: Restrictions;
  /** When the credential ends, milliseconds since 1970: whoever it is hands out nothing that lasts longer. Null or absent: never. */
  readonly expiresAt?: number | null;
}

/** The writing end of a connection, whatever it is made of. */
export interface Sink {
  /** Sends one frame (JSON text). */
  send(frame: string): void;
  /** True while so much waits unsent that deltas should be merged rather than added. */
  busy(): boolean;
  /** Calls back once, when it is no longer busy. */
  onceDrained(callback: () => void): void;
  /** Ends the connection for this reason. */
  close(code: ErrorCode, message: string): void;
  /** Where the client speaks from, for lists that people look at: never for a decision. */
  readonly seen?: SeenClient;
}

/** What a door knows of a client beside who it is. */
export interface SeenClient {
  door: 'window' | 'websocket' | 'sealed' | 'ductor' | 'sse' | 'cli';
  /** Peer address; "local socket" on a Unix socket. */
  address: string;
  /** What it says it is: a browser and its system, or the User-Agent cut to 100 characters. */
  client: string;
}

/** A client that is in the hall now. */
export interface OpenClient {
  readonly connection_id: string;
  readonly principal: Principal;
  readonly seen: SeenClient | undefined;
  /** Milliseconds since 1970. */
  readonly connected_at: number;
  /** Sessions it follows. */
  readonly sessions: number;
  /** It follows this one. */
  follows(sessionId: SessionId): boolean;
  /** Ends its connection for this reason. */
  end(code: ErrorCode, message: string): void;
}

/** One client. The door feeds it text and tells it when the client is gone. */
export interface Connection {
  receive(text: string): void;
  close(): void;
}

/** The one hall behind all doors. */
export interface Hall {
  connect(principal: Principal, sink: Sink): Connection;
  /** Connections that are open. */
  readonly connections: number;
}

/** Answers to queries come from outside the core; one function for each. A refusal is a Problem. */
export type QueryHandlers = {
  [T in Query['type']]: (query: Extract<Query, { type: T }>, principal: Principal) => Promise<unknown> | unknown;
};

/** Looks at a folder before a session is opened in it. Null: it can be used; `path` is its resolved form. */
export interface Folders {
  inspect(path: string): Promise<{ ok: true; path: string } | { ok: false; problem: Problem }>;
}

/** Makes ids and digests; random and hashing live outside the core. */
export interface Entropy {
  /** "prefix_" and 20 characters that sort by time. */
  id(prefix: 'ses' | 'turn' | 'q' | 'apr' | 'msg' | 'rule' | 'goal' | 'task'): string;
  /** SHA-256, hex. */
  sha256(text: string): string;
}

/** Structured log of the app; secrets are redacted on the way. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

export type { ApprovalId, DurableEvent };
