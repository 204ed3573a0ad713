import { afterEach, describe, expect, it } from 'vitest';
import { limits } from '../protocol/limits.ts';
import type { EventStore } from './ports.ts';
import { settle, World } from './world-test-support.ts';

let world: World;
afterEach(() => world?.close());

/** A session with this many events, nobody connected. */
async function longSession(events: number, title = (at: number) => `title ${at}`): Promise<string> {
  const { client, session_id } = await world.session();
  for (let at = 2; at <= events; at += 1) {
    await client.result({ type: 'rename_session', session_id, title: title(at) });
  }
  client.connection?.close();
  return session_id;
}

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

describe('the replay of a long session', () => {
  it('sends every event once and in order, in frames of bounded length', async () => {
    world = new World();
    const session_id = await longSession(340);
    world.crash();
    world.start();
    const client = world.connect();
    await client.result({ type: 'attach', session_id, after_seq: 0 });
    expect(client.events().map(({ seq }) => seq)).toEqual(upTo(340));
    const lengths = client.frames.flatMap((frame) => (frame.type === 'events' ? [frame.events.length] : []));
    expect(Math.max(...lengths)).toBe(limits.replayEventsPerFrame);
  });

  it('stops in the middle of what it has read while the connection is busy, and goes on where it stopped', async () => {
    world = new World();
    const session_id = await longSession(340);
    world.crash();
    world.start();
    const client = world.connect();
    const send = client.send.bind(client);
    let frames = 0;
    client.send = (frame) => {
      send(frame);
      if (frame.startsWith('{"type":"events"')) frames += 1;
      client.stuck = frames === 3;
    };
    await client.result({ type: 'attach', session_id, after_seq: 5 });
    expect(client.events()).toHaveLength(3 * limits.replayEventsPerFrame);
    const other = world.connect();
    await other.result({ type: 'rename_session', session_id, title: 'meanwhile' });
    client.drain();
    await settle();
    expect(client.events().map(({ seq }) => seq)).toEqual(upTo(341, 6));
    expect(client.frames.slice(-2)).toMatchObject([
      { type: 'attached', seq: 341 },
      { type: 'goal_status', status: 'idle' },
    ]);
  });

  it('reads nothing but what it sends: the state of the session is derived when a command needs it', async () => {
    let reads = 0;
    const counting = (store: EventStore): EventStore => ({
      ...store,
      read: (session_id, afterSeq, limit) => {
        const events = store.read(session_id, afterSeq, limit);
        reads += events.length;
        return events;
      },
    });
    world = new World({ wrapStore: counting });
    const session_id = await longSession(100);
    world.crash();
    world.start();
    reads = 0;
    const client = world.connect();
    await client.result({ type: 'attach', session_id, after_seq: 90 });
    expect(reads).toBe(10);
    await client.result({ type: 'rename_session', session_id, title: 'last' });
    expect(client.events().map(({ seq }) => seq)).toEqual(upTo(101, 91));
    expect(world.orchestrator.summaries()[0]).toMatchObject({ title: 'last', seq: 101 });
  });
});
