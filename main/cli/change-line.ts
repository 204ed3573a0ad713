import type { DurableEvent, EventOf } from '../protocol/events.ts';
import { plainLine } from './output.ts';

/** What changed about a session, as one line; null: nothing a person at a terminal needs to read. */
export function changeLine(event: DurableEvent): string | null {
  switch (event.type) {
    case 'session_changed':
      return sessionLine(event);
    case 'digest':
      if (event.text === null) return '- the agent will be told nothing of what it has not seen';
      return `- the agent is told what it has not seen (${event.text.length} characters)`;
    case 'rewound':
      return `- taken back to before entry ${event.to_seq}: no agent hears of what came after it any more`;
    case 'limit_warning': {
      const seconds = Math.max(0, Math.round((event.ends_at - event.ts) / 1000));
      const why = event.limit === 'idle' ? 'the agent gives no sign' : 'it takes long';
      return `! this turn is stopped in ${seconds} s, because ${why}`;
    }
    case 'limit_extended':
      return event.by.kind === 'app' ? '- the turn goes on' : '- the turn goes on: its time was extended';
    case 'compacted': {
      const { tokens_before, tokens_after } = event;
      const counts =
        tokens_before === undefined || tokens_after === undefined
          ? ''
          : ` (${tokens_before} -> ${tokens_after} tokens)`;
      return `- the agent made room in its context${counts}`;
    }
    case 'plan_limits':
      return planLine(event);
    case 'goal_state':
      return goalLine(event);
    default:
      return null;
  }
}

function sessionLine({ provider, model, effort, mode }: EventOf<'session_changed'>): string | null {
  const parts = [
    provider === undefined ? '' : `agent ${provider}`,
    model === undefined || model === null ? '' : `model ${plainLine(model)}`,
    effort === undefined || effort === null ? '' : `effort ${plainLine(effort)}`,
    mode === undefined ? '' : `mode ${mode}`,
  ].filter(Boolean);
  return parts.length === 0 ? null : `- now: ${parts.join(', ')}`;
}

/** Only what a person has to act on. */
function planLine({ limits }: EventOf<'plan_limits'>): string | null {
  const near = limits.filter((limit) => limit.state !== 'ok');
  if (near.length === 0) return null;
  const parts = near.map(({ label, state, used_percent }) => {
    const used = used_percent === undefined ? '' : ` (${Math.round(used_percent)} %)`;
    return `${plainLine(label)} ${state === 'reached' ? 'used up' : 'nearly used up'}${used}`;
  });
  return `! plan: ${parts.join(', ')}`;
}

function goalLine({ goal }: EventOf<'goal_state'>): string {
  if (goal === null) return '- the goal was cleared';
  const reason = goal.reason === undefined ? '' : `: ${plainLine(goal.reason)}`;
  return `- goal ${goal.status.replaceAll('_', ' ')}${reason} (${plainLine(goal.objective, 80)})`;
}
