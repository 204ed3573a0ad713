import { beforeEach, describe, expect, it } from 'vitest';
import type { Urgency } from './frame-scheduler.ts';
import type { TranscriptFrame } from './transcript/reduce-frames.ts';
import { script, sessionId, turnId } from './transcript/transcript-test-support.ts';
import { createTranscriptStore, type TranscriptStore } from './transcript-store.ts';

describe('a session that is followed', () => {
  const events = script().slice(0, 3);
  const replay: TranscriptFrame[] = [
    { type: 'events', session_id: sessionId, events },
    { type: 'attached', session_id: sessionId, seq: events.length, head: '' },
  ];
  const delta = (offset: number): TranscriptFrame => ({
    type: 'text_delta',
    session_id: sessionId,
    turn_id: turnId,
    item_id: 't1',
    offset,
    text: 'words',
  });
  let asked: Urgency[];
  let flush: () => void;
  let transcript: TranscriptStore;
  beforeEach(() => {
    asked = [];
    transcript = createTranscriptStore({
      sessionId,
      schedule: (job) => {
        flush = job;
        return (urgency) => asked.push(urgency);
      },
      onGap: () => {},
    });
    for (const frame of replay) transcript.receive(frame);
    flush();
  });
  const openText = () => transcript.store.getState().turns.get(turnId)?.open[0]?.text;

  it('is there as soon as it can be when it is opened', () => {
    expect(asked).toEqual(['frame', 'frame']);
  });

  it('is brought up to date steadily while somebody looks at it, and rarely while nobody does', () => {
    asked = [];
    transcript.receive(delta(0));
    const leave = transcript.store.subscribe(() => {});
    transcript.receive(delta(5));
    leave();
    transcript.receive(delta(10));
    expect(asked).toEqual(['unseen', 'steady', 'unseen']);
  });

  it('tells of all deltas that came between two updates once', () => {
    let told = 0;
    transcript.store.subscribe(() => {
      told += 1;
    });
    for (let at = 0; at < 100; at += 1) transcript.receive(delta(at * 5));
    expect(told).toBe(0);
    flush();
    expect(told).toBe(1);
    expect(openText()).toBe('words'.repeat(100));
  });

  it('shows all that has come to whoever begins to look at it, and tells nobody ahead of time who looks already', () => {
    transcript.receive(delta(0));
    transcript.catchUp();
    expect(openText()).toBe('words');
    transcript.store.subscribe(() => {});
    transcript.receive(delta(5));
    transcript.catchUp();
    expect(openText()).toBe('words');
  });
});
