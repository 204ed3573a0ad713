import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { plainQuirks } from './agent.ts';
import { MessageRuns } from './message-runs.ts';

function stage(repeatsAfterMs: number | null = 900) {
  let now = 0;
  const out: ProviderEvent[] = [];
  const runs = new MessageRuns('p', () => now, { ...plainQuirks, repeatsAfterMs });
  return {
    runs,
    out,
    say: (text: string, pauseMs = 1) => {
      now += pauseMs;
      runs.chunk('text', text, undefined, out);
    },
    texts: () => {
      runs.close(out);
      return out.flatMap((event) => (event.type === 'text' ? [event.text] : []));
    },
  };
}

/** What a client that follows live has in the end. */
function live(out: readonly ProviderEvent[]): string {
  let text = '';
  for (const event of out) {
    if (event.type === 'item_delta') text += event.text;
    else if (event.type === 'item_replace') text = event.text;
  }
  return text;
}

describe('chunks of a message', () => {
  it('are one item until another kind, or another message, comes', () => {
    const { runs, out } = stage();
    runs.chunk('reasoning', 'a', undefined, out);
    runs.chunk('reasoning', 'b', undefined, out);
    runs.chunk('text', 'c', 'm1', out);
    runs.chunk('text', 'd', 'm2', out);
    runs.close(out);
    const finished = out.filter((event) => event.type === 'text' || event.type === 'reasoning');
    expect(finished.map((event) => event.text)).toEqual(['ab', 'c', 'd']);
    expect(new Set(finished.map((event) => event.item_id)).size).toBe(3);
  });

  it('are voided when the answer begins again after a broken stream', () => {
    const { say, texts, out } = stage();
    for (const text of ['Half ', 'of ', 'it']) say(text);
    say('Half ', 1000);
    for (const text of ['of ', 'it ', 'and the rest.']) say(text);
    expect(live(out)).toBe('Half of it and the rest.');
    expect(texts()).toEqual(['Half of it and the rest.']);
  });

  it('are kept when the words come again without a pause, or differ, or the agent is not known to repeat itself', () => {
    for (const [pause, again, quirk] of [
      [10, ['Half ', 'of it'], 900],
      [1000, ['Half ', 'a loaf'], 900],
      [1000, ['Half ', 'of it'], null],
    ] as const) {
      const { say, texts } = stage(quirk);
      for (const text of ['Half ', 'of it']) say(text);
      say(again[0], pause);
      say(again[1]);
      expect(texts()).toEqual([`Half of it${again.join('')}`]);
    }
  });

  it('add up to the finished text, whatever comes when', () => {
    const chunk = fc.record({ text: fc.constantFrom('a', 'b', 'ab', ' '), pause: fc.constantFrom(1, 1000) });
    fc.assert(
      fc.property(fc.array(chunk, { minLength: 1 }), (chunks) => {
        const { say, texts, out } = stage();
        for (const { text, pause } of chunks) say(text, pause);
        expect(texts()).toEqual([live(out)]);
      }),
    );
  });
});
