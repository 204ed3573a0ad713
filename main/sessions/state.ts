import type { Problem } from '../protocol/errors.ts';
import type { EventOf, SessionOrigin } from '../protocol/events.ts';
import type { ApprovalId, ProviderId, QueueId, RuleId, SessionId, TurnId } from '../protocol/ids.ts';
import type {
  Actor,
  ApprovalOption,
  Attachment,
  Goal,
  PermissionMode,
  RuleMatch,
  ToolKind,
} from '../protocol/values.ts';
import type { ProviderBucket } from './buckets.ts';
import { type GoalPursuit, noPursuit } from './goal-pursuit.ts';

/** When a turn is ended by itself, milliseconds; null: never. */
export interface TurnLimits {
  readonly idle_ms: number | null;
  readonly total_ms: number | null;
}

/** A turn that runs. */
export interface ActiveTurn {
  readonly turn_id: TurnId;
  /** Milliseconds since 1970. */
  readonly started_at: number;
  readonly provider: ProviderId;
  readonly abortRequested: boolean;
  /** After an abort: the waiting message to go on with; null: none, the queue waits. */
  readonly sendNext: QueueId | null;
  /** `seq` of the message that began it. */
  readonly startSeq: number;
  /** What it was begun with. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** What the agent is told ahead of the message; null: nothing. */
  readonly digest: string | null;
  readonly digestEdited: boolean;
  /** The agent has said or done something in it: it must not be begun anew. */
  readonly heard: boolean;
  /** A person approved a plan of the agent in it: what comes after planning may be freer. */
  readonly planApproved: boolean;
  /** The CLI did not know its conversation any more; the turn was begun afresh, once. */
  readonly resumeLost: boolean;
  /** Tool calls that were answered by a kept answer. */
  readonly stored: readonly string[];
  readonly limits: TurnLimits;
  /** Limits that are about to end it: when, milliseconds since 1970. */
  readonly warned: { readonly idle: number | null; readonly total: number | null };
}

export interface PendingApproval {
  readonly approval_id: ApprovalId;
  readonly tool_call_id: string;
  readonly kind: ToolKind;
  readonly rule: RuleMatch | null;
  readonly options: readonly ApprovalOption[];
  readonly digest: string;
  /** The turn in which it was asked; once that has ended, no agent waits any more. */
  readonly turn_id: TurnId | null;
  /** The agent that asked. */
  readonly provider: ProviderId;
  /** The request as it was shown: an answer speaks for what was seen. */
  readonly asked: EventOf<'approval_request'>;
}

/** An answer that was given when no agent waited any more: good for the same request of the resumed agent, once. */
export interface KeptAnswer {
  readonly request: PendingApproval;
  readonly answer: EventOf<'approval_resolved'>;
  /** When it was given, milliseconds since 1970. */
  readonly ts: number;
}

/** The answer an approval has. */
export interface GivenAnswer {
  readonly decision: EventOf<'approval_resolved'>['decision'];
  readonly by: Actor;
  readonly ts: number;
}

export interface SessionRuleState {
  readonly rule_id: RuleId;
  readonly rule: RuleMatch;
  readonly provider: ProviderId;
  /** Milliseconds since 1970; null: it stands until a person takes it back. */
  readonly expires_at: number | null;
}

export interface OpenTool {
  readonly tool_call_id: string;
  readonly tool: string;
  readonly kind: ToolKind;
  readonly title: string;
  readonly input: unknown;
  readonly started_at: number;
}

export interface WaitingMessage {
  readonly queue_id: QueueId;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Who wrote it, or last changed it. */
  readonly by: Actor;
}

/** What a session is, derived from its log and from nothing else. */
export interface SessionState {
  readonly session_id: SessionId;
  /** Last event applied; 0: the session does not exist yet. */
  readonly seq: number;
  readonly cwd: string;
  readonly provider: ProviderId;
  readonly model: string | null;
  readonly effort: string | null;
  readonly mode: PermissionMode;
  readonly title: string;
  readonly archived: boolean;
  readonly origin: SessionOrigin | null;
  readonly created_at: number;
  readonly updated_at: number;
  readonly preview: string;
  readonly turn: ActiveTurn | null;
  readonly lastTurn: 'completed' | 'failed' | 'aborted' | 'interrupted' | null;
  /** Why the turn before failed; null: it did not. */
  readonly lastProblem: Problem | null;
  readonly queue: readonly WaitingMessage[];
  readonly approvals: Readonly<Record<string, PendingApproval>>;
  /** Approvals that have their answer. */
  readonly answered: Readonly<Record<string, GivenAnswer>>;
  /** Answers that wait for the agent to ask again, by the digest they are bound to. */
  readonly kept: Readonly<Record<string, KeptAnswer>>;
  readonly openTools: Readonly<Record<string, OpenTool>>;
  /** Rules of this session; each speaks for the provider it was given to. */
  readonly rules: readonly SessionRuleState[];
  /** provider -> its own conversation behind this session, and what it has seen of it. */
  readonly buckets: Readonly<Record<string, ProviderBucket>>;
  /** What the next turn tells the agent; null: nobody said anything about it; `text` null: a person wants nothing told. */
  readonly digest: {
    readonly text: string | null;
    /** A person wrote it, or took it away. */
    readonly edited: boolean;
  } | null;
  /** Messages to an agent (`user_message`) that stand; a rewind takes them away. */
  readonly messages: readonly { readonly seq: number; readonly preview: string }[];
  /** A message whose turn has not begun yet: it does with the very next event. */
  readonly lastMessage: {
    readonly seq: number;
    readonly text: string;
    readonly attachments: readonly Attachment[];
  } | null;
  /** Attachments that stand in this session, by id. */
  readonly attachments: Readonly<Record<string, Attachment>>;
  /** provider -> JSON of the plan limits it told last. */
  readonly planLimits: Readonly<Record<string, string>>;
  readonly goal: Goal | null;
  /** Another program wrote to the CLI's conversation behind this session, and nothing was done about it yet. */
  readonly otherWriter: boolean;
  readonly pursuit: GoalPursuit;
}

export function emptyState(session_id: SessionId): SessionState {
  return {
    session_id,
    seq: 0,
    cwd: '',
    provider: 'none' as ProviderId,
    model: null,
    effort: null,
    mode: 'ask',
    title: '',
    archived: false,
    origin: null,
    created_at: 0,
    updated_at: 0,
    preview: '',
    turn: null,
    lastTurn: null,
    lastProblem: null,
    queue: [],
    approvals: {},
    answered: {},
    kept: {},
    openTools: {},
    rules: [],
    buckets: {},
    digest: null,
    messages: [],
    lastMessage: null,
    attachments: {},
    planLimits: {},
    goal: null,
    otherWriter: false,
    pursuit: noPursuit,
  };
}
