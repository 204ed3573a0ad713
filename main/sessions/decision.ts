import { err } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import type { SessionEvent } from '../protocol/events.ts';
import type { ApprovalId, MessageId, ProviderId, QueueId, RuleId, TurnId } from '../protocol/ids.ts';
import type { Saying } from '../protocol/saying.ts';
import type { Actor, Attachment, PermissionMode } from '../protocol/values.ts';
import type { GoalContext } from './goal-decide.ts';
import type { SessionState, TurnLimits } from './state.ts';

/** What deciding has to know of a provider. */
export interface ProviderFacts {
  readonly name: string;
  /** Modes it can hold the agent to. */
  readonly modes: readonly PermissionMode[];
  /** Its conversation goes on after its process has ended. */
  readonly resume: boolean;
  /** The CLI itself can branch a conversation at its end. */
  readonly fork: boolean;
  /** Its process runs and holds this session's conversation. */
  readonly live: boolean;
}

/** What a decision may use beside state and command. Everything random, timed or read from the log is made outside. */
export interface DecisionContext {
  readonly actor: Actor;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Fresh ids; each is used at most once. */
  readonly fresh: {
    readonly turn_id: TurnId;
    readonly message_id: MessageId;
    readonly queue_id: QueueId;
    readonly approval_id: ApprovalId;
    readonly rule_id: RuleId;
  };
  /** Can words be put into the running turn now? */
  readonly canSteer: boolean;
  /** May the actor answer approvals? Words to an agent that acts without asking are an answer in advance. */
  readonly mayApprove: boolean;
  /** When a turn that begins now is ended by itself. */
  readonly limits: TurnLimits;
  /** Null: there is no such provider. */
  readonly provider: (id: ProviderId) => ProviderFacts | null;
  /** What stands in the log after `afterSeq` and before `beforeSeq` (absent: its end), as an agent is told; null: nothing to tell. */
  readonly digest: (afterSeq: number, beforeSeq?: number) => string | null;
  /** Is this a command of the CLI itself, which must stand first in what it gets? */
  readonly isSlashCommand: (text: string) => boolean;
  /** The bytes of this attachment are here. */
  readonly hasAttachment: (attachment: Attachment) => boolean;
  readonly goals: GoalContext;
}

/** An event and the turn it belongs to. `ts`: of an event that is copied from elsewhere; absent: now. */
export interface Decided {
  readonly turn_id: TurnId | null;
  readonly event: SessionEvent;
  readonly ts?: number;
}

export interface Decision {
  readonly events: readonly Decided[];
  /** Goes back to who asked. */
  readonly result: Record<string, unknown>;
}

export const app: Actor = { kind: 'app', via: 'app' };

export const nothingChanged = 'Nothing was changed.';

export function refusal(
  code: Problem['code'],
  say: Saying,
  message: string,
  impact: string,
  next: string,
): { ok: false; error: Problem } {
  return err({ code, say, message, impact, next });
}

export function turnRunning(say: Saying, what: string): { ok: false; error: Problem } {
  return refusal(
    'turn_running',
    say,
    what,
    nothingChanged,
    'Stop the running turn or wait for its end, then try again.',
  );
}

/** An event of the running turn, if one runs. */
export const ofTurn = (state: SessionState, event: SessionEvent): Decided => ({
  turn_id: state.turn?.turn_id ?? null,
  event,
});
