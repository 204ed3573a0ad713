import { describe, expect, it } from 'vitest';
import type { DurableEvent } from '../protocol/events.ts';
import { type Acknowledged, MessageTracker } from './turn-of-message.ts';

const event = (fields: Record<string, unknown>) => fields as unknown as DurableEvent;
const said = (turn_id: string) => event({ type: 'user_message', turn_id });
const end = (turn_id: string, status = 'completed') => event({ type: 'turn_end', turn_id, status });
const removed = (queue_id: string, reason: string) => event({ type: 'queue_removed', queue_id, reason });
const progress = (acknowledged: Acknowledged, ...events: DurableEvent[]) => {
  const tracker = new MessageTracker();
  for (const one of events) tracker.add(one);
  return tracker.progress(acknowledged);
};

describe('the turn of a message', () => {
  it('runs until its own end, not that of another turn', () => {
    expect(progress({ turn_id: 't1' }, said('t1'), end('t0')).state).toBe('running');
    expect(progress({ turn_id: 't1' }, said('t1'), end('t1', 'failed'))).toMatchObject({
      state: 'ended',
      end: { status: 'failed' },
    });
  });

  it('is known as ended even when the end came before the answer to the command', () => {
    expect(progress({ turn_id: 't1' }, said('t1'), end('t1')).state).toBe('ended');
  });

  it('begins when the message leaves the queue', () => {
    const waiting = { queue_id: 'q1' };
    expect(progress(waiting, said('t0')).state).toBe('waiting');
    expect(progress(waiting, end('t0'), removed('q1', 'sent'), said('t1'))).toEqual({
      state: 'running',
      turn_id: 't1',
    });
    expect(progress(waiting, end('t0'), removed('q1', 'sent'), said('t1'), end('t1')).state).toBe('ended');
  });

  it('is the running one when the message was steered into it', () => {
    expect(progress({ queue_id: 'q1' }, said('t0'), removed('q1', 'sent'), said('t0'))).toEqual({
      state: 'running',
      turn_id: 't0',
    });
  });

  it('is not that of another message of the queue', () => {
    expect(progress({ queue_id: 'q2' }, end('t0'), removed('q1', 'sent'), said('t1')).state).toBe('waiting');
  });

  it('never comes when somebody takes the message out', () => {
    expect(progress({ queue_id: 'q1' }, removed('q1', 'cancelled')).state).toBe('cancelled');
  });

  it('needs a push when the turn before did not end well', () => {
    expect(progress({ queue_id: 'q1' }, end('t0', 'aborted'))).toEqual({ state: 'stuck', queue_id: 'q1' });
    expect(progress({ queue_id: 'q1' }, end('t0', 'failed'), said('t1')).state).toBe('waiting');
  });
});
