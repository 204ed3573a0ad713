import type { Problem } from '../../../main/protocol/errors.ts';
import type { EventOf, SessionOrigin } from '../../../main/protocol/events.ts';
import type { ApprovalId, ProviderId, QueueId, RuleId, SessionId, TurnId } from '../../../main/protocol/ids.ts';
import type { Saying } from '../../../main/protocol/saying.ts';
import type {
  Actor,
  Attachment,
  FileDiff,
  Goal,
  GoalStatus,
  PermissionMode,
  PlanEntry,
  PlanLimit,
  RuleMatch,
  ToolKind,
} from '../../../main/protocol/values.ts';

/** What a person sees of one session, derived from its events and open items. Never changed in place. */
export interface TranscriptView {
  readonly sessionId: SessionId;
  /** Last durable event that is in here. */
  readonly seq: number;
  /** `attaching`: a replay is on its way; what does not fit is ignored until it is complete. */
  readonly phase: 'attaching' | 'live';
  readonly meta: SessionMeta | null;
  /** Turns, lines between them, and parts that were gone back over, oldest first. */
  readonly entries: readonly Entry[];
  readonly turns: ReadonlyMap<TurnId, Turn>;
  readonly approvals: ReadonlyMap<ApprovalId, Approval>;
  /** Approvals that wait for a person, oldest first. */
  readonly waiting: readonly ApprovalId[];
  readonly queue: readonly QueuedMessage[];
  /** Usage as told last; its context numbers are those of the session now. */
  readonly usage: EventOf<'usage'> | null;
  /** The last time the CLI made room in its context; null: never. */
  readonly compacted: Compaction | null;
  /** Windows of the account's plan, by provider, as told last. */
  readonly planLimits: ReadonlyMap<ProviderId, readonly PlanLimit[]>;
  /** What may be done without asking until the session ends, oldest first. */
  readonly rules: readonly SessionRule[];
  /** What the agent will be told with the next message of what it has not seen; null: nothing has to be said. */
  readonly digest: PendingDigest | null;
  /** What the running turn has told the agent ahead of its message; null: no turn runs. */
  readonly telling:
    | (PendingDigest & { /** The agent has said or done something since. */ readonly heard: boolean })
    | null;
  /** Up to which event each agent has seen the session itself. Absent: nothing of it. */
  readonly seenBy: ReadonlyMap<ProviderId, number>;
  readonly goal: Goal | null;
  /** Every change to a file, in the order of the log. Going back over a turn takes no change of it back, so those stay. */
  readonly changes: readonly FileChange[];
  /** The plan as told last, in what was not gone back over; null: none was. */
  readonly plan: SessionPlan | null;
  readonly runningTurn: TurnId | null;
  /** The last turn that was not gone back over. */
  readonly lastTurn: TurnId | null;
}

export interface SessionMeta {
  readonly title: string;
  readonly cwd: string;
  readonly provider: ProviderId;
  readonly model: string | null;
  readonly effort: string | null;
  readonly mode: PermissionMode;
  readonly archived: boolean;
  readonly createdAt: number;
  readonly origin: SessionOrigin | null;
  /** The CLI's own name of this session, model and version, once it has told them. */
  readonly cli: { sessionId: string; version?: string; model?: string } | null;
}

export interface FileChange {
  readonly seq: number;
  readonly ts: number;
  readonly toolCallId: string;
  readonly diff: FileDiff;
}

export interface SessionPlan {
  readonly seq: number;
  readonly ts: number;
  readonly entries: readonly PlanEntry[];
}

/** `seq`: the first event of it. */
export type Entry =
  | { readonly kind: 'turn'; readonly seq: number; readonly turnId: TurnId }
  | { readonly kind: 'line'; readonly seq: number; readonly line: LineItem }
  | RewoundEntry;

/** A part of the conversation that was gone back over: still in the log, but no agent hears of it any more. */
export interface RewoundEntry {
  readonly kind: 'rewound';
  /** First hidden event. */
  readonly seq: number;
  readonly key: string;
  readonly ts: number;
  readonly by: Actor;
  readonly entries: readonly Entry[];
}

export interface Turn {
  readonly turnId: TurnId;
  readonly status: 'running' | 'completed' | 'failed' | 'aborted' | 'interrupted';
  readonly startedAt: number;
  readonly durationMs: number | null;
  readonly provider: ProviderId | null;
  readonly model: string | null;
  readonly effort: string | null;
  /** What the agent was told, before the message, of what it had not seen. */
  readonly digest: string | null;
  readonly problem: Problem | null;
  readonly usage: EventOf<'usage'> | null;
  /** Somebody asked to stop it. */
  readonly stopping: boolean;
  /** Time limits that are about to end it. */
  readonly warnings: readonly LimitWarning[];
  /** Finished items in the order of the log. */
  readonly items: readonly Item[];
  /** Items that still grow, in the order they were opened. */
  readonly open: readonly OpenItem[];
}

/** `endsAt`: milliseconds since 1970. */
export interface LimitWarning {
  readonly limit: 'idle' | 'total';
  readonly endsAt: number;
}

export interface UserItem {
  readonly kind: 'user';
  readonly key: string;
  readonly seq: number;
  readonly ts: number;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly by: Actor;
}
export interface TextItem {
  readonly kind: 'text' | 'reasoning';
  readonly key: string;
  /** Absent in what comes from the vault. */
  readonly seq?: number;
  /** The tool call behind which a sub-agent said it. */
  readonly parentId: string | null;
  readonly text: string;
  readonly partial: boolean;
  readonly durationMs: number | null;
}
export interface ToolItem {
  readonly kind: 'tool';
  readonly key: string;
  /** Of its first event; absent in what comes from the vault. */
  readonly seq?: number;
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
        /** Names `text` where it is the app's. */
        readonly say?: Saying | null;
        readonly raw: string | null;
      }
    | { readonly type: 'model'; readonly model: string | null; readonly by: Actor }
    | { readonly type: 'effort'; readonly effort: string | null; readonly by: Actor }
    | { readonly type: 'provider'; readonly provider: ProviderId; readonly by: Actor }
    | { readonly type: 'mode'; readonly mode: PermissionMode; readonly by: Actor }
    | { readonly type: 'archived'; readonly archived: boolean; readonly by: Actor }
    | { readonly type: 'rule'; readonly rule: RuleMatch; readonly scope: 'session' | 'folder'; readonly by: Actor }
    | { readonly type: 'rule_removed'; readonly rule: RuleMatch; readonly by: Actor }
    | ({ readonly type: 'compacted' } & Compaction)
    /** `text`: the objective of one that was set, else why it is so now. `active`: it goes on. */
    | { readonly type: 'goal'; readonly change: 'set' | GoalStatus; readonly text: string; readonly by: Actor }
    | { readonly type: 'limit_extended'; readonly endsAt: number | null; readonly by: Actor };
}
export type Item = UserItem | TextItem | ToolItem | PlanItem | LineItem;

export interface OpenItem {
  readonly kind: 'text' | 'reasoning' | 'tool_input';
  readonly key: string;
  readonly itemId: string;
  readonly text: string;
}

/** The CLI's context was summed up. Tokens, where the CLI tells them. */
export interface Compaction {
  readonly trigger: 'auto' | 'manual';
  readonly before: number | null;
  readonly after: number | null;
  readonly ts: number;
}

export interface SessionRule {
  readonly ruleId: RuleId;
  readonly rule: RuleMatch;
  readonly provider: ProviderId | null;
  readonly by: Actor;
}

/** `text` null: the person does not want it to be told. `original`: as the app wrote it; null when it wrote none. */
export interface PendingDigest {
  readonly text: string | null;
  readonly original: string | null;
  /** A person wrote it, or took it away. */
  readonly edited: boolean;
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
  readonly attachments: readonly Attachment[];
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
    compacted: null,
    planLimits: new Map(),
    rules: [],
    digest: null,
    telling: null,
    seenBy: new Map(),
    goal: null,
    changes: [],
    plan: null,
    runningTurn: null,
    lastTurn: null,
  };
}
