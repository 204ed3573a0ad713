import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import nacl from 'tweetnacl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../base/clock.ts';
import { fromBase64url, toBase64url } from '../crypto/base64url.ts';
import { isDeviceProof, proofBytes } from '../crypto/device-proof.ts';
import { answerHello, helloOf, readAnswer, readHello as readSealedHello } from '../crypto/handshake.ts';
import { readPairingLink } from '../crypto/pairing-link.ts';
import { SealedClient } from '../crypto/sealed-client.ts';
import { SealedReceiver, SealedSender } from '../crypto/sealed-frames.ts';
import { decodeClientFrame } from '../orchestrator/decode.ts';
import { clientFrames } from '../protocol/frames.ts';
import { plainPath } from '../security/file-path.ts';
import { DuctorBox } from './ductor/box.ts';
import { fileTags } from './ductor/file-tags.ts';
import { readHello } from './ductor/hello.ts';
import { attachmentHeader } from './files/disposition.ts';
import { namesTag, readRange } from './files/range.ts';
import { receiveFile } from './files/receive.ts';
import { ownerToken, startTestGateway, type TestGateway } from './gateway-test-support.ts';
import { readCredential } from './sealed/credential-frame.ts';
import { loadPrimitives } from './sealed/native-primitives.ts';

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

/** Inputs for decoders that need no server: cheap, so there are many. */
const many = { numRuns: 15_000 };
let decoded = 0;
const count = <T>(value: T): T => {
  decoded += 1;
  return value;
};
/** Waits a thousandth as long. */
const hurried: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms / 1000);
    return () => clearTimeout(timer);
  },
};
const noise = fc.string({ maxLength: 120, unit: 'binary' });
const jsonLike = fc.oneof(noise, fc.json({ maxDepth: 3 }));

/** CI tries at least so many inputs on all decoders together. */
const atLeast = 100_000;

describe('all decoders together', () => {
  afterAll(() => {
    console.info(`inputs to all decoders: ${decoded.toLocaleString('en')}`);
    expect(decoded).toBeGreaterThanOrEqual(atLeast);
  });

  describe('of the native protocol and the sealed transport', nativeAndSealed);
  describe('of version 1 and of files', versionOneAndFiles);
});

function nativeAndSealed() {
  const primitives = loadPrimitives({ info() {} });
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  const direction = { key: new Uint8Array(32).fill(1), prefix: new Uint8Array(16).fill(2) };

  it('read a frame of a client as one of the protocol or say why not', () => {
    const types = [...clientFrames.keys()];
    const frame = fc
      .record(
        {
          type: fc.constantFrom(...types, 'x'),
          command_id: fc.oneof(fc.constant('command-1'), fc.anything()),
          session_id: fc.oneof(fc.constant('ses_00000000000000000000'), fc.anything()),
          after_seq: fc.oneof(fc.nat(), fc.anything()),
          text: fc.oneof(fc.string(), fc.anything()),
        },
        { requiredKeys: ['type'] },
      )
      .map(asJson);
    fc.assert(
      fc.property(fc.oneof(jsonLike, frame), (text) => {
        const read = count(decodeClientFrame(text));
        if (read.ok) expect(types).toContain(read.value.type);
        else expect(read.error.problem.next).not.toBe('');
      }),
      { numRuns: 8_000 },
    );
  });

  it('open of sealed frames exactly the next one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(400), fc.nat(7), fc.boolean(), (noise, at, bit, cut) => {
        expect(typeof count(new SealedReceiver(primitives, direction).open(noise))).toBe('string');
        const frame = new SealedSender(primitives, direction).seal(noise);
        expect(count(new SealedReceiver(primitives, direction).open(frame))).toEqual(noise);
        const place = at % frame.length;
        if (!cut) frame[place]! ^= 1 << bit;
        const damaged = cut ? frame.subarray(0, place) : frame;
        expect(typeof count(new SealedReceiver(primitives, direction).open(damaged))).toBe('string');
      }),
      { numRuns: 4_000 },
    );
  });

  it('read a hello as a key that is good, as none, or as another door’s', () => {
    const hello = fc
      .record({ type: fc.constantFrom('auth', 'x'), v: fc.constantFrom(2, 1, '2'), e2e_pk: fc.anything() })
      .map(asJson);
    const good = bytes(32).map(helloOf);
    fc.assert(
      fc.property(fc.oneof(jsonLike, hello, good), (text) => {
        const read = count(readSealedHello(text));
        if (typeof read !== 'string') expect(read.some((byte) => byte !== 0) && read.length === 32).toBe(true);
      }),
      { numRuns: 8_000 },
    );
  });

  it('answer any key, and take no answer but the pinned server’s', () => {
    const server = primitives.keyPair();
    const mine = primitives.keyPair();
    const limits = { frame_bytes: 1, auth_ms: 1 };
    const { answer } = answerHello(primitives, server, mine.publicKey, limits)!;
    const said = JSON.parse(answer) as Record<string, string>;
    const changed = fc
      .record({ e2e_pk: fc.oneof(bytes(32).map(toBase64url), fc.anything()), sealed: fc.oneof(noise, fc.anything()) })
      .map((fields) => asJson({ ...said, ...fields }));
    fc.assert(
      fc.property(fc.oneof(jsonLike, changed), bytes(32), (text, key) => {
        expect(count(readAnswer(primitives, mine, server.publicKey, text)).ok).toBe(false);
        count(answerHello(primitives, server, key, limits));
      }),
      { numRuns: 800 },
    );
    expect(readAnswer(primitives, mine, server.publicKey, answer).ok).toBe(true);
  });

  it('let a client go through no stranger’s frames', () => {
    const frame = fc.oneof(jsonLike, fc.uint8Array({ maxLength: 80 }));
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 3 }), (frames) => {
        const client = new SealedClient({
          serverKey: new Uint8Array(32).fill(9),
          credential: { kind: 'api_key', key: 'qd_x' },
          primitives,
        });
        for (const one of frames) expect(count(client.receive(one)).kind).toBe('failed');
        expect(client.open).toBe(false);
      }),
      { numRuns: 1_500 },
    );
  });

  it('read a credential whole or not at all', () => {
    const field = fc.oneof(noise, bytes(32).map(toBase64url), bytes(proofBytes).map(toBase64url), fc.anything());
    const credential = fc
      .record({
        kind: fc.constantFrom('pairing', 'device', 'api_key', 'x'),
        ...{ code: field, device_pk: field, device_id: field, device_name: field, proof: field, key: field },
        attach: fc.oneof(fc.constant({}), fc.constant({ ses_00000000000000000000: 3 }), fc.anything()),
      })
      .map(asJson);
    fc.assert(
      fc.property(fc.oneof(jsonLike, credential), (text) => {
        const read = count(readCredential(text));
        if (read && read.kind !== 'api_key') expect(read.proof).toHaveLength(proofBytes);
      }),
      { numRuns: 8_000 },
    );
  });

  it('believe no proof that a device did not make', () => {
    const [ephemeral, device] = [primitives.keyPair(), primitives.keyPair()];
    const transcript = new Uint8Array(64).fill(3);
    fc.assert(
      fc.property(fc.oneof(bytes(proofBytes), fc.uint8Array({ maxLength: 200 })), bytes(32), (proof, key) => {
        expect(count(isDeviceProof(primitives, proof, device.publicKey, ephemeral, transcript))).toBe(false);
        expect(count(isDeviceProof(primitives, proof, key, ephemeral, transcript))).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('read a pairing link as one of version 2 or as none', () => {
    const fields = fc
      .record({
        v: fc.constantFrom(2, 1),
        k: fc.oneof(bytes(32).map(toBase64url), fc.anything()),
        c: fc.oneof(bytes(16).map(toBase64url), fc.anything()),
        n: fc.oneof(noise, fc.anything()),
        h: fc.oneof(fc.array(noise), fc.anything()),
      })
      .map((said) => `#pair=${toBase64url(Buffer.from(asJson(said)))}`);
    const link = fc.oneof(
      noise,
      fields,
      noise.map((text) => `http://x/#pair=${text}`),
    );
    fc.assert(
      fc.property(link, (text) => {
        const read = count(readPairingLink(text));
        if (read) expect([read.serverKey.length, read.code.length]).toEqual([32, 16]);
      }),
      { numRuns: 8_000 },
    );
  });

  it('read base64url in its one encoding alone', () => {
    fc.assert(
      fc.property(fc.oneof(noise, fc.base64String(), fc.uint8Array().map(toBase64url)), (text) => {
        const read = count(fromBase64url(text));
        if (read) expect(toBase64url(read)).toBe(text);
      }),
      many,
    );
  });
}

function versionOneAndFiles() {
  it('read a first frame as a hello or as none', () => {
    const hello = fc
      .record({
        type: fc.constantFrom('auth', 'x', 1),
        token: fc.anything(),
        chat_id: fc.anything(),
        channel_id: fc.anything(),
      })
      .map((fields) => asJson(fields));
    fc.assert(
      fc.property(fc.oneof(jsonLike, hello), fc.boolean(), (text, isBinary) => {
        const read = count(readHello({ data: Buffer.from(text), isBinary }));
        if (read === null) return;
        expect(Number.isSafeInteger(read.chat_id) && read.chat_id > 0).toBe(true);
        expect(read.channel_id === null || read.channel_id > 0).toBe(true);
        expect(typeof read.token).toBe('string');
      }),
      { numRuns: 5_000 },
    );
  });

  it('open a sealed frame of the peer, once, and nothing else', () => {
    const peer = nacl.box.keyPair();
    const box = DuctorBox.with(peer.publicKey)!;
    const shared = nacl.box.before(box.publicKey, peer.secretKey);
    fc.assert(
      fc.property(
        fc.oneof(
          jsonLike.map((text) => Buffer.from(text)),
          fc.uint8Array({ maxLength: 80 }),
        ),
        fc.nat(200),
        fc.nat(7),
        (plain, at, bit) => {
          const nonce = nacl.randomBytes(24);
          const bytes = Buffer.concat([nonce, nacl.box.after(plain, nonce, shared)]);
          const damaged = Buffer.from(bytes);
          damaged[at % damaged.length]! ^= 1 << bit;
          expect(count(box.open(damaged.toString('base64'))).ok).toBe(false);
          const opened = count(box.open(bytes.toString('base64')));
          expect(opened.ok).toBe(isObject(plain));
          expect(count(box.open(bytes.toString('base64'))).ok).toBe(false);
          expect(count(box.open(plain.toString())).ok).toBe(false);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('read a range as a part that is in the file, as all of it, or as nothing', () => {
    const range = fc.oneof(
      noise,
      fc
        .tuple(fc.maxSafeNat(), fc.constantFrom('-', ',', '--', ''), fc.maxSafeNat())
        .map(([a, between, b]) => `bytes=${a}${between}${b}`),
      fc.tuple(fc.nat(50), fc.nat(50)).map(([a, b]) => `bytes=${a}-${b}`),
      fc.nat(50).map((n) => `bytes=-${n}`),
      fc.nat(50).map((n) => `bytes=${n}-`),
    );
    fc.assert(
      fc.property(range, fc.oneof(fc.nat(60), fc.maxSafeNat()), (header, size) => {
        const wanted = count(readRange(header, size));
        if (wanted.kind !== 'part') return;
        expect(wanted.start).toBeGreaterThanOrEqual(0);
        expect(wanted.end).toBeGreaterThanOrEqual(wanted.start);
        expect(wanted.end).toBeLessThan(size);
      }),
      many,
    );
  });

  it('read entity tags without taking a stranger for ours', () => {
    fc.assert(
      fc.property(noise, (header) => {
        expect(count(namesTag(header, '"1-2-3"'))).toBe(
          /(^|,)\s*(W\/)?"1-2-3"\s*(,|$)/.test(header) || header.trim() === '*',
        );
      }),
      many,
    );
  });

  it('write any name into one line of ASCII, from which it can be read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }), (name) => {
        const header = count(attachmentHeader(name));
        expect(header).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[A-Za-z0-9%!~._-]*$/);
        expect(header.split('"')).toHaveLength(3);
        expect(decodeURIComponent(header.split("UTF-8''")[1]!)).toBe(name.toWellFormed());
      }),
      many,
    );
  });

  it('find paths in an answer that are absolute, and at most fifty', () => {
    const tag = fc.oneof(
      noise,
      fc.string({ unit: 'binary', maxLength: 30 }).map((path) => `<file:/${path}>`),
      fc.constant('<file:'),
    );
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 8 }), (texts) => {
        for (const path of count(fileTags(texts.join(' ')))) expect(path.startsWith('/')).toBe(true);
      }),
      many,
    );
  });

  it('take a path for plain only when nothing in it is unseen', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          noise,
          noise.map((text) => `/${text}`),
        ),
        (path) => {
          const plain = count(plainPath(path));
          if (plain !== null) expect(plain).toMatch(/^\/[^\p{Cc}]*$/u);
        },
      ),
      many,
    );
  });

  it('take a form apart or refuse it, and leave nothing of one that is refused', async () => {
    const part = fc.oneof(
      noise,
      fc.constantFrom(
        '--b\r\n',
        '\r\n--b--\r\n',
        '\r\n\r\n',
        'Content-Disposition: form-data; name="file"; filename="a"\r\n\r\n',
        'Content-Disposition: form-data; name="caption"\r\n\r\n',
        'Content-Type: image/png\r\n',
        'text',
        '\r\n',
        '--b',
        '--',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), fc.boolean(), async (parts, whole) => {
        const body = Buffer.from(
          `${whole ? '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' : ''}${parts.join('')}`,
        );
        const request = Object.assign(Readable.from([body]), {
          headers: { 'content-type': 'multipart/form-data; boundary=b' },
          complete: true,
        }) as unknown as IncomingMessage;
        let open = 0;
        const begin = async () => {
          open += 1;
          const end = async () => {
            open -= 1;
          };
          const write = async (bytes: Readable) => {
            for await (const _ of bytes);
          };
          const keep = async () => {
            await end();
            return { ok: true as const, value: 'kept' };
          };
          return { ok: true as const, value: { write, discard: end, keep } };
        };
        const received = count(await receiveFile(request, { begin }, { maxBytes: 1_000, clock: hurried }));
        expect(typeof received.ok).toBe('boolean');
        expect(open).toBe(0);
      }),
      { numRuns: 3_000 },
    );
  });
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

function isObject(bytes: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
