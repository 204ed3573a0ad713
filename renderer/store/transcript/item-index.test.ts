import { expect, it } from 'vitest';
import type { DurableEvent, SessionEvent } from '../../../main/protocol/events.ts';
import { copyItems, hasKey, toolAt } from './item-index.ts';
import { beginAttach, reduceFrames, type TranscriptFrame } from './reduce-frames.ts';
import { sessionId, turnId } from './transcript-test-support.ts';
import { emptyView, type Item } from './view.ts';

const line = (key: string): Item => ({ kind: 'plan', key, entries: [] });

it('finds what was added since, and tells two copies of the same items apart', () => {
  const items: Item[] = [line('a')];
  expect(hasKey(items, 'a')).toBe(true);
  const one = copyItems(items);
  const two = copyItems(items);
  one.push(line('b'));
  two.push(line('c'));
  expect([hasKey(one, 'b'), hasKey(one, 'c')]).toEqual([true, false]);
  expect([hasKey(two, 'b'), hasKey(two, 'c')]).toEqual([false, true]);
  expect([hasKey(items, 'b'), hasKey(items, 'c')]).toEqual([false, false]);
  expect(toolAt(one, 'a')).toBe(-1);
});

it('reads a turn of 10,000 items without searching it with each of them', () => {
  const steps = Array.from({ length: 10_000 }, (_, at): SessionEvent[] => {
    const tool = { tool_call_id: `c${at}`, tool: 'Bash', kind: 'execute', title: 'make' } as const;
    return [
      { type: 'tool_activity', phase: 'start', ...tool },
      { type: 'tool_activity', phase: 'end', ...tool, status: 'completed', output: `${at}` },
    ];
  }).flat();
  const events = steps.map(
    (event, at) =>
      ({ ...event, session_id: sessionId, turn_id: turnId, seq: at + 1, ts: at }) as unknown as DurableEvent,
  );
  let view = beginAttach(emptyView(sessionId));
  const startedAt = performance.now();
  for (let from = 0; from < events.length; from += 64) {
    const frame = { type: 'events', session_id: sessionId, events: events.slice(from, from + 64) } as TranscriptFrame;
    view = reduceFrames(view, [frame]).view;
  }
  // Searching took 6 s.
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  const { items } = view.turns.get(turnId)!;
  expect(items.length).toBe(10_000);
  expect(items.every((item, at) => item.kind === 'tool' && item.output === `${at}`)).toBe(true);
});
