import { ok, type Result } from '../base/result.ts';
import type { CommandOf } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import { type Decided, type Decision, type DecisionContext, nothingChanged, ofTurn, refusal } from './decision.ts';
import type { SessionState } from './state.ts';

export type LimitName = 'idle' | 'total';

/** Adds every limit that is about to end the turn once more. Answer: the earliest new end, null when none is near. */
export function decideKeepGoing(
  state: SessionState,
  command: CommandOf<'keep_going'>,
  context: DecisionContext,
): Result<Decision, Problem> {
  const { turn } = state;
  if (!turn || turn.turn_id !== command.turn_id) {
    return refusal(
      'no_active_turn',
      say('turn.ended'),
      'This turn has ended.',
      nothingChanged,
      'What had arrived is kept; send a message such as "go on".',
    );
  }
  const events: Decided[] = [];
  let earliest: number | null = null;
  for (const limit of ['idle', 'total'] as const satisfies LimitName[]) {
    const warned = turn.warned[limit];
    const ms = turn.limits[limit === 'idle' ? 'idle_ms' : 'total_ms'];
    if (warned === null || ms === null) continue;
    const ends_at = warned + ms;
    events.push(ofTurn(state, { type: 'limit_extended', limit, ends_at, by: context.actor }));
    earliest = Math.min(earliest ?? ends_at, ends_at);
  }
  return ok({ events, result: { ends_at: earliest } });
}
