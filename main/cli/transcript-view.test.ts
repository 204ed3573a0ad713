import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DurableEvent } from '../protocol/events.ts';
import type { ServerFrame } from '../protocol/frames.ts';
import { TranscriptView } from './transcript-view.ts';

function open(withUser = false) {
  let text = '';
  const lines: string[] = [];
  const view = new TranscriptView({ text: (chunk) => (text += chunk), line: (line) => lines.push(line) }, withUser);
  return { view, lines, text: () => text };
}
const delta = (item_id: string, offset: number, text: string) =>
  ({ type: 'text_delta', item_id, offset, text }) as unknown as ServerFrame;
const snapshot = (item_id: string, text: string) =>
  ({ type: 'item_snapshot', kind: 'text', item_id, text }) as unknown as ServerFrame;
const event = (fields: Record<string, unknown>) => fields as unknown as DurableEvent;

describe('the transcript at the terminal', () => {
  it('writes every character of an answer once, however it was cut and repeated', () => {
    const cuts = fc.tuple(fc.string({ maxLength: 60 }), fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 8 }));
    fc.assert(
      fc.property(cuts, ([answer, pieces]) => {
        const { view, text } = open();
        let written = 0;
        for (const [from, length] of pieces) {
          // Never a gap: that is promised. An overlap is possible after a new connection.
          const offset = Math.min(from, written);
          view.frame(delta('a', offset, answer.slice(offset, offset + length)));
          written = Math.max(written, Math.min(answer.length, offset + length));
        }
        view.frame(snapshot('a', answer.slice(0, written)));
        view.event(event({ type: 'text', item_id: 'a', text: answer }));
        expect(text()).toBe(answer === '' ? '' : `${answer}\n`);
      }),
    );
  });

  it('says so when the agent takes back what it streamed, and writes it anew', () => {
    const { view, lines, text } = open();
    view.frame(delta('a', 0, 'wrong'));
    view.frame(snapshot('a', 'right'));
    view.event(event({ type: 'text', item_id: 'a', text: 'right answer' }));
    expect(text()).toBe('wrong\nright answer\n');
    expect(lines).toEqual(['- the agent began this part anew']);
  });

  it('never hands control characters of a tool call on to the terminal', () => {
    const { view, lines } = open();
    view.event(
      event({
        type: 'tool_activity',
        phase: 'start',
        tool: 'Run',
        title: 'echo \u001b]0;owned\u0007\u001b[2Jhi\r\u202eevil',
      }),
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point
    expect(lines.join('')).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
  });

  it('says what changed about the session in one line each, and nothing of what nobody has to read', () => {
    const { view, lines } = open(true);
    const goal = { objective: 'Mend\nthe nets', status: 'out_of_budget', reason: 'All 3 turns were used.' };
    for (const fields of [
      { type: 'session_changed', provider: 'codex', model: null, effort: null, mode: 'ask' },
      { type: 'session_changed', title: 'x' },
      { type: 'digest', text: 'abc' },
      { type: 'digest', text: null },
      { type: 'rewound', to_seq: 7 },
      { type: 'limit_warning', limit: 'idle', ts: 1000, ends_at: 61_000 },
      { type: 'compacted', trigger: 'auto', tokens_before: 100, tokens_after: 10 },
      { type: 'plan_limits', limits: [{ id: 'w', label: 'Week', state: 'ok' }] },
      { type: 'plan_limits', limits: [{ id: 'w', label: 'Week', state: 'reached', used_percent: 100 }] },
      { type: 'goal_state', goal },
      { type: 'user_message', text: 'look', attachments: [{ name: 'a\u001b[2J.png', media_type: 'image/png' }] },
    ]) {
      view.event(event(fields));
    }
    expect(lines).toEqual([
      '- now: agent codex, mode ask',
      '- the agent is told what it has not seen (3 characters)',
      '- the agent will be told nothing of what it has not seen',
      '- taken back to before entry 7: no agent hears of what came after it any more',
      '! this turn is stopped in 60 s, because the agent gives no sign',
      '- the agent made room in its context (100 -> 10 tokens)',
      '! plan: Week used up (100 %)',
      '- goal out of budget: All 3 turns were used. (Mend the nets)',
      '\n> look\n',
      '  + a.png (image/png)',
    ]);
  });

  it('tells how a tool call and a turn ended', () => {
    const { view, lines } = open(true);
    view.event(event({ type: 'tool_activity', phase: 'end', status: 'failed', exit_code: 3, duration_ms: 1500 }));
    view.event(
      event({
        type: 'turn_end',
        status: 'failed',
        duration_ms: 2000,
        problem: { message: 'It broke.', next: 'Mend it.' },
      }),
    );
    expect(lines).toEqual(['  failed (exit code 3, 1.5 s)', '! It broke.\nMend it.', '- failed after 2.0 s']);
  });
});
