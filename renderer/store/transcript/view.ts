import type { Problem } from '../../../main/protocol/errors.ts';
import type { EventOf } from '../../../main/protocol/events.ts';
import type { ApprovalId, QueueId, SessionId, TurnId } from '../../../main/protocol/ids.ts';
import type { Actor, FileDiff, PermissionMode, PlanEntry, ToolKind } from '../../../main/protocol/values.ts';

/** What a person sees of one session, derived from its events and open items. Never changed in place. */
export interface TranscriptView {
  readonly sessionId: SessionId;
  /** Last durable event that is in here. */
  readonly seq: number;
  /** `attaching`: a replay is on its way; what does not fit is ignored until it is complete. */
  readonly phase: 'attaching' | 'live';
  readonly meta: SessionMeta | null;
  /** Turns and lines between them, oldest first. */
  readonly entries: readonly Entry[];
  readonly turns: ReadonlyMap<TurnId, Turn>;
  readonly approvals: ReadonlyMap<ApprovalId, Approval>;
  /** Approvals that wait for a person, oldest first. */
  readonly waiting: readonly ApprovalId[];
  readonly queue: readonly QueuedMessage[];
  /** Usage as told last; its context numbers are those of the session now. */
  readonly usage: EventOf<'usage'> | null;
  readonly runningTurn: TurnId | null;
  readonly lastTurn: TurnId | null;
}

export interface SessionMeta {
  readonly title: string;
  readonly cwd: string;
  readonly provider: string;
  readonly model: string | null;
  readonly mode: PermissionMode;
  readonly archived: boolean;
  readonly createdAt: number;
  /** The CLI's own name of this session, model and version, once it has told them. */
  readonly cli: { sessionId: string; version?: string; model?: string } | null;
}

export type Entry =
  | { readonly kind: 'turn'; readonly turnId: TurnId }
  | { readonly kind: 'line'; readonly line: LineItem };

export interface Turn {
  readonly turnId: TurnId;
  readonly status: 'running' | 'completed' | 'failed' | 'aborted' | 'interrupted';
  readonly startedAt: number;
  readonly durationMs: number | null;
  readonly model: string | null;
  readonly problem: Problem | null;
  readonly usage: EventOf<'usage'> | null;
  /** Somebody asked to stop it. */
  readonly stopping: boolean;
  /** Finished items in the order of the log. */
  readonly items: readonly Item[];
  /** Items that still grow, in the order they were opened. */
  readonly open: readonly OpenItem[];
}

export interface UserItem {
  readonly kind: 'user';
  readonly key: string;
  readonly ts: number;
  readonly text: string;
  readonly by: Actor;
}
export interface TextItem {
  readonly kind: 'text' | 'reasoning';
  readonly key: string;
  readonly text: string;
  readonly partial: boolean;
  readonly durationMs: number | null;
}
export interface ToolItem {
  readonly kind: 'tool';
  readonly key: string;
  readonly toolCallId: string;
  readonly parentId: string | null;
  readonly tool: string;
  readonly toolKind: ToolKind;
  readonly title: string;
  readonly input: unknown;
  readonly status: 'running' | 'completed' | 'failed' | 'denied' | 'cancelled';
  readonly startedAt: number;
  readonly durationMs: number | null;
  readonly exitCode: number | null;
  /** What the log keeps; while it runs, what came so far. */
  readonly output: string;
  readonly outputOmitted: number;
  readonly diffs: readonly FileDiff[];
  readonly approvals: readonly ApprovalId[];
}
export interface PlanItem {
  readonly kind: 'plan';
  readonly key: string;
  readonly entries: readonly PlanEntry[];
}
/** A quiet line of status. */
export interface LineItem {
  readonly kind: 'line';
  readonly key: string;
  readonly ts: number;
  readonly line:
    | {
        readonly type: 'notice';
        readonly level: 'info' | 'warning' | 'error';
        readonly code: string;
        readonly text: string;
        readonly raw: string | null;
      }
    | { readonly type: 'model'; readonly model: string | null; readonly by: Actor }
    | { readonly type: 'mode'; readonly mode: PermissionMode; readonly by: Actor }
    | { readonly type: 'archived'; readonly archived: boolean; readonly by: Actor }
    | { readonly type: 'rule'; readonly label: string; readonly scope: 'session' | 'folder'; readonly by: Actor };
}
export type Item = UserItem | TextItem | ToolItem | PlanItem | LineItem;

export interface OpenItem {
  readonly kind: 'text' | 'reasoning' | 'tool_input';
  readonly key: string;
  readonly itemId: string;
  readonly text: string;
}

export interface Approval {
  readonly request: EventOf<'approval_request'>;
  readonly turnId: TurnId | null;
  readonly askedAt: number;
  readonly resolved: (EventOf<'approval_resolved'> & { readonly at: number }) | null;
}

export interface QueuedMessage {
  readonly queueId: QueueId;
  readonly text: string;
  readonly by: Actor;
}

/** The view before anything is known. */
export function emptyView(sessionId: SessionId): TranscriptView {
  return {
    sessionId,
    seq: 0,
    phase: 'attaching',
    meta: null,
    entries: [],
    turns: new Map(),
    approvals: new Map(),
    waiting: [],
    queue: [],
    usage: null,
    runningTurn: null,
    lastTurn: null,
  };
}
