import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../base/clock.ts';
import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { Fields } from '../shared/fields.ts';
import { LiveOutput } from './live-output.ts';

const tailBytes = 8192;

/** A command whose output grows; asked for it, it answers as the CLI does. */
function stage(known = true) {
  const clock = createManualClock();
  const events: ProviderEvent[] = [];
  let output = '';
  let asked = 0;
  const answer = (): Fields => {
    const bytes = Buffer.from(output);
    const tail = bytes.subarray(Math.max(0, bytes.length - tailBytes));
    return { output: tail.toString('utf8'), total_bytes: bytes.length, truncated: tail.length < bytes.length };
  };
  const live = new LiveOutput({
    clock,
    everyMs: 400,
    ask: (_taskId, onAnswer) => {
      asked += 1;
      onAnswer(known, answer());
    },
    emit: (event) => events.push(event),
  });
  const writes = (text: string) => {
    output += text;
    clock.advance(400);
  };
  const shown = () => events.map((event) => (event.type === 'item_delta' ? event.text : '?')).join('');
  return { live, events, writes, shown, asked: () => asked };
}

describe('the output of a running command', () => {
  it('is handed on as it grows, each part once', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { maxLength: 20 }), (parts) => {
        const { live, writes, shown } = stage();
        live.started('task', 'call');
        for (const part of parts) writes(part);
        expect(shown()).toBe(parts.join(''));
      }),
    );
  });

  it('says how much was missed when it grows faster than can be asked for', () => {
    const { live, writes, shown } = stage();
    live.started('task', 'call');
    writes('first\n');
    writes('x'.repeat(20_000));
    expect(shown()).toBe(`first\n\n… ${20_000 - tailBytes} bytes left out …\n${'x'.repeat(tailBytes)}`);
    writes('y'.repeat(10));
    expect(shown().endsWith(`x${'y'.repeat(10)}`)).toBe(true);
  });

  it('is not asked for any more when the command has ended', () => {
    const { live, writes, events, asked } = stage();
    live.started('task', 'call');
    writes('a');
    live.ended('call');
    const before = asked();
    writes('b');
    expect([events.length, asked()]).toEqual([1, before]);
  });

  it('is asked for once of a CLI that does not know the question', () => {
    const { live, writes, events, asked } = stage(false);
    live.started('task', 'call');
    writes('a');
    live.started('task2', 'call2');
    expect([events, asked()]).toEqual([[], 1]);
  });
});
