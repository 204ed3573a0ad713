import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerToken, startTestGateway, type TestGateway } from './gateway-test-support.ts';

let world: TestGateway;
beforeAll(async () => {
  world = await startTestGateway();
});
afterAll(() => world.stop());

const alive = async () => expect((await world.http('/api/v1/health')).status).toBe(200);

describe('a stranger’s bytes', () => {
  it('after a valid upgrade end at most that connection', async () => {
    const handshake =
      `GET /api/v1/ws HTTP/1.1\r\nHost: 127.0.0.1:${world.port}\r\nAuthorization: Bearer ${ownerToken}\r\n` +
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
    // Half of them begin like a frame: a header of an opcode, a masked length, a mask.
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 300 }))
        .map(([first, second, rest]) => Uint8Array.from([first, second | 0x80, ...rest])),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (payload) => {
        const answer = await world.raw(Buffer.concat([Buffer.from(handshake), payload]));
        expect(answer).toMatch(/^HTTP\/1\.1 101/);
      }),
      { numRuns: 150 },
    );
    await alive();
    expect(world.hall.connections).toBe(0);
    expect(world.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('instead of a request are answered or dropped, and let nobody in', async () => {
    const line = fc.oneof(
      fc.string({ maxLength: 80, unit: 'binary' }),
      fc
        .tuple(
          fc.constantFrom('GET', 'POST', 'CONNECT', 'TRACE', 'PRI', 'OPTIONS'),
          fc.webPath(),
          fc.string({ maxLength: 20 }),
        )
        .map(([method, path, header]) => `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${world.port}\r\n${header}`),
    );
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        const answer = await world.raw(`${text}\r\n\r\n`);
        expect(answer).not.toContain(' 101 ');
      }),
      { numRuns: 150 },
    );
    await alive();
    expect(world.hall.connections).toBe(0);
  });

  it('in text frames reach the hall unchanged, in order', async () => {
    const client = await world.enter();
    const entry = world.hall.clients.at(-1)!;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 200, unit: 'grapheme' }), { maxLength: 20 }), async (texts) => {
        const frames = texts.filter((text) => text !== 'defect');
        entry.received.length = 0;
        client.frames.length = 0;
        for (const text of frames) client.socket.send(text);
        client.socket.send('end of run');
        await client.frame((frame) => frame === 'end of run');
        expect(entry.received.slice(0, -1)).toEqual(frames);
        expect(client.frames.slice(0, -1)).toEqual(frames);
      }),
      { numRuns: 50 },
    );
  });

  it('in headers of credentials are refused, never a defect', async () => {
    const value = fc.string({ maxLength: 300 }).map((text) => text.replace(/[^\x20-\x7e]/g, '').trim());
    await fc.assert(
      fc.asyncProperty(value, value, async (authorization, cookie) => {
        const headers: Record<string, string> = { cookie: `qd_${world.port}=${cookie}` };
        if (authorization) headers.authorization = authorization;
        expect([401, 429]).toContain((await world.http('/api/v1/me', { headers })).status);
      }),
      { numRuns: 100 },
    );
    await alive();
  });
});
