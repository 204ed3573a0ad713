import type { DurableEvent } from '../../main/protocol/events.ts';

/**
 * What is the same for every agent: the order of facts and what each one is, without words, ids and times. What an agent may say as often as it
 * likes (usage, notices, its own session, plan limits) is left out, and reasoning and text are blocks of which several in a row count as one.
 */
export function shapeOf(events: readonly DurableEvent[]): string[] {
  const lines: string[] = [];
  for (const event of events) {
    const line = lineOf(event);
    if (line === null || (repeatable.has(event.type) && lines.at(-1) === line)) continue;
    lines.push(line);
  }
  return lines;
}

const repeatable: ReadonlySet<DurableEvent['type']> = new Set(['text', 'reasoning', 'plan'] as const);

function lineOf(event: DurableEvent): string | null {
  switch (event.type) {
    case 'user_message':
      return `user_message by ${event.by.kind}`;
    case 'turn_started':
      return `turn_started ${event.mode}`;
    case 'text':
    case 'reasoning':
      return event.partial ? `${event.type}, cut off` : event.type;
    case 'tool_activity':
      return event.phase === 'start' ? `tool ${event.kind} starts` : `tool ${event.kind} ${event.status}`;
    case 'file_edit': {
      const { change, added, removed } = event.diff;
      return `file_edit ${change} +${added} -${removed}`;
    }
    case 'approval_request': {
      const shown = event.questions ? 'questions' : event.command !== undefined ? 'command' : 'diff';
      return `approval_request ${event.kind}, shows its ${shown}`;
    }
    case 'approval_resolved':
      return `approval_resolved ${event.decision} by ${event.by.kind}`;
    case 'abort_requested':
      return `abort_requested by ${event.by.kind}`;
    case 'turn_end':
      return `turn_end ${event.status}${event.problem ? ` ${event.problem.code}` : ''}`;
    case 'usage':
    case 'notice':
    case 'provider_session':
    case 'plan_limits':
    case 'session_created':
      return null;
    default:
      return event.type;
  }
}
