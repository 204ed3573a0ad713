import { expect, it } from 'vitest';
import type { ServerFrame } from '../protocol/frames.ts';
import { limits } from '../protocol/limits.ts';
import { settle, TestClient, World } from './world-test-support.ts';

/** A socket that is busy after every large frame until the test takes that frame off it, as a slow line is. */
class SlowLine extends TestClient {
  override send(frame: string): void {
    super.send(frame);
    if (frame.length > limits.connectionBusyBytes) this.stuck = true;
  }
}

const isPiece = (frame: ServerFrame) =>
  frame.type === 'response' && frame.ok && (frame.result as { data?: string }).data !== undefined;

it('puts at most one piece of a transfer before what the agent says, however many were asked for at once', async () => {
  const data = Buffer.alloc(limits.chunkBytes).toString('base64');
  let made = 0;
  const world = new World({
    queries: {
      file_read: () => {
        made += 1;
        return { data } as never;
      },
    },
  });
  const { session_id } = await world.session();
  const client = new SlowLine();
  client.connection = world.hall.connect({ actor: { kind: 'owner', via: 'sealed' }, scopes: new Set() }, client);
  await client.result({ type: 'attach', session_id, after_seq: 0 });
  await client.result({ type: 'message', session_id, text: 'go' });
  const pieces = 20;
  for (let n = 0; n < pieces; n += 1) {
    client.connection.receive(
      JSON.stringify({ type: 'file_read', command_id: `piece-000${n + 10}`, path: '/x', offset: 0 }),
    );
  }
  await settle();
  const from = client.frames.findIndex(isPiece);
  for (let n = 0; n < pieces + 2; n += 1) {
    world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text: `${n} ` });
    await settle();
    client.drain();
    await settle();
  }
  const frames = client.frames.slice(from);
  // Between two words of the agent there is never more than one piece, and no piece was read from disk before its turn.
  const kinds = frames
    .filter((frame) => isPiece(frame) || frame.type === 'text_delta')
    .map((frame) => (isPiece(frame) ? 'piece' : 'word'));
  expect(kinds.filter((kind) => kind === 'piece')).toHaveLength(pieces);
  expect(kinds.join(' ')).not.toContain('piece piece');
  expect(kinds.filter((kind) => kind === 'word').length).toBeGreaterThanOrEqual(pieces - 1);
  expect(made).toBe(pieces);
  world.close();
});

it('refuses to make more pieces than may wait, and goes on after one that failed', async () => {
  let made = 0;
  const world = new World({
    queries: {
      file_read: () => {
        made += 1;
        if (made === 1) throw new Error('a defect');
        return { data: '' } as never;
      },
    },
  });
  const client = world.connect();
  client.stuck = true;
  for (let n = 0; n < 70; n += 1) {
    client.connection!.receive(
      JSON.stringify({ type: 'file_read', command_id: `piece-000${n + 10}`, path: '/x', offset: 0 }),
    );
  }
  await settle();
  expect(made).toBe(0);
  const refused = () =>
    client.frames
      .filter((frame) => frame.type === 'response' && !frame.ok)
      .map((frame) => (frame as { error: { code: string } }).error.code);
  expect(refused()).toEqual(Array(6).fill('overloaded'));
  client.drain();
  for (let n = 0; n < 5; n += 1) await settle();
  expect(made).toBe(64);
  expect(refused().at(-1)).toBe('internal');
  world.close();
});
