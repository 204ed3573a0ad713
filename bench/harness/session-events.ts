import type { SessionEvent } from '../../main/protocol/events.ts';
import type { MessageId, ProviderId, TurnId } from '../../main/protocol/ids.ts';
import type { Actor } from '../../main/protocol/values.ts';
import type { Decided } from '../../main/sessions/decide.ts';

const by: Actor = { kind: 'owner', via: 'window' };
const provider = 'claude' as ProviderId;
const words =
  'The function reads the file, splits it into lines and keeps those that begin with the prefix it was given. ';

/** The facts of one turn as agents make them: a question, a command with its output, an answer. About 400 bytes each in the log. */
function turn(number: number): Decided[] {
  const id = String(number).padStart(20, '0');
  const turn_id = `turn_${id}` as TurnId;
  const message_id = `msg_${id}` as MessageId;
  const tool_call_id = `toolu_${id}`;
  const tool = { tool_call_id, tool: 'Bash', kind: 'execute', title: 'grep -rn prefix src' } as const;
  const events: SessionEvent[] = [
    { type: 'user_message', message_id, text: `Question ${number}: what does it do with the prefix?`, by },
    { type: 'turn_started', message_id, provider, model: null, mode: 'ask' },
    { type: 'reasoning', item_id: `msg_${id}:0`, text: words, duration_ms: 1200 },
    {
      type: 'tool_activity',
      phase: 'start',
      ...tool,
      input: { command: 'grep -rn prefix src', description: 'Find the prefix' },
    },
    {
      type: 'tool_activity',
      phase: 'end',
      ...tool,
      status: 'completed',
      output: words.repeat(3),
      exit_code: 0,
      duration_ms: 41,
    },
    { type: 'text', item_id: `msg_${id}:1`, text: words.repeat(3) },
    { type: 'usage', input_tokens: 27_424, output_tokens: 312, cached_tokens: 26_000, cost_usd: 0.0165 },
    { type: 'turn_end', status: 'completed', duration_ms: 4100 },
  ];
  return events.map((event) => ({ turn_id, event }));
}

/** The first `count` facts of a session, in the order in which they are committed. */
export function sessionEvents(count: number): Decided[] {
  const events: Decided[] = [
    {
      turn_id: null,
      event: {
        type: 'session_created',
        cwd: '/project',
        provider,
        model: null,
        mode: 'ask',
        title: 'A long session',
        by,
      },
    },
  ];
  for (let number = 1; events.length < count; number += 1) events.push(...turn(number));
  return events.slice(0, count);
}
