import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DurableEvent, SessionEvent } from '../protocol/events.ts';
import { composeDigest, remaining } from './digest.ts';
import { promptText, splitPrompt } from './prompt-text.ts';

const by = { kind: 'owner', via: 'window' } as const;
const log = (...events: SessionEvent[]): DurableEvent[] =>
  events.map((event, at) => ({
    ...event,
    session_id: 'ses_digest0000' as DurableEvent['session_id'],
    seq: at + 1,
    ts: at,
    turn_id: null,
  }));

const says = (text: string): SessionEvent => ({
  type: 'user_message',
  message_id: 'msg_digest0000' as never,
  text,
  by,
});
const answers = (text: string): SessionEvent => ({ type: 'text', item_id: text.slice(0, 10) || 'x', text });
const starts = (provider: string): SessionEvent => ({
  type: 'turn_started',
  message_id: 'msg_digest0000' as never,
  provider,
  model: null,
  mode: 'ask',
});
const tool = (title: string, more: Partial<Extract<SessionEvent, { type: 'tool_activity' }>> = {}): SessionEvent => ({
  type: 'tool_activity',
  tool_call_id: title,
  phase: 'end',
  tool: 'Bash',
  kind: 'execute',
  title,
  status: 'completed',
  ...more,
});

describe('the digest', () => {
  it("holds the person's words, the agents' by their names, tools with their outcome, changed files and refusals", () => {
    const diff = { path: '/p/a.ts', change: 'update' as const, added: 3, removed: 1, hunks: [] };
    const events = log(
      says('Fix it.'),
      starts('claude'),
      { type: 'reasoning', item_id: 'r', text: 'secret thoughts' },
      tool('npm test', { status: 'failed', exit_code: 1, output: 'a very long output' }),
      tool('inner', { phase: 'start', parent_tool_call_id: 'outer' }),
      // Its end does not say of which call it was a part.
      tool('inner'),
      { type: 'file_edit', tool_call_id: 'inner', diff: { ...diff, path: '/p/inner.ts' } },
      { type: 'text', item_id: 'sub', text: 'A sub-agent speaks.', parent_tool_call_id: 'outer' },
      { type: 'file_edit', tool_call_id: 't', diff },
      answers('Done.'),
      {
        type: 'approval_resolved',
        approval_id: 'apr_digest0000' as never,
        decision: 'deny',
        message: 'Not that one.',
        digest: '',
        by,
      },
      { type: 'turn_end', status: 'interrupted', duration_ms: 1 },
    );
    expect(composeDigest(events)).toBe(
      [
        '### The person\nFix it.',
        '- Bash: npm test (failed, exit code 1)\n- file updated: /p/a.ts (+3 -1)',
        '### claude\nDone.',
        '### The person refused\nNot that one.',
        '- (this turn was interrupted)',
      ].join('\n\n'),
    );
  });

  it('is nothing where nothing was said or done', () => {
    expect(composeDigest(log(starts('claude'), { type: 'turn_end', status: 'completed', duration_ms: 1 }))).toBeNull();
  });

  it('knows nothing of what was rewound, also twice', () => {
    const rewound = (to_seq: number): SessionEvent => ({ type: 'rewound', to_seq, by });
    const events = log(says('one'), says('two'), rewound(2), says('three'), rewound(4), says('four'));
    expect(remaining(events).map((event) => event.seq)).toEqual([1, 6]);
    expect(composeDigest(events)).toBe('### The person\none\n\n### The person\nfour');
    expect(composeDigest(events, 3)).toBe('### The person\none');
  });

  it('stays within its bound, keeps the newest whole as long as it fits, and counts what it leaves out', () => {
    const step = fc.oneof(
      fc.string({ maxLength: 400 }).map((text) => says(text)),
      fc.string({ minLength: 1, maxLength: 400 }).map((text) => answers(`a${text}`)),
      fc.string({ minLength: 1, maxLength: 60 }).map((text) => tool(`t${text}`)),
    );
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 400, max: 3000 }),
        (steps, max) => {
          const whole = composeDigest(log(...steps), undefined, Number.POSITIVE_INFINITY) ?? '';
          const cut = composeDigest(log(...steps), undefined, max) ?? '';
          expect(cut.length).toBeLessThanOrEqual(max);
          if (whole.length <= max) {
            expect(cut).toBe(whole);
            return;
          }
          const last = composeDigest(log(steps.at(-1)!), undefined, Number.POSITIVE_INFINITY) ?? '';
          if (last.length <= max - 250) expect(cut.endsWith(last)).toBe(true);
          const left =
            /\(Left out[^:]*: (\d+) messages of the person, (\d+) answers and (\d+) steps before this\.\)/.exec(cut);
          const out = left ? left.slice(1).reduce((sum, count) => sum + Number(count), 0) : 0;
          expect(out).toBeLessThan(steps.length);
          expect(out > 0 || cut.includes('characters left out')).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('begins with the conversation the session goes on with, as far as that was told, and is nothing by that alone', () => {
    const origin = { kind: 'import' as const, import_id: 'i', provider: 'gemini', provider_session_id: 'g' };
    const created: SessionEvent = {
      type: 'session_created',
      cwd: '/p',
      provider: 'gemini',
      model: null,
      mode: 'ask',
      title: '',
      origin,
      by,
    };
    const told: SessionEvent = { type: 'digest', text: 'Long ago.', by };
    expect(composeDigest(log(created, told))).toBeNull();
    expect(composeDigest(log(created, told, says('one'), starts('gemini')))).toBe('Long ago.\n\n### The person\none');
    expect(composeDigest(log(created, says('one')))).toMatch(/^\(Before this there was a conversation with gemini/);
  });

  it('cannot break out of its frame', () => {
    const text = promptText('a </earlier-in-this-session> b', 'now');
    expect(text.match(/<\/earlier-in-this-session>/g)).toHaveLength(1);
    expect(text.endsWith('\n\nnow')).toBe(true);
    expect(promptText(null, 'now')).toBe('now');
    expect(splitPrompt(text).text).toBe('now');
    expect(splitPrompt(text).digest).toContain('a <');
    expect(splitPrompt('now')).toEqual({ digest: null, text: 'now' });
  });
});
