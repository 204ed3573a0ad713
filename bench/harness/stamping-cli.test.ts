import { describe, expect, it } from 'vitest';
import { Delays, finishedTextOfFrame, textOfFrame, textOfLine } from './stamping-cli.ts';

const stamp = (ns: number, end = ', ') => `${String(ns).padStart(19, '0')}${end}`;

describe('the delays of stamped deltas', () => {
  it('counts every delta of a frame in which several were merged', () => {
    const delays = new Delays();
    delays.add(stamp(1_000), 5_000n);
    delays.add(stamp(2_000) + stamp(3_000, '\n\n'), 9_000n);
    expect(delays.us).toEqual([4, 7, 6]);
    expect(delays.frames).toBe(2);
  });

  it('takes what had not come as a delta from the finished block, and nothing twice', () => {
    const delays = new Delays();
    const all = stamp(1_000) + stamp(2_000) + stamp(3_000);
    delays.add(stamp(1_000), 2_000n);
    delays.addRest(all, 8_000n);
    delays.addRest(all, 9_000n);
    expect(delays.us).toEqual([1, 6, 5]);
  });

  it('reckons the rate from the first write to the last arrival', () => {
    const delays = new Delays();
    delays.add(stamp(0) + stamp(500), 1_000_000_000n);
    expect(delays.rate).toBe(2);
  });
});

describe('the text in a line or a frame', () => {
  it('is found where there is one, and nowhere else', () => {
    const event = { type: 'content_block_delta', delta: { type: 'text_delta', text: 'a' } };
    expect(textOfLine(JSON.stringify({ type: 'stream_event', event }))).toBe('a');
    expect(textOfLine('{"type":"result"}')).toBeUndefined();
    expect(textOfFrame('{"type":"text_delta","text":"b"}')).toBe('b');
    expect(textOfFrame('{"type":"attached"}')).toBeUndefined();
    expect(finishedTextOfFrame('{"type":"events","events":[{"type":"usage"},{"type":"text","text":"c"}]}')).toBe('c');
  });
});
