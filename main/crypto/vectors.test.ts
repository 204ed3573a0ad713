import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isDeviceProof, proveDevice } from './device-proof.ts';
import { fingerprintOf } from './fingerprint.ts';
import { answerHello, helloOf, readAnswer, readHello } from './handshake.ts';
import { pairingFragment, readPairingLink } from './pairing-link.ts';
import { tweetnacl } from './primitives.ts';
import { SealedReceiver, SealedSender } from './sealed-frames.ts';
import { clientKeys, serverKeys } from './session-keys.ts';

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/vectors.json'), 'utf8'));
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');
const utf8 = (text: string) => new TextEncoder().encode(text);
const pair = (name: string) => tweetnacl.keyPair(bytes(vectors.secret_keys[name]));
const [server, serverEphemeral, clientEphemeral, device] = [
  pair('server'),
  pair('server_ephemeral'),
  pair('client_ephemeral'),
  pair('device'),
];
const keys = clientKeys(tweetnacl, clientEphemeral, serverEphemeral.publicKey, server.publicKey)!;

describe('the test vectors', () => {
  it('have the public keys and shared points that TweetNaCl computes', () => {
    for (const name of Object.keys(vectors.secret_keys))
      expect(hex(pair(name).publicKey)).toBe(vectors.public_keys[name]);
    const dh = (one: Uint8Array, other: Uint8Array) => hex(tweetnacl.scalarMult(one, other));
    expect(dh(clientEphemeral.secretKey, serverEphemeral.publicKey)).toBe(vectors.dh_ephemeral_ephemeral);
    expect(dh(clientEphemeral.secretKey, server.publicKey)).toBe(vectors.dh_ephemeral_server);
  });

  it('give the same keys on both sides', () => {
    expect(serverKeys(tweetnacl, serverEphemeral, server, clientEphemeral.publicKey)).toEqual(keys);
    expect(hex(keys.transcript)).toBe(vectors.transcript);
    expect(hex(keys.toServer.key)).toBe(vectors.client_to_server.key);
    expect(hex(keys.toServer.prefix)).toBe(vectors.client_to_server.nonce_prefix);
    expect(hex(keys.toClient.key)).toBe(vectors.server_to_client.key);
    expect(hex(keys.toClient.prefix)).toBe(vectors.server_to_client.nonce_prefix);
  });

  it('hold the hello and an answer that the client accepts, and only from the pinned key', () => {
    expect(helloOf(clientEphemeral.publicKey)).toBe(vectors.hello);
    expect(readHello(vectors.hello)).toEqual(clientEphemeral.publicKey);
    const read = (pinned: Uint8Array | null) => readAnswer(tweetnacl, clientEphemeral, pinned, vectors.auth_ok);
    expect(read(server.publicKey)).toMatchObject({
      ok: true,
      keys,
      limits: { frame_bytes: 4_194_304, auth_ms: 10_000 },
    });
    expect(read(null)).toMatchObject({ ok: true, serverKey: server.publicKey });
    expect(read(device.publicKey)).toEqual({ ok: false, reason: 'wrong_server' });
  });

  it('hold a proof of the device that is good for this handshake alone', () => {
    const good = (proof: Uint8Array, transcript = keys.transcript, key = device.publicKey) =>
      isDeviceProof(tweetnacl, proof, key, serverEphemeral, transcript);
    expect(good(bytes(vectors.device_proof))).toBe(true);
    expect(good(proveDevice(tweetnacl, device, serverEphemeral.publicKey, keys.transcript))).toBe(true);
    expect(
      good(
        bytes(vectors.device_proof),
        keys.transcript.map((byte) => byte ^ 1),
      ),
    ).toBe(false);
    expect(good(bytes(vectors.device_proof), keys.transcript, server.publicKey)).toBe(false);
    expect(good(bytes(vectors.device_proof), keys.transcript, new Uint8Array(32))).toBe(false);
    // Who stole the long-term key of the server can open what was boxed for it, but makes no proof for a fresh ephemeral key.
    const stolen = proveDevice(tweetnacl, server, device.publicKey, keys.transcript);
    expect(good(stolen)).toBe(false);
  });

  it.each(['client_to_server', 'server_to_client'] as const)('hold the frames %s', (direction) => {
    const direct = direction === 'client_to_server' ? keys.toServer : keys.toClient;
    const sender = new SealedSender(tweetnacl, direct);
    const receiver = new SealedReceiver(tweetnacl, direct);
    for (const { plaintext, frame } of vectors.frames[direction]) {
      expect(hex(sender.seal(utf8(plaintext)))).toBe(frame);
      expect(receiver.open(bytes(frame))).toEqual(utf8(plaintext));
    }
  });

  it('hold the pairing link and the fingerprint', () => {
    const pairing = readPairingLink(`http://192.168.1.20:8741/${vectors.pairing.fragment}`)!;
    expect(pairing).toEqual({
      serverKey: server.publicKey,
      code: bytes(vectors.pairing.code),
      name: 'Ada’s phone',
      hosts: ['192.168.1.20:8741', 'desk.local:8741'],
    });
    expect(pairingFragment(pairing)).toBe(vectors.pairing.fragment);
    expect(fingerprintOf(server.publicKey)).toBe(vectors.fingerprint_of_server);
    expect(vectors.fingerprint_of_server).toMatch(/^([0-9a-z]{4} ){7}[0-9a-z]{4}$/);
  });
});

describe('a key of low order', () => {
  // The points of order 1, 2, 4 and 8 and their other encodings (RFC 7748, 6.1; https://cr.yp.to/ecdh.html#validate).
  const points = [
    '00'.repeat(32),
    `01${'00'.repeat(31)}`,
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    `ec${'ff'.repeat(30)}7f`,
    `ed${'ff'.repeat(30)}7f`,
    `ee${'ff'.repeat(30)}7f`,
  ].map(bytes);

  it.each(points.map((point) => [hex(point), point] as const))('%s is refused by both sides', (_name, point) => {
    const limits = { frame_bytes: 1, auth_ms: 1 };
    expect(answerHello(tweetnacl, server, point, limits)).toBeNull();
    expect(clientKeys(tweetnacl, clientEphemeral, point, server.publicKey)).toBeNull();
    expect(clientKeys(tweetnacl, clientEphemeral, serverEphemeral.publicKey, point)).toBeNull();
  });
});
