import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createManualClock } from '../../base/clock.ts';
import { limits } from '../../protocol/limits.ts';
import { ownerPrincipal } from '../../security/principal.ts';
import type { SignedIn } from '../sign-in.ts';
import { EventStream, heartbeatMs } from './event-stream.ts';

const who: SignedIn = { ok: true, by: 'bearer', principal: ownerPrincipal('http'), expiresAt: null };
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A stream over a real connection, and the client's end of it. `read` starts to read. */
async function open() {
  const clock = createManualClock();
  let gone = 0;
  let made: (stream: EventStream) => void = () => {};
  const stream = new Promise<EventStream>((resolve) => {
    made = resolve;
  });
  const server = createServer((_request, response: ServerResponse) => {
    made(
      new EventStream(response, who, clock, () => {
        gone += 1;
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const asked = request({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, agent: false });
  asked.on('error', () => {});
  const answered = new Promise<import('node:http').IncomingMessage>((resolve) => asked.on('response', resolve));
  asked.end();
  ends.push(() => {
    asked.destroy();
    server.closeAllConnections();
    server.close();
  });
  const response = await answered;
  response.on('error', () => {});
  let text = '';
  let looks: (() => void)[] = [];
  const read = () => {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      text += chunk;
      for (const look of looks) look();
    });
  };
  const until = (is: (text: string) => boolean) =>
    new Promise<string>((resolve) => {
      const look = () => {
        if (is(text)) resolve(text);
      };
      looks = [...looks, look];
      look();
    });
  return { clock, stream: await stream, asked, response, read, until, gone: () => gone };
}

it('gives a sign of life every 15 seconds, and none once it has ended', async () => {
  const { clock, stream, read, until, gone } = await open();
  read();
  const beats = (text: string) => text.split(': heartbeat\n\n').length - 1;
  await until((text) => beats(text) === 1);
  clock.advance(heartbeatMs - 1);
  stream.send({ event: 'mark', data: {} });
  expect(beats(await until((text) => text.includes('mark')))).toBe(1);
  clock.advance(1);
  await until((text) => beats(text) === 2);
  stream.end();
  clock.advance(10 * heartbeatMs);
  expect(gone()).toBe(1);
});

it('is busy while its client does not read, calls back once when it has read, and loses nothing', async () => {
  const { stream, read, until } = await open();
  let sent = 0;
  while (!stream.busy()) {
    sent += 1;
    stream.send({ event: 'text', id: sent, data: { text: 'x'.repeat(limits.connectionBusyBytes / 4) } });
  }
  let called = 0;
  const drained = new Promise<void>((resolve) =>
    stream.onceDrained(() => {
      called += 1;
      resolve();
    }),
  );
  expect(called).toBe(0);
  read();
  await drained;
  expect(stream.busy()).toBe(false);
  const text = await until((all) => all.includes(`id: ${sent}\n`));
  expect(text.match(/^id: \d+$/gm)).toEqual(Array.from({ length: sent }, (_, at) => `id: ${at + 1}`));
  expect(called).toBe(1);
});

it('cuts off a client that never reads instead of keeping everything for it', async () => {
  const { stream, gone } = await open();
  for (let sent = 0; sent < 4_000 && gone() === 0; sent += 1) {
    stream.send({ event: 'text', data: { text: 'x'.repeat(65_536) } });
  }
  expect(gone()).toBe(1);
  expect(() => stream.send({ event: 'late', data: {} })).not.toThrow();
});

it('tells once that its client is gone', async () => {
  const { asked, stream, gone } = await open();
  asked.destroy();
  await expect.poll(gone).toBe(1);
  stream.end();
  expect(gone()).toBe(1);
});
