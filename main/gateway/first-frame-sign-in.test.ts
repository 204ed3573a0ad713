import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownerToken, startTestGateway, type TestGateway } from './gateway-test-support.ts';

let world: TestGateway;
beforeEach(async () => {
  world = await startTestGateway();
});
afterEach(() => world.stop());

const opened = async () => {
  const connected = await world.connect();
  if (!connected.ok) throw new Error(connected.answer.text);
  return connected.client;
};

describe('a socket without a header', () => {
  it('is let in by its first frame', async () => {
    const client = await opened();
    expect(world.hall.clients).toHaveLength(0);
    client.socket.send(JSON.stringify({ type: 'auth', key: ownerToken }));
    client.socket.send('at once');
    await client.frame((frame) => frame === 'at once');
    expect(world.hall.clients[0]!.principal.actor.kind).toBe('owner');
    // The credential itself goes no further.
    expect(world.hall.clients[0]!.received).toEqual(['at once']);
  });

  it.each([
    ['a wrong key', '{"type":"auth","key":"qd_wrong"}'],
    ['no key', '{"type":"auth"}'],
    ['a command', '{"type":"ping","command_id":"12345678"}'],
    ['no JSON', 'hello'],
    ['bytes', Buffer.from('{"type":"auth","key":"qd_wrong"}')],
  ])('is closed after %s', async (_what, frame) => {
    const client = await opened();
    client.socket.send(frame);
    expect(JSON.parse(await client.frame(() => true))).toMatchObject({ type: 'closing', code: 'unauthorized' });
    expect((await client.closed).code).toBe(1008);
    expect(world.hall.clients).toHaveLength(0);
  });

  it('is closed after ten seconds of silence', async () => {
    const client = await opened();
    world.clock.advance(10_000);
    expect(await client.closed).toEqual({ code: 1008, reason: 'auth_timeout' });
  });

  it('is told how long to wait after many wrong keys, while a good one comes in', async () => {
    let said = '';
    for (let tries = 0; tries < 12; tries += 1) {
      const client = await opened();
      client.socket.send('{"type":"auth","key":"qd_wrong"}');
      said = await client.frame(() => true);
    }
    expect(JSON.parse(said)).toMatchObject({ code: 'rate_limited', retry_after_ms: expect.any(Number) });
    const client = await opened();
    client.socket.send(JSON.stringify({ type: 'auth', key: ownerToken }));
    await client.frame((frame) => frame.includes('welcome'));
  });

  it('is refused with a token in its address, in words', async () => {
    const connected = await world.connect({
      path: `/api/v1/ws?token=${ownerToken}`,
      headers: world.bearer(ownerToken),
    });
    if (connected.ok) throw new Error('was let in');
    expect(connected.answer.status).toBe(401);
    expect(connected.answer.text).toContain('A token in an address is not taken');
    expect(JSON.stringify(world.logged)).not.toContain(ownerToken);
  });
});
