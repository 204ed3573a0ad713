import { ok, type Result } from '../base/result.ts';
import type { CommandOf } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import type { EventOf, SessionEvent } from '../protocol/events.ts';
import type { ProviderId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { say } from '../protocol/saying.ts';
import type { PermissionMode } from '../protocol/values.ts';
import { bucketOf, rewoundBuckets, surelySeen } from './buckets.ts';
import {
  app,
  type Decided,
  type Decision,
  type DecisionContext,
  nothingChanged,
  refusal,
  turnRunning,
} from './decision.ts';
import { forgetKept } from './kept-answers.ts';
import type { ActiveTurn, SessionState } from './state.ts';

/** Last event of the log that this provider's conversation knows of; 0 where it has to begin afresh. */
function seenBy(state: Pick<SessionState, 'buckets'>, id: ProviderId, context: DecisionContext): number {
  const facts = context.provider(id);
  const live = facts?.live === true;
  return live || facts?.resume === true ? surelySeen(bucketOf(state, id), live) : 0;
}

/** What this provider would have to be told before it goes on; null: nothing. */
export function missedBy(state: SessionState, id: ProviderId, context: DecisionContext): string | null {
  return context.digest(seenBy(state, id, context));
}

/**
 * What the agent of a turn is told when that turn is begun afresh, because the CLI has lost its conversation; null: nothing. What a person made
 * of the digest stands; ahead of it comes what the lost conversation knew.
 */
export function digestAfresh(state: SessionState, turn: ActiveTurn, { digest }: DecisionContext): string | null {
  if (!turn.digestEdited) return digest(0, turn.startSeq);
  const known = digest(0, surelySeen(bucketOf(state, turn.provider), false) + 1);
  const parts = [known, turn.digest].filter((part) => part !== null);
  return parts.join('\n\n').slice(-limits.digestChars) || null;
}

/** Widest first. */
const byFreedom: readonly PermissionMode[] = ['full', 'accept-edits', 'ask', 'plan'];

/** Does the agent get more freedom by this change of mode? */
export const widens = (from: PermissionMode, to: PermissionMode): boolean =>
  byFreedom.indexOf(to) < byFreedom.indexOf(from);

/** This mode, or the next one below it that a provider has; null: every one it has gives the agent more freedom. */
export function narrowed(mode: PermissionMode, modes: readonly PermissionMode[]): PermissionMode | null {
  if (modes.length === 0) return mode;
  return byFreedom.slice(byFreedom.indexOf(mode)).find((one) => modes.includes(one)) ?? null;
}

const modeNames: Record<PermissionMode, string> = {
  full: 'Full access',
  'accept-edits': 'Accept edits',
  ask: 'Ask',
  plan: 'Plan',
};

/** The agent wanted more freedom than a person gave it. */
export function modeKept(mode: PermissionMode, wider: PermissionMode): EventOf<'notice'> {
  const text = `The agent wanted to go on in the mode ${modeNames[wider]}, which nobody allowed; it stays in ${modeNames[mode]}.`;
  return { type: 'notice', level: 'warning', code: 'mode_kept', text, say: say('notice.modeKept', { mode, wider }) };
}

/** Goes on with another provider: its default model, the same mode or a narrower one, and what it has missed. */
export function decideSetProvider(
  state: SessionState,
  command: CommandOf<'set_provider'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  if (state.turn)
    return turnRunning(say('agents.changeWhileRunning'), 'The agent cannot be changed while a turn runs.');
  const id = command.provider;
  const facts = context.provider(id);
  if (!facts) {
    return refusal(
      'provider_unknown',
      say('agents.unknown', { id }),
      `There is no agent called "${id}".`,
      nothingChanged,
      'Choose one from the list of agents.',
    );
  }
  const by = context.actor;
  const event = (one: SessionEvent): Decided => ({ turn_id: null, event: one });
  if (id === state.provider) {
    const model = command.model === undefined ? state.model : command.model;
    const events = model === state.model ? [] : [event({ type: 'session_changed', model, by })];
    return ok({ events, result: {} });
  }
  const mode = narrowed(state.mode, facts.modes);
  if (mode === null) {
    return refusal(
      'invalid_frame',
      say('agents.noCarefulMode', { name: facts.name, mode: state.mode }),
      `${facts.name} has no mode as careful as ${modeNames[state.mode]}.`,
      nothingChanged,
      'Choose another mode for this session first, then change the agent.',
    );
  }
  const change: EventOf<'session_changed'> = {
    type: 'session_changed',
    provider: id,
    model: command.model ?? null,
    effort: null,
    by,
  };
  const events = [event(mode === state.mode ? change : { ...change, mode })];
  if (mode !== state.mode) {
    const text = `${facts.name} does not know the mode ${modeNames[state.mode]}, so this session is in ${modeNames[mode]} now.`;
    const narrower = say('notice.modeNarrowed', { name: facts.name, from: state.mode, to: mode });
    events.push(event({ type: 'notice', level: 'warning', code: 'mode_narrowed', text, say: narrower }));
  }
  events.push(...forgetKept(state, 'moved_on'));
  const text = missedBy(state, id, context);
  if (text !== null || state.digest !== null) events.push(event({ type: 'digest', text, by: app }));
  return ok({ events, result: {} });
}

/** What the agent will be told with the next message, in a person's words. */
export function decideSetDigest(
  state: SessionState,
  command: CommandOf<'set_digest'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  const text = command.text?.trim() ? command.text : null;
  if (state.digest && state.digest.text === text) return ok({ events: [], result: {} });
  return ok({ events: [{ turn_id: null, event: { type: 'digest', text, by: context.actor } }], result: {} });
}

/** Back to before a message: whoever took part in what came after begins afresh, and is told what remains. */
export function decideRewind(
  state: SessionState,
  { to_seq }: CommandOf<'rewind'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  if (state.turn)
    return turnRunning(say('rewind.whileRunning'), 'The conversation cannot be taken back while a turn runs.');
  if (!state.messages.some((one) => one.seq === to_seq)) {
    return refusal(
      'not_found',
      say('rewind.noMessage'),
      'There is no message of yours at this place, or it was taken back before.',
      nothingChanged,
      'Choose one of your messages in the transcript.',
    );
  }
  const { provider } = state;
  const facts = context.provider(provider);
  const left = { buckets: rewoundBuckets(state.buckets, to_seq) };
  // The process that heard what is taken back is ended, so only what is kept elsewhere counts.
  const seen = facts?.resume ? surelySeen(bucketOf(left, provider), false) : 0;
  const text = context.digest(seen, to_seq);
  const events: Decided[] = [
    ...forgetKept(state, 'moved_on'),
    { turn_id: null, event: { type: 'rewound', to_seq, by: context.actor } },
  ];
  if (text !== null) events.push({ turn_id: null, event: { type: 'digest', text, by: app } });
  return ok({ events, result: {} });
}
