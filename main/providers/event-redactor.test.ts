import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../orchestrator/ports.ts';
import { createKnownSecrets } from '../security/known-secrets.ts';
import { EventRedactor } from './event-redactor.ts';

const key = 'canary-0a1b2c';

function told(events: ProviderEvent[], secrets: string[] = [key]): ProviderEvent[] {
  const known = createKnownSecrets();
  for (const secret of secrets) known.add(secret);
  const redactor = new EventRedactor(known);
  return events.flatMap((event) => redactor.hear(event));
}
const delta = (text: string): ProviderEvent => ({ type: 'item_delta', item_id: 'i', kind: 'text', text });
const end: ProviderEvent = { type: 'turn_end', status: 'aborted' };
/** The letters of the key, at most four, that stand right before a mark are taken away. */
function withoutBeginnings(text: string): string {
  for (let length = 4; length > 0; length -= 1) {
    const shown = `${key.slice(0, length)}[redacted]`;
    if (text.includes(shown)) return withoutBeginnings(text.replaceAll(shown, '[redacted]'));
  }
  return text;
}
const streamed = (events: ProviderEvent[]) =>
  events.map((event) => (event.type === 'item_delta' ? event.text : '')).join('');

describe('what a conversation tells', () => {
  it('has no known secret in it, whatever kind of event it is', () => {
    const events = told([
      { type: 'text', item_id: 'i', text: `it is ${key}` },
      {
        type: 'tool_start',
        tool_call_id: 't',
        tool: 'Bash',
        kind: 'execute',
        title: key,
        input: { command: `x ${key}` },
      },
      { type: 'tool_end', tool_call_id: 't', status: 'completed', output: `KEY=${key}\n` },
      { type: 'notice', level: 'info', code: 'unknown_message', text: 'x', raw: `{"k":"${key}"}` },
      { type: 'turn_end', status: 'failed', problem: { code: 'provider_failed', message: `401 ${key}`, detail: key } },
    ]);
    expect(JSON.stringify(events)).not.toContain(key);
    expect(events).toHaveLength(5);
  });

  it('has none in streamed text either, in however many pieces it comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('can', 'canary-', '0a1b2c', 'x', key, 'ary-0a1b2', 'c '), { maxLength: 12 }),
        (pieces) => {
          const all = streamed(told([...pieces.map(delta), end]));
          expect(all).not.toContain(key);
          // Of one that came in pieces the first letters may stand before the mark; nothing else is different.
          expect(withoutBeginnings(all)).toBe(withoutBeginnings(pieces.join('').replaceAll(key, '[redacted]')));
        },
      ),
    );
  });

  it('does not keep the last letters of a text waiting because a secret begins with them', () => {
    expect(streamed(told([delta('It began like this: c')]))).toBe('It began like this: c');
    expect(streamed(told([delta('I ca'), delta('n')]))).toBe('I can');
    expect(streamed(told([delta('the canary'), delta('-0a1b2c sang')]))).toBe('the cana[redacted] sang');
    expect(streamed(told([delta('c'), delta(key.slice(1)), delta('!')]))).toBe('c[redacted]!');
  });

  it('loses no text when a turn ends in the middle of what could have been a secret', () => {
    expect(streamed(told([delta('see canary-0a'), end]))).toBe('see canary-0a');
    const tool: ProviderEvent = { type: 'item_delta', item_id: 't', kind: 'tool_output', text: 'out can' };
    const events = told([tool, { type: 'tool_end', tool_call_id: 't', status: 'completed' }]);
    expect(streamed(events)).toBe('out can');
    expect(events.at(-1)?.type).toBe('tool_end');
  });

  it('forgets what it held back when streamed text is void', () => {
    const replace: ProviderEvent = { type: 'item_replace', item_id: 'i', kind: 'text', text: '' };
    const events = told([delta('ab canary'), replace, delta('-0a1b2c.'), end]);
    expect(events).toEqual([delta('ab cana'), replace, delta('-0a1b2c.'), end]);
  });

  it('is passed on untouched, the very same objects, when there are no secrets', () => {
    const events = [delta('canary'), { type: 'text', item_id: 'i', text: 'canary' } as const];
    expect(told(events, [])).toEqual(events);
  });
});
