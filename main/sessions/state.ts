import type { ApprovalId, ProviderId, QueueId, RuleId, SessionId, TurnId } from '../protocol/ids.ts';
import type { Actor, PermissionMode, RuleMatch, ToolKind } from '../protocol/values.ts';

/** A turn that runs. */
export interface ActiveTurn {
  readonly turn_id: TurnId;
  /** Milliseconds since 1970. */
  readonly started_at: number;
  readonly provider: ProviderId;
  readonly abortRequested: boolean;
  /** After an abort: the waiting message to go on with; null: none, the queue waits. */
  readonly sendNext: QueueId | null;
}

export interface PendingApproval {
  readonly approval_id: ApprovalId;
  readonly tool_call_id: string;
  readonly kind: ToolKind;
  readonly rule: RuleMatch | null;
  readonly digest: string;
}

export interface OpenTool {
  readonly tool_call_id: string;
  readonly tool: string;
  readonly kind: ToolKind;
  readonly title: string;
  readonly started_at: number;
}

export interface WaitingMessage {
  readonly queue_id: QueueId;
  readonly text: string;
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
  readonly mode: PermissionMode;
  readonly title: string;
  readonly archived: boolean;
  readonly created_at: number;
  readonly updated_at: number;
  readonly preview: string;
  readonly turn: ActiveTurn | null;
  readonly lastTurn: 'completed' | 'failed' | 'aborted' | 'interrupted' | null;
  readonly queue: readonly WaitingMessage[];
  readonly approvals: Readonly<Record<string, PendingApproval>>;
  /** Approvals that have their answer. */
  readonly answered: Readonly<Record<string, true>>;
  readonly openTools: Readonly<Record<string, OpenTool>>;
  /** Rules of this session; each speaks for the provider it was given to. */
  readonly rules: readonly { readonly rule_id: RuleId; readonly rule: RuleMatch; readonly provider: ProviderId }[];
  /** provider -> the CLI's own session id. */
  readonly providerSessions: Readonly<Record<string, string>>;
}

export function emptyState(session_id: SessionId): SessionState {
  return {
    session_id,
    seq: 0,
    cwd: '',
    provider: 'none' as ProviderId,
    model: null,
    mode: 'ask',
    title: '',
    archived: false,
    created_at: 0,
    updated_at: 0,
    preview: '',
    turn: null,
    lastTurn: null,
    queue: [],
    approvals: {},
    answered: {},
    openTools: {},
    rules: [],
    providerSessions: {},
  };
}
