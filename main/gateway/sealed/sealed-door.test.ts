import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toBase64url } from '../../crypto/base64url.ts';
import { tweetnacl } from '../../crypto/primitives.ts';
import { limits } from '../../protocol/limits.ts';
import { goodKey, pairingCode, type SealedWorld, startSealedWorld } from './sealed-test-support.ts';
import { strangerLimits } from './strangers.ts';

let world: SealedWorld;
beforeEach(async () => {
  world = await startSealedWorld();
});
afterEach(() => world.stop());

/** Lets what was sent before arrive: the answer to a request that was made after it. */
const settled = () => world.http('/api/v1/health');

describe('a client of another library', () => {
  it('comes in with an API key, is known as sealed, and what it says arrives in order', async () => {
    const { open, send } = await world.entered();
    expect(world.hall.clients[0]!.principal.actor).toMatchObject({ kind: 'api_key', via: 'sealed' });
    for (const text of ['one', 'two', 'three']) {
      send({ text });
      expect(await open()).toEqual({ text });
    }
  });

  it('pairs once, and comes back as that device', async () => {
    const device = world.newDevice();
    const first = await world.greeted();
    first.send({
      kind: 'pairing',
      code: pairingCode,
      device_pk: device.device_pk,
      device_name: 'phone',
      proof: first.sealed.proof(device.secret),
    });
    expect(await first.open()).toEqual({ type: 'welcome' });
    const { actor } = world.hall.clients[0]!.principal;
    expect(actor).toMatchObject({ kind: 'device', via: 'sealed' });
    expect(world.credentials.devices.get(actor.id!)).toEqual(device.publicKey);

    const again = await world.greeted();
    again.send({ kind: 'device', device_id: actor.id, proof: again.sealed.proof(device.secret) });
    expect(await again.open()).toEqual({ type: 'welcome' });

    const twice = await world.greeted();
    const proof = twice.sealed.proof(device.secret);
    twice.send({ kind: 'pairing', code: pairingCode, device_pk: device.device_pk, device_name: 'x', proof });
    expect(await twice.open()).toMatchObject({ type: 'closing', code: 'unauthorized' });
    expect((await twice.client.closed).code).toBe(1008);
  });

  it('is not let in as a device with another key, nor with a proof made for another handshake', async () => {
    const device = world.newDevice();
    world.credentials.devices.set('dev_1', device.publicKey);
    const recorded = (await world.greeted()).sealed.proof(device.secret);
    for (const prove of [
      (one: Awaited<ReturnType<SealedWorld['greeted']>>) => one.sealed.proof(world.newDevice().secret),
      () => recorded,
    ]) {
      const one = await world.greeted();
      one.send({ kind: 'device', device_id: 'dev_1', proof: prove(one) });
      expect(await one.open()).toMatchObject({ type: 'closing', code: 'unauthorized' });
    }
    expect(world.hall.clients).toHaveLength(0);
  });

  it('cannot pair a public key whose secret it does not hold', async () => {
    const theirs = world.newDevice();
    const one = await world.greeted();
    const proof = one.sealed.proof(world.newDevice().secret);
    one.send({ kind: 'pairing', code: pairingCode, device_pk: theirs.device_pk, device_name: 'x', proof });
    expect(await one.open()).toMatchObject({ code: 'unauthorized' });
    // The code is not used up by it.
    expect(world.credentials.codes).toContain(pairingCode);
  });

  it('follows what it names in its first frame from the first moment on', async () => {
    const one = await world.greeted();
    one.send({ kind: 'api_key', key: goodKey, attach: { ses_00000001: 5, ses_00000002: 0 } });
    expect(await one.open()).toEqual({ type: 'welcome' });
    const attach = (session_id: string, after_seq: number) => ({
      type: 'attach',
      command_id: session_id,
      session_id,
      after_seq,
    });
    expect(await one.open()).toEqual(attach('ses_00000001', 5));
    expect(await one.open()).toEqual(attach('ses_00000002', 0));
  });
});

describe('the handshake', () => {
  it('asks for no credential, but for name and origin like every door', async () => {
    await world.raw({ origin: `http://127.0.0.1:${world.port}` });
    await expect(world.raw({ origin: 'https://evil.example' })).rejects.toThrow('403');
    await expect(world.raw({ host: 'evil.example' })).rejects.toThrow('403');
  });

  it('is over after ten seconds of silence, before the hello and after it', async () => {
    const silent = await world.raw();
    const greeted = await world.greeted();
    world.clock.advance(strangerLimits.frameWithinMs);
    expect(JSON.parse(String(await silent.next()))).toMatchObject({ type: 'error', code: 'auth_timeout' });
    expect(await silent.closed).toEqual({ code: 1008, reason: 'auth_timeout' });
    expect(await greeted.open()).toMatchObject({ type: 'closing', code: 'auth_timeout' });
    expect((await greeted.client.closed).code).toBe(1008);
  });

  it.each([
    ['nothing of ours', 'hello?'],
    ['a command', '{"type":"ping","command_id":"12345678"}'],
    ['another version', '{"type":"auth","v":3,"e2e_pk":"x"}'],
    ['bytes', Buffer.from([1, 2, 3])],
  ])('is not begun by %s', async (_what, frame) => {
    const client = await world.raw();
    client.socket.send(frame);
    expect(JSON.parse(String(await client.next()))).toMatchObject({ type: 'error', code: 'auth_required' });
    expect((await client.closed).code).toBe(1008);
  });

  it.each([
    ['none', undefined],
    ['all zero', toBase64url(new Uint8Array(32))],
    [
      'of order 8',
      Buffer.from('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800', 'hex').toString('base64url'),
    ],
    ['too short', toBase64url(new Uint8Array(31).fill(9))],
    ['no base64url', `${'+'.repeat(43)}`],
    ['a number', 7],
  ])('is refused with a key that is %s', async (_what, e2e_pk) => {
    const client = await world.raw();
    client.socket.send(JSON.stringify({ type: 'auth', v: 2, e2e_pk }));
    expect(JSON.parse(String(await client.next()))).toMatchObject({ type: 'error', code: 'decrypt_failed' });
    expect((await client.closed).code).toBe(1008);
  });

  it('recorded and played back opens nothing: the server has other keys', async () => {
    const { client, sealed } = await world.entered();
    const played = await world.raw();
    // All that the recorded client ever sent, frame by frame.
    const hello = sealed.hello();
    const credential = sealed.seal({ kind: 'api_key', key: goodKey });
    played.socket.send(hello);
    await played.next();
    played.socket.send(credential);
    expect(await played.closed).toMatchObject({ code: 1008, reason: 'replay_detected' });
    expect(world.hall.connections).toBe(1);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });

  it('says nothing of the credential on the wire', async () => {
    const { client } = await world.entered();
    expect(Buffer.concat(client.frames.map((frame) => Buffer.from(frame))).toString('latin1')).not.toContain('qd_');
  });

  it('that a man in the middle answers with his own key is refused by the pinned one', async () => {
    const { client, sealed } = await world.greeted();
    const [answer] = client.frames;
    const { answerHello } = await import('../../crypto/handshake.ts');
    const forged = answerHello(
      tweetnacl,
      tweetnacl.keyPair(),
      new Uint8Array(Buffer.from(JSON.parse(sealed.hello()).e2e_pk, 'base64url')),
      { frame_bytes: 1, auth_ms: 1 },
    )!;
    expect(() => sealed.answered(forged.answer)).toThrow();
    expect(() => sealed.answered(String(answer))).not.toThrow();
  });

  it('is followed by a credential or by the end', async () => {
    for (const frame of [{}, { kind: 'other' }, { kind: 'api_key' }, { type: 'ping', command_id: '12345678' }]) {
      const one = await world.greeted();
      one.send(frame);
      expect(await one.open()).toMatchObject({ type: 'closing', code: 'unauthorized' });
    }
    expect(world.hall.clients).toHaveLength(0);
  });
});

describe('a frame inside the channel', () => {
  const refusals: [string, string, (one: Awaited<ReturnType<SealedWorld['entered']>>) => Promise<void> | void][] = [
    [
      'cut short',
      'decrypt_failed',
      ({ client, sealed }) => client.socket.send(sealed.seal({ text: 'x' }).subarray(0, 39)),
    ],
    [
      'cut by one byte',
      'decrypt_failed',
      ({ client, sealed }) => client.socket.send(sealed.seal({ text: 'x' }).slice(0, -1)),
    ],
    [
      'with one bit flipped',
      'decrypt_failed',
      ({ client, sealed }) => {
        const frame = sealed.seal({ text: 'x' });
        frame[30]! ^= 4;
        client.socket.send(frame);
      },
    ],
    ['of no bytes', 'decrypt_failed', ({ client }) => client.socket.send(new Uint8Array(0))],
    [
      'sent twice',
      'replay_detected',
      async ({ client, sealed, open }) => {
        const frame = sealed.seal({ text: 'x' });
        client.socket.send(frame);
        await open();
        client.socket.send(frame);
      },
    ],
    [
      'out of order',
      'replay_detected',
      ({ client, sealed }) => {
        sealed.seal({ text: 'held back' });
        client.socket.send(sealed.seal({ text: 'too early' }));
      },
    ],
    ['reflected', 'replay_detected', ({ client }) => client.socket.send(client.frames.at(-1)!)],
    ['as text', 'decrypt_failed', ({ client }) => client.socket.send('{"type":"ping","command_id":"12345678"}')],
    [
      'larger than the limit',
      'frame_too_large',
      ({ client, sealed }) => client.socket.send(sealed.seal({ text: 'x'.repeat(limits.frameBytes) })),
    ],
  ];
  it.each(refusals)('that comes %s ends the connection: %s', async (_what, code, send) => {
    const one = await world.entered();
    await send(one);
    expect(await one.open()).toMatchObject({ type: 'closing', code });
    expect(await one.client.closed).toEqual({ code: code === 'frame_too_large' ? 1009 : 1008, reason: code });
    expect(world.hall.clients[0]!.gone).toBe(true);
    expect(world.hall.clients[0]!.received.filter((text) => !text.includes('"x"'))).toEqual([]);
  });

  it('far beyond the limit is not even read', async () => {
    const one = await world.entered();
    one.client.socket.send(Buffer.alloc(limits.frameBytes + 200_000));
    expect((await one.client.closed).code).toBe(1009);
  });

  it('just below the limit arrives', async () => {
    const one = await world.entered();
    const text = 'x'.repeat(limits.frameBytes - 20);
    one.send({ text });
    expect((await one.open()).text).toBe(text);
  });
});

describe('strangers', () => {
  it('are told to wait after many wrong keys, while a good one comes in at once', async () => {
    let last: Record<string, unknown> = {};
    for (let tries = 0; tries < 12; tries += 1) {
      const one = await world.greeted();
      one.send({ kind: 'api_key', key: `qd_${'w'.repeat(43)}` });
      last = await one.open();
    }
    expect(last).toMatchObject({ type: 'closing', code: 'rate_limited', retry_after_ms: expect.any(Number) });
    expect(last.retry_after_ms).toBeGreaterThan(0);
    await world.entered();
  });

  it('who hold their places longest make room for who comes', async () => {
    const held = [];
    for (let count = 0; count < strangerLimits.perAddress; count += 1) held.push(await world.raw());
    await world.entered();
    expect(await held[0]!.closed).toEqual({ code: 1013, reason: 'overloaded' });
    expect(held[1]!.socket.readyState).toBe(1);
  });

  it('who send more than a hello and a credential can be are cut off', async () => {
    const client = await world.raw();
    client.socket.send(Buffer.alloc(strangerLimits.bytes * 2));
    expect((await client.closed).code).toBe(1006);
  });

  it('who leave are forgotten', async () => {
    for (let count = 0; count < 3 * strangerLimits.perAddress; count += 1) {
      const client = await world.raw();
      client.socket.close();
      await client.closed;
    }
    await settled();
    await world.entered();
    world.clock.advance(60_000);
    expect(world.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a credential that ends', () => {
  const asDevice = async () => {
    const device = world.newDevice();
    world.credentials.devices.set('dev_1', device.publicKey);
    const one = await world.greeted();
    one.send({ kind: 'device', device_id: 'dev_1', proof: one.sealed.proof(device.secret) });
    await one.open();
    return one;
  };

  it('closes the device’s connection in the tick of its revocation, and no other', async () => {
    const [one, other] = [await asDevice(), await world.entered()];
    world.gateway.closeWhere(({ actor }) => actor.id === 'dev_1');
    expect(world.hall.clients[0]!.gone).toBe(true);
    expect(world.hall.clients[1]!.gone).toBe(false);
    expect(await one.open()).toMatchObject({ type: 'closing', code: 'unauthorized' });
    expect((await one.client.closed).code).toBe(1008);
    expect(other.client.socket.readyState).toBe(1);
  });

  it('of a narrowed device ends what was opened with the former rights, to come back with the new ones', async () => {
    const one = await asDevice();
    world.gateway.closeWhere(({ actor }) => actor.id === 'dev_1', 'access_changed', 'narrowed');
    expect(world.hall.clients[0]!.gone).toBe(true);
    expect(await one.client.closed).toEqual({ code: 1012, reason: 'access_changed' });
  });

  it('closes the connection at the moment it expires', async () => {
    world.credentials.expiresAt = world.clock.now() + 60_000;
    const one = await world.entered();
    // Half of the heartbeats are answered, so that only the expiry ends it.
    world.clock.advance(29_000);
    expect(world.hall.clients[0]!.gone).toBe(false);
    await settled();
    world.clock.advance(30_999);
    expect(world.hall.clients[0]!.gone).toBe(false);
    world.clock.advance(1);
    expect(world.hall.clients[0]!.gone).toBe(true);
    expect((await one.client.closed).reason).toBe('unauthorized');
  });

  it('is not asked again where the place is taken: one key opens no more than its share', async () => {
    const all = [];
    for (let count = 0; count < limits.connectionsPerCredential; count += 1) all.push(await world.entered());
    const one = await world.greeted();
    one.send({ kind: 'api_key', key: goodKey });
    expect(await one.open()).toMatchObject({ type: 'closing', code: 'overloaded' });
    expect((await one.client.closed).code).toBe(1013);
  });
});
