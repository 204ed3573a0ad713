import { err, ok, type Result } from '../base/result.ts';
import type { CommandOf, SessionCommand } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import type { SessionEvent } from '../protocol/events.ts';
import type { ApprovalId, MessageId, QueueId, RuleId, TurnId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { Actor } from '../protocol/values.ts';
import type { SessionState } from './state.ts';

/** What a decision may use beside state and command. Everything random or timed is made outside. */
export interface DecisionContext {
  readonly actor: Actor;
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
}

/** An event and the turn it belongs to. */
export interface Decided {
  readonly turn_id: TurnId | null;
  readonly event: SessionEvent;
}

export interface Decision {
  readonly events: readonly Decided[];
  /** Goes back to who asked. */
  readonly result: Record<string, unknown>;
}

const app: Actor = { kind: 'app', via: 'app' };

/** Starts a turn with these words. */
export function turnEvents(
  state: SessionState,
  text: string,
  context: DecisionContext,
  by: Actor = context.actor,
): Decided[] {
  const { turn_id, message_id } = context.fresh;
  return [
    { turn_id, event: { type: 'user_message', message_id, text, by } },
    {
      turn_id,
      event: { type: 'turn_started', message_id, provider: state.provider, model: state.model, mode: state.mode },
    },
  ];
}

/** Takes back every approval nobody will answer any more. */
export function withdrawApprovals(state: SessionState): Decided[] {
  return Object.values(state.approvals).map((pending) => ({
    turn_id: state.turn?.turn_id ?? null,
    event: {
      type: 'approval_resolved',
      approval_id: pending.approval_id,
      decision: 'withdrawn',
      digest: pending.digest,
      by: app,
    },
  }));
}

function refusal(code: Problem['code'], message: string, impact: string, next: string): { ok: false; error: Problem } {
  return err({ code, message, impact, next });
}

const nothingChanged = 'Nothing was changed.';

/** Commands that put words before the agent. */
const speaks: ReadonlySet<SessionCommand['type']> = new Set(['message', 'queue_edit', 'queue_send_now'] as const);

const mayNotAct = refusal(
  'forbidden',
  'In this session the agent acts without asking, so to speak to it needs the scope approvals:write.',
  'Your message was not sent.',
  'Use a key that has approvals:write, or ask the owner to set the session to Ask.',
);

const otherTurn = refusal(
  'no_active_turn',
  'The turn you wanted to stop has ended; another one runs now.',
  'The other one was not stopped.',
  'Stop it, if that is what you want.',
);

function decideMessage(
  state: SessionState,
  command: CommandOf<'message'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  if (state.archived) {
    return refusal(
      'archived',
      'This session is archived.',
      'Your message was not sent.',
      'Bring the session back, then send it again.',
    );
  }
  if (!state.turn) {
    return ok({ events: turnEvents(state, command.text, context), result: { turn_id: context.fresh.turn_id } });
  }
  if (state.queue.length >= limits.queueLength) {
    return refusal(
      'queue_full',
      `${limits.queueLength} messages already wait in this session.`,
      'Your message was not sent.',
      'Wait for the running turn, or remove a waiting message, then send it again.',
    );
  }
  const { queue_id } = context.fresh;
  return ok({
    events: [
      {
        turn_id: state.turn.turn_id,
        event: { type: 'message_queued', queue_id, text: command.text, by: context.actor },
      },
    ],
    result: { queue_id },
  });
}

function decideAbort(state: SessionState, context: DecisionContext, sendNext?: QueueId): Result<Decision, Problem> {
  if (!state.turn) {
    return refusal(
      'no_active_turn',
      'Nothing is running in this session.',
      nothingChanged,
      'Send a message to start a turn.',
    );
  }
  const { turn_id } = state.turn;
  if (state.turn.abortRequested && sendNext === undefined) return ok({ events: [], result: { turn_id } });
  const abort: Decided = { turn_id, event: { type: 'abort_requested', send_next: sendNext, by: context.actor } };
  return ok({ events: [abort, ...withdrawApprovals(state)], result: { turn_id } });
}

function decideApproval(
  state: SessionState,
  command: CommandOf<'approval_response'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  const pending = state.approvals[command.approval_id];
  if (!pending) {
    return state.answered[command.approval_id]
      ? refusal(
          'already_answered',
          'This request was answered before.',
          'The first answer stands.',
          'The transcript shows who answered.',
        )
      : refusal(
          'not_found',
          'There is no such request in this session.',
          nothingChanged,
          'Open the session again to see what waits.',
        );
  }
  const { approval_id } = pending;
  const turn_id = state.turn?.turn_id ?? null;
  const lasting = command.decision === 'allow_session' || command.decision === 'allow_always';
  if (lasting && !pending.rule) {
    return refusal(
      'invalid_frame',
      'This request can only be allowed once.',
      'It still waits for an answer.',
      'Choose Allow once or Deny.',
    );
  }
  const events: Decided[] = [
    {
      turn_id,
      event: {
        type: 'approval_resolved',
        approval_id,
        decision: command.decision,
        message: command.message,
        answers: command.answers,
        digest: pending.digest,
        by: context.actor,
      },
    },
  ];
  if (lasting && pending.rule) {
    const scope = command.decision === 'allow_always' ? 'folder' : 'session';
    events.push({
      turn_id,
      event: { type: 'rule_added', rule_id: context.fresh.rule_id, rule: pending.rule, scope, by: context.actor },
    });
  }
  return ok({ events, result: { approval_id } });
}

function decideQueue(
  state: SessionState,
  command: CommandOf<'queue_edit' | 'queue_remove' | 'queue_move' | 'queue_send_now'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  const waiting = state.queue.find((one) => one.queue_id === command.queue_id);
  if (!waiting) {
    return refusal(
      'not_found',
      'This message does not wait any more.',
      'It was sent or removed before.',
      'The transcript shows what was sent.',
    );
  }
  const by = context.actor;
  const turn_id = state.turn?.turn_id ?? null;
  const { queue_id } = waiting;
  const one = (event: SessionEvent): Result<Decision, Problem> =>
    ok({ events: [{ turn_id, event }], result: { queue_id } });
  switch (command.type) {
    case 'queue_edit':
      return one({ type: 'queue_edited', queue_id, text: command.text, by });
    case 'queue_remove':
      return one({ type: 'queue_removed', queue_id, reason: 'cancelled', by });
    case 'queue_move':
      return one({ type: 'queue_moved', queue_id, before: command.before, by });
    case 'queue_send_now': {
      const sent: Decided = { turn_id, event: { type: 'queue_removed', queue_id, reason: 'sent', by } };
      if (!state.turn) {
        return ok({
          events: [sent, ...turnEvents(state, waiting.text, context, waiting.by)],
          result: { queue_id, turn_id: context.fresh.turn_id },
        });
      }
      if (!context.canSteer) {
        const aborted = decideAbort(state, context, queue_id);
        return aborted.ok ? ok({ events: aborted.value.events, result: { queue_id } }) : aborted;
      }
      const { message_id } = context.fresh;
      return ok({
        events: [sent, { turn_id, event: { type: 'user_message', message_id, text: waiting.text, by: waiting.by } }],
        result: { queue_id, turn_id: state.turn.turn_id },
      });
    }
  }
}

/**
 * What a command means for a session: the events it causes and the answer, or a refusal in words for a person. Pure: no clock, no I/O, no
 * randomness. The session exists (`seq` > 0).
 */
export function decide(
  state: SessionState,
  command: SessionCommand,
  context: DecisionContext,
): Result<Decision, Problem> {
  const free = state.mode === 'full' || state.mode === 'accept-edits';
  if (free && !context.mayApprove && speaks.has(command.type)) return mayNotAct;
  const by = context.actor;
  const turn_id = state.turn?.turn_id ?? null;
  const changed = (change: {
    title?: string;
    model?: string | null;
    mode?: SessionState['mode'];
    archived?: boolean;
  }) => ok({ events: [{ turn_id, event: { type: 'session_changed' as const, ...change, by } }], result: {} });
  switch (command.type) {
    case 'message':
      return decideMessage(state, command, context);
    case 'abort':
      if (command.turn_id && state.turn && command.turn_id !== state.turn.turn_id) return otherTurn;
      return decideAbort(state, context);
    case 'approval_response':
      return decideApproval(state, command, context);
    case 'queue_edit':
    case 'queue_remove':
    case 'queue_move':
    case 'queue_send_now':
      return decideQueue(state, command, context);
    case 'set_model':
      return state.model === command.model ? ok({ events: [], result: {} }) : changed({ model: command.model });
    case 'set_mode':
      return state.mode === command.mode ? ok({ events: [], result: {} }) : changed({ mode: command.mode });
    case 'rename_session':
      return changed({ title: command.title });
    case 'archive_session':
      return state.archived === command.archived
        ? ok({ events: [], result: {} })
        : changed({ archived: command.archived });
  }
}

/** A new session. Its folder was looked at before. */
export function decideNewChat(command: CommandOf<'new_chat'>, cwd: string, actor: Actor): Decided[] {
  return [
    {
      turn_id: null,
      event: {
        type: 'session_created',
        cwd,
        provider: command.provider,
        model: command.model ?? null,
        mode: command.mode,
        title: command.title ?? '',
        by: actor,
      },
    },
  ];
}

/** The waiting message that goes next, now that no turn runs: after a completed turn the first one, after a stop only the one asked for. */
export function decideNext(state: SessionState, sendNext: QueueId | null, context: DecisionContext): Decided[] {
  if (state.turn || state.archived) return [];
  const wanted = sendNext && state.queue.find((one) => one.queue_id === sendNext);
  const next = wanted || (state.lastTurn === 'completed' ? state.queue[0] : undefined);
  if (!next) return [];
  return [
    { turn_id: null, event: { type: 'queue_removed', queue_id: next.queue_id, reason: 'sent', by: context.actor } },
    ...turnEvents(state, next.text, context, next.by),
  ];
}
