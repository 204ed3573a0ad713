import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DurableEvent } from '../../../main/protocol/events.ts';
import { beginAttach, reduceFrames, type TranscriptFrame } from './reduce-frames.ts';
import { script, sessionId, streamOf, turnId } from './transcript-test-support.ts';
import { emptyView, type ToolItem, type TranscriptView } from './view.ts';

const apply = (frames: readonly TranscriptFrame[], view: TranscriptView = emptyView(sessionId)): TranscriptView =>
  reduceFrames(view, frames).view;
const eventsFrame = (events: readonly DurableEvent[]): TranscriptFrame => ({
  type: 'events',
  session_id: sessionId,
  events: [...events],
});
const attached = (seq: number): TranscriptFrame => ({ type: 'attached', session_id: sessionId, seq, head: '' });
const toolOf = (view: TranscriptView): ToolItem =>
  view.turns.get(turnId)?.items.find((item) => item.kind === 'tool') as ToolItem;

describe('a transcript', () => {
  const events = script();

  it('is the same after a full replay as after the live stream with all its deltas', () => {
    const live = apply([attached(0), ...streamOf(events)]);
    const replayed = apply([eventsFrame(events), attached(events.length)]);
    expect(live).toEqual(replayed);
  });

  it('is the same however often parts of it come again', () => {
    const frames = streamOf(events);
    const once = apply([attached(0), ...frames]);
    fc.assert(
      fc.property(fc.array(fc.nat(frames.length - 1), { maxLength: 30 }), (repeats) => {
        let view = apply([attached(0)]);
        for (const [at, frame] of frames.entries()) {
          view = apply([frame], view);
          for (const repeat of repeats) if (repeat <= at) view = apply([frames[repeat]!], view);
        }
        expect(view).toEqual(once);
      }),
    );
  });

  it('is the same however its frames are batched', () => {
    const frames = [attached(0), ...streamOf(events)];
    const once = apply(frames);
    fc.assert(
      fc.property(fc.array(fc.nat(frames.length), { maxLength: 20 }), (cuts) => {
        let view = emptyView(sessionId);
        let from = 0;
        for (const cut of [...cuts.sort((a, b) => a - b), frames.length]) {
          view = apply(frames.slice(from, cut), view);
          from = Math.max(from, cut);
        }
        expect(view).toEqual(once);
      }),
    );
  });

  it('is the same after the link was lost anywhere and the session attached again', () => {
    const frames = streamOf(events);
    const once = apply([attached(0), ...frames]);
    fc.assert(
      fc.property(fc.nat(frames.length), (lostAt) => {
        let view = apply([attached(0), ...frames.slice(0, lostAt)]);
        view = beginAttach(view);
        view = apply([eventsFrame(events.slice(view.seq)), attached(events.length)], view);
        expect(view).toEqual(once);
      }),
    );
  });

  it('asks to attach anew when an event is missing, and shows nothing of what came after', () => {
    const view = apply([attached(0), eventsFrame(events.slice(0, 3))]);
    const reduced = reduceFrames(view, [eventsFrame(events.slice(4))]);
    expect(reduced.gap).toBe(true);
    expect(reduced.view.seq).toBe(3);
  });

  it('asks to attach anew when a delta does not begin where the known text ends', () => {
    const view = apply([attached(0), eventsFrame(events.slice(0, 3))]);
    const delta = (offset: number, text: string): TranscriptFrame => ({
      type: 'text_delta',
      session_id: sessionId,
      turn_id: turnId,
      item_id: 'fresh',
      offset,
      text,
    });
    expect(reduceFrames(view, [delta(0, 'abc'), delta(5, 'x')])).toMatchObject({ gap: true });
    expect(reduceFrames(view, [delta(0, 'abc'), delta(1, 'XX')])).toMatchObject({ gap: true });
    expect(reduceFrames(view, [delta(0, 'abc'), delta(1, 'bc')])).toMatchObject({ gap: false });
  });

  it('replaces what it has of an open item by a snapshot, and drops it when it is gone', () => {
    const start = apply([attached(0), eventsFrame(events.slice(0, 3))]);
    const snapshot = (text: string, gone?: boolean): TranscriptFrame => ({
      type: 'item_snapshot',
      session_id: sessionId,
      turn_id: turnId,
      item_id: 'void',
      kind: 'text',
      text,
      gone,
    });
    const shown = apply([snapshot('first'), snapshot('second')], start);
    expect(shown.turns.get(turnId)?.open).toMatchObject([{ text: 'second' }]);
    expect(apply([snapshot('', true)], shown).turns.get(turnId)?.open).toEqual([]);
  });

  it('keeps untouched turns the very same objects', () => {
    const view = apply([eventsFrame(events), attached(events.length)]);
    const more: DurableEvent = {
      type: 'notice',
      level: 'info',
      code: 'x',
      text: 'hello',
      session_id: sessionId,
      seq: events.length + 1,
      ts: 1,
      turn_id: null,
    };
    expect(apply([eventsFrame([more])], view).turns.get(turnId)).toBe(view.turns.get(turnId));
  });

  it('settles a call without an end as cancelled when the turn ends', () => {
    const withoutEnd = events.filter((event) => !(event.type === 'tool_activity' && event.phase === 'end'));
    const renumbered = withoutEnd.map((event, at) => ({ ...event, seq: at + 1 }));
    expect(toolOf(apply([eventsFrame(renumbered)])).status).toBe('cancelled');
  });

  it('lists an approval as waiting until it is answered, and keeps who answered', () => {
    const asked = events.findIndex((event) => event.type === 'approval_request');
    const before = apply([eventsFrame(events.slice(0, asked + 1))]);
    expect(before.waiting).toHaveLength(1);
    const after = apply([eventsFrame(events)]);
    expect(after.waiting).toEqual([]);
    expect([...after.approvals.values()][0]?.resolved).toMatchObject({
      decision: 'allow_once',
      by: { name: 'Pixel 9' },
    });
    expect(toolOf(after).approvals).toHaveLength(1);
  });

  it('moves a waiting message before another, or to the end', () => {
    const queueOnly = [events[0]!, ...queueEvents()];
    const view = apply([eventsFrame(queueOnly.map((event, at) => ({ ...event, seq: at + 1 })))]);
    expect(view.queue.map((one) => one.text)).toEqual(['three', 'one', 'two!']);
  });
});

function queueEvents(): DurableEvent[] {
  const place = { session_id: sessionId, seq: 0, ts: 0, turn_id: null };
  const by = { kind: 'owner', via: 'window' } as const;
  const id = (name: string) => `q_0000000${name}` as never;
  return [
    { ...place, type: 'message_queued', queue_id: id('1'), text: 'one', by },
    { ...place, type: 'message_queued', queue_id: id('2'), text: 'two', by },
    { ...place, type: 'message_queued', queue_id: id('3'), text: 'three', by },
    { ...place, type: 'message_queued', queue_id: id('4'), text: 'four', by },
    { ...place, type: 'queue_edited', queue_id: id('2'), text: 'two!', by },
    { ...place, type: 'queue_moved', queue_id: id('3'), before: id('1'), by },
    { ...place, type: 'queue_moved', queue_id: id('2'), before: null, by },
    { ...place, type: 'queue_removed', queue_id: id('4'), reason: 'cancelled', by },
  ];
}
