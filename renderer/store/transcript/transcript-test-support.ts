import type { DurableEvent, SessionEvent } from '../../../main/protocol/events.ts';
import type { ApprovalId, MessageId, QueueId, RuleId, SessionId, TurnId } from '../../../main/protocol/ids.ts';
import type { TranscriptFrame } from './reduce-frames.ts';

export const sessionId = 'ses_00000001' as SessionId;
export const turnId = 'turn_00000001' as TurnId;
const owner = { kind: 'owner', via: 'window' } as const;

/** One turn with everything in it, as the log has it. */
export function script(): DurableEvent[] {
  const approval_id = 'apr_00000001' as ApprovalId;
  const message_id = 'msg_00000001' as MessageId;
  const queue_id = 'q_00000001' as QueueId;
  const rule_id = 'rule_00000001' as RuleId;
  const lsRule = { tool: 'Bash', match: 'exact', pattern: 'ls', label: 'ls' } as const;
  const events: [SessionEvent, boolean][] = [
    [
      { type: 'session_created', cwd: '/tmp/x', provider: 'demo', model: null, mode: 'ask', title: 'T', by: owner },
      false,
    ],
    [{ type: 'user_message', message_id, text: 'hi', by: owner }, true],
    [{ type: 'turn_started', message_id, provider: 'demo', model: 'm', mode: 'ask' }, true],
    [{ type: 'reasoning', item_id: 'r1', text: 'let me think', duration_ms: 900 }, true],
    [{ type: 'text', item_id: 't1', text: 'I will run it.' }, true],
    [{ type: 'message_queued', queue_id, text: 'and then?', by: owner }, true],
    [
      {
        type: 'tool_activity',
        tool_call_id: 'c1',
        phase: 'start',
        tool: 'Bash',
        kind: 'execute',
        title: 'ls',
        input: { command: 'ls' },
      },
      true,
    ],
    [
      {
        type: 'approval_request',
        approval_id,
        tool_call_id: 'c1',
        tool: 'Bash',
        kind: 'execute',
        title: 'ls',
        command: 'ls',
        input: { command: 'ls' },
        rule: null,
        digest: 'd',
      },
      true,
    ],
    [
      {
        type: 'approval_resolved',
        approval_id,
        decision: 'allow_once',
        digest: 'd',
        by: { kind: 'device', name: 'Pixel 9', via: 'websocket' },
      },
      true,
    ],
    [
      {
        type: 'tool_activity',
        tool_call_id: 'c1',
        phase: 'end',
        tool: 'Bash',
        kind: 'execute',
        title: 'ls',
        status: 'completed',
        output: 'a.txt\nb.txt\n',
        exit_code: 0,
        duration_ms: 12,
      },
      true,
    ],
    [{ type: 'plan', entries: [{ text: 'one', status: 'completed' }] }, true],
    [{ type: 'text', item_id: 't2', text: 'Two files.\n\nDone.' }, true],
    [{ type: 'queue_removed', queue_id, reason: 'sent', by: owner }, true],
    [{ type: 'user_message', message_id: 'msg_00000002' as MessageId, text: 'and then?', by: owner }, true],
    [{ type: 'usage', input_tokens: 10, output_tokens: 5, context_tokens: 15, context_window: 100 }, true],
    [{ type: 'compacted', trigger: 'auto', tokens_before: 15, tokens_after: 3 }, true],
    [{ type: 'limit_warning', limit: 'idle', ends_at: 9_000 }, true],
    [{ type: 'limit_extended', limit: 'idle', ends_at: 19_000, by: owner }, true],
    [{ type: 'rule_added', rule_id, rule: lsRule, scope: 'session', by: owner }, true],
    [{ type: 'plan_limits', provider: 'demo', limits: [{ id: 'w', label: 'Week', state: 'ok' }] }, true],
    [{ type: 'turn_end', status: 'completed', duration_ms: 1234 }, true],
    [{ type: 'rule_removed', rule_id, by: owner }, false],
    [{ type: 'session_changed', mode: 'plan', by: owner }, false],
    [{ type: 'session_changed', provider: 'claude', model: null, effort: null, by: owner }, false],
    [{ type: 'digest', text: 'What was said so far.', by: { kind: 'app', via: 'app' } }, false],
  ];
  // Takes back the last lines, so that the turn stays to be looked at.
  events.push([{ type: 'rewound', to_seq: events.length - 1, by: owner }, false]);
  return events.map(([event, inTurn], at) => ({
    ...event,
    session_id: sessionId,
    seq: at + 1,
    ts: 1_000 + at,
    turn_id: inTurn ? turnId : null,
  }));
}

/** The frames a client sees that follows live: text and output come in pieces before they are facts. */
export function streamOf(events: readonly DurableEvent[], size = 4): TranscriptFrame[] {
  return events.flatMap((event) => [
    ...deltasBefore(event, size),
    { type: 'events', session_id: sessionId, events: [event] } satisfies TranscriptFrame,
  ]);
}

function deltasBefore(event: DurableEvent, size: number): TranscriptFrame[] {
  if (event.type === 'text') return pieces('text_delta', event.item_id, event.text, size);
  if (event.type === 'reasoning') return pieces('reasoning_delta', event.item_id, event.text, size);
  if (event.type !== 'tool_activity') return [];
  if (event.phase === 'start') return pieces('tool_input_delta', event.tool_call_id, JSON.stringify(event.input), size);
  return pieces('tool_output_delta', event.tool_call_id, event.output ?? '', size);
}

function pieces(
  type: 'text_delta' | 'reasoning_delta' | 'tool_input_delta' | 'tool_output_delta',
  item_id: string,
  text: string,
  size: number,
): TranscriptFrame[] {
  const frames: TranscriptFrame[] = [];
  for (let offset = 0; offset < text.length; offset += size) {
    frames.push({
      type,
      session_id: sessionId,
      turn_id: turnId,
      item_id,
      offset,
      text: text.slice(offset, offset + size),
    });
  }
  return frames;
}
