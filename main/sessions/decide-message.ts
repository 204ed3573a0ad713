import { ok, type Result } from '../base/result.ts';
import type { CommandOf } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import type { SessionEvent } from '../protocol/events.ts';
import type { QueueId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { say } from '../protocol/saying.ts';
import type { Actor, Attachment } from '../protocol/values.ts';
import { missedBy } from './decide-provider.ts';
import { app, type Decided, type Decision, type DecisionContext, nothingChanged, ofTurn, refusal } from './decision.ts';
import type { SessionState } from './state.ts';

/** Absent rather than empty, so that a message without attachments looks as it always did. */
const someOf = (attachments: readonly Attachment[] | undefined): Attachment[] | undefined =>
  attachments && attachments.length > 0 ? [...attachments] : undefined;

/**
 * Starts a turn with these words. What the agent has not seen of the session goes ahead of them, except ahead of a command of the CLI itself:
 * then it waits for the next turn.
 */
export function turnEvents(
  state: SessionState,
  text: string,
  context: DecisionContext,
  by: Actor = context.actor,
  attachments: readonly Attachment[] = [],
): Decided[] {
  const { turn_id, message_id } = context.fresh;
  const pending = state.digest ? state.digest.text : missedBy(state, state.provider, context);
  const waits = pending !== null && context.isSlashCommand(text);
  const events: Decided[] = [];
  if (waits && !state.digest) events.push({ turn_id: null, event: { type: 'digest', text: pending, by: app } });
  const { idle_ms, total_ms } = context.limits;
  return [
    ...events,
    {
      turn_id,
      event: { type: 'user_message', message_id, text, attachments: someOf(attachments), by },
    },
    {
      turn_id,
      event: {
        type: 'turn_started',
        message_id,
        provider: state.provider,
        model: state.model,
        effort: state.effort ?? undefined,
        mode: state.mode,
        digest: waits ? undefined : (pending ?? undefined),
        limits: idle_ms === null && total_ms === null ? undefined : { idle_ms, total_ms },
      },
    },
  ];
}

/** Takes back every approval nobody will answer any more. */
export function withdrawApprovals(state: SessionState): Decided[] {
  return Object.values(state.approvals).map((pending) =>
    ofTurn(state, {
      type: 'approval_resolved',
      approval_id: pending.approval_id,
      decision: 'withdrawn',
      digest: pending.digest,
      by: app,
    }),
  );
}

export function decideMessage(
  state: SessionState,
  command: CommandOf<'message'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  if (state.archived) {
    return refusal(
      'archived',
      say('message.archived'),
      'This session is archived.',
      'Your message was not sent.',
      'Bring the session back, then send it again.',
    );
  }
  const lost = command.attachments?.find((one) => !context.hasAttachment(one));
  if (lost) {
    return refusal(
      'not_found',
      say('message.attachmentGone', { name: lost.name }),
      `The file "${lost.name}" of this message is not here.`,
      'Your message was not sent.',
      'Attach the file again, then send the message again.',
    );
  }
  if (!state.turn) {
    return ok({
      events: turnEvents(state, command.text, context, context.actor, command.attachments),
      result: { turn_id: context.fresh.turn_id },
    });
  }
  if (state.queue.length >= limits.queueLength) {
    return refusal(
      'queue_full',
      say('message.queueFull', { most: limits.queueLength }),
      `${limits.queueLength} messages already wait in this session.`,
      'Your message was not sent.',
      'Wait for the running turn, or remove a waiting message, then send it again.',
    );
  }
  const { queue_id } = context.fresh;
  const { text, attachments } = command;
  const queued: SessionEvent = {
    type: 'message_queued',
    queue_id,
    text,
    attachments: someOf(attachments),
    by: context.actor,
  };
  return ok({ events: [ofTurn(state, queued)], result: { queue_id } });
}

export function decideAbort(
  state: SessionState,
  context: DecisionContext,
  sendNext?: QueueId,
): Result<Decision, Problem> {
  if (!state.turn) {
    return refusal(
      'no_active_turn',
      say('turn.none'),
      'Nothing is running in this session.',
      nothingChanged,
      'Send a message to start a turn.',
    );
  }
  const { turn_id } = state.turn;
  if (state.turn.abortRequested && sendNext === undefined) return ok({ events: [], result: { turn_id } });
  const abort = ofTurn(state, { type: 'abort_requested', send_next: sendNext, by: context.actor });
  return ok({ events: [abort, ...withdrawApprovals(state)], result: { turn_id } });
}

export function decideQueue(
  state: SessionState,
  command: CommandOf<'queue_edit' | 'queue_remove' | 'queue_move' | 'queue_send_now'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  const waiting = state.queue.find((one) => one.queue_id === command.queue_id);
  if (!waiting) {
    return refusal(
      'not_found',
      say('queue.gone'),
      'This message does not wait any more.',
      'It was sent or removed before.',
      'The transcript shows what was sent.',
    );
  }
  const by = context.actor;
  const { queue_id, text, attachments } = waiting;
  const one = (event: SessionEvent): Result<Decision, Problem> =>
    ok({ events: [ofTurn(state, event)], result: { queue_id } });
  switch (command.type) {
    case 'queue_edit':
      return one({ type: 'queue_edited', queue_id, text: command.text, by });
    case 'queue_remove':
      return one({ type: 'queue_removed', queue_id, reason: 'cancelled', by });
    case 'queue_move':
      return one({ type: 'queue_moved', queue_id, before: command.before, by });
    case 'queue_send_now': {
      const sent = ofTurn(state, { type: 'queue_removed', queue_id, reason: 'sent', by });
      if (!state.turn) {
        return ok({
          events: [sent, ...turnEvents(state, text, context, waiting.by, attachments)],
          result: { queue_id, turn_id: context.fresh.turn_id },
        });
      }
      if (!context.canSteer) {
        const aborted = decideAbort(state, context, queue_id);
        return aborted.ok ? ok({ events: aborted.value.events, result: { queue_id } }) : aborted;
      }
      const { message_id } = context.fresh;
      const said = ofTurn(state, {
        type: 'user_message',
        message_id,
        text,
        attachments: someOf(attachments),
        by: waiting.by,
      });
      return ok({ events: [sent, said], result: { queue_id, turn_id: state.turn.turn_id } });
    }
  }
}

/** The waiting message that goes next, now that no turn runs: after a completed turn the first one, after a stop only the one asked for. */
export function decideNext(state: SessionState, sendNext: QueueId | null, context: DecisionContext): Decided[] {
  if (state.turn || state.archived) return [];
  const wanted = sendNext && state.queue.find((one) => one.queue_id === sendNext);
  const next = wanted || (state.lastTurn === 'completed' ? state.queue[0] : undefined);
  if (!next) return [];
  return [
    { turn_id: null, event: { type: 'queue_removed', queue_id: next.queue_id, reason: 'sent', by: context.actor } },
    ...turnEvents(state, next.text, context, next.by, next.attachments),
  ];
}
