import { ok, type Result } from '../base/result.ts';
import type { CommandOf } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import { bucketOf } from './buckets.ts';
import { type Decided, type Decision, type DecisionContext, nothingChanged, refusal, turnRunning } from './decision.ts';
import { forgetKept } from './kept-answers.ts';
import { otherWriterCode, takenOverCode } from './notice-codes.ts';
import type { SessionState } from './state.ts';

/** Tells the person, once until a turn begins or the conversation is taken over. @param name - of the agent, for people. */
export function otherWriterNotice(state: SessionState, name: string): Decided[] {
  if (state.otherWriter || state.archived) return [];
  const text =
    `Another program, perhaps ${name} in a terminal, went on with the conversation behind this session. What was said there is not shown here, ` +
    'and if both go on, neither knows what the other did.';
  return [
    {
      turn_id: null,
      event: {
        type: 'notice',
        level: 'warning',
        code: otherWriterCode,
        text,
        say: say('notice.otherWriter', { name }),
      },
    },
  ];
}

/**
 * Another program writes to the CLI's conversation behind this session. `reload`: the CLI is started again with what stands there now; `branch`:
 * it goes on with a branch of its own. Either way the event makes the caller end the running process.
 */
export function decideTakeOver(
  state: SessionState,
  { how }: CommandOf<'take_over'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  if (state.turn)
    return turnRunning(say('takeOver.whileRunning'), 'The conversation cannot be taken over while a turn runs.');
  const { provider } = state;
  const { provider_session_id } = bucketOf(state, provider);
  if (provider_session_id === null) {
    return refusal(
      'not_found',
      say('takeOver.noConversation'),
      'There is no conversation of the CLI behind this session.',
      nothingChanged,
      'Send a message; the agent begins a new one.',
    );
  }
  const facts = context.provider(provider);
  if (how === 'branch' && !facts?.fork) {
    return refusal(
      'invalid_frame',
      say('takeOver.cannotBranch'),
      'This agent cannot branch its conversation.',
      nothingChanged,
      'End the other program and go on here, or fork this session.',
    );
  }
  const who = facts?.name ?? provider;
  const text =
    how === 'branch'
      ? `From the next message on, ${who} goes on with a branch of its own; the other program keeps the original.`
      : `From the next message on, ${who} goes on from what stands in its conversation now.`;
  return ok({
    events: [
      {
        turn_id: null,
        event: {
          type: 'provider_session',
          provider,
          provider_session_id,
          branch: how === 'branch' ? true : undefined,
        },
      },
      {
        turn_id: null,
        event: {
          type: 'notice',
          level: 'info',
          code: takenOverCode,
          text,
          say: say('notice.takenOver', { name: who, how }),
        },
      },
      ...forgetKept(state, 'moved_on'),
    ],
    result: {},
  });
}
