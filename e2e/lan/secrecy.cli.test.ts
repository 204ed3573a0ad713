import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Attack, type AttackOutcome, attacks } from './attacks.ts';
import { startCapture, timesSaid } from './capture.ts';
import { type Desk, port, startDesk } from './desk.ts';
import { networkMissing } from './needs-network.ts';
import { createNetwork, type Network } from './network.ts';
import { type Phones, startPhones } from './phones.ts';
import { madePhoto, piecesOf } from './photo.ts';
import type { Answer, DurableEvent } from './resuming-client.ts';
import { phoneScopes } from './soak.ts';

const missing = await networkMissing();
let network: Network;
let desk: Desk;
let phones: Phones;

beforeAll(async () => {
  if (missing !== null) return;
  network = await createNetwork();
  desk = await startDesk(network);
  phones = startPhones(network.phone);
});
afterAll(async () => {
  if (missing !== null) return;
  await phones[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
  await network[Symbol.asyncDispose]();
});

const asked = async <T>(frame: object): Promise<T> => {
  const answer = await desk.client.ask(frame);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.result as T;
};

describe.skipIf(missing !== null)('somebody who listens on the network', () => {
  it('finds no byte of a pairing code, a key, a prompt, an answer or a file, and would have found them', async () => {
    const host = `${network.addresses[0]}:${port}`;
    const photo = madePhoto();
    const prompt = `Please read the secret ${randomBytes(12).toString('hex')} to me`;
    const control = `control-${randomBytes(12).toString('hex')}`;
    const link = await desk.pairingLink('phone', phoneScopes);
    const { key } = await asked<{ key: string }>({ type: 'keys_create', name: 'script', scopes: ['sessions:read'] });
    const { public_key } = await asked<{ public_key: string }>({ type: 'gateway_identity' });
    const capture = await startCapture(network);

    await phones.order({ op: 'pair', phone: 'p', link });
    const ask = async <T>(frame: object): Promise<T> => {
      const answer = await phones.order<Answer>({ op: 'ask', phone: 'p', frame, twice: false });
      if (!answer.ok) throw new Error(JSON.stringify(answer.error));
      return answer.result as T;
    };
    const cwd = desk.folder('listened');
    const { session_id } = await ask<{ session_id: string }>({ type: 'new_chat', cwd, provider: 'demo', mode: 'ask' });
    await phones.order({ op: 'follow', phone: 'p', session: session_id });
    const kept = await ask<{ attachment?: object }>({
      type: 'upload',
      name: 'photo.png',
      media_type: 'image/png',
      bytes: photo.length,
      offset: 0,
      data: photo.toString('base64'),
    });
    expect(JSON.stringify(kept).length).toBeGreaterThan(10);
    await ask({ type: 'message', session_id, text: prompt });
    await phones.order({ op: 'ended', phone: 'p', session: session_id, turns: 1, withinMs: 20_000 });
    const events = await phones.order<DurableEvent[]>({ op: 'events', phone: 'p', session: session_id });
    const answer = events.find(({ type }) => type === 'text')?.text as string;
    expect(answer.length).toBeGreaterThan(20);
    // A key that is typed in, and something that is said in clear on purpose, to show that it would have been found.
    await phones.order({ op: 'attack', phone: 'p', kind: 'none', host, serverKey: public_key, key });
    expect(await phones.order({ op: 'get', phone: 'p', url: `http://${host}/api/v1/health?${control}` })).toBe(200);

    const heard = await capture.stop();
    expect(heard.packets).toBeGreaterThan(20);
    expect(timesSaid(heard, control)).toBeGreaterThan(0);
    // Masked by the WebSocket on its way to the desk: found only where the mask is taken off.
    expect(timesSaid(heard, '"type":"auth"')).toBeGreaterThan(0);
    const code = JSON.parse(Buffer.from(link.split('#pair=')[1]!, 'base64url').toString()).c as string;
    const secrets: Record<string, string | Buffer> = {
      'the pairing code': code,
      'the pairing code, as bytes': Buffer.from(code, 'base64url'),
      'the API key': key,
      'the owner token': desk.ownerToken,
      'the prompt': prompt,
      'the answer': answer.slice(0, 60),
      'the end of the answer': answer.slice(-24),
      'the folder': cwd,
      'the session': session_id,
    };
    for (const [what, bytes] of piecesOf(photo)) secrets[what] = bytes;
    for (const [what, bytes] of Object.entries(secrets)) expect(timesSaid(heard, bytes), what).toBe(0);
  }, 90_000);
});

describe.skipIf(missing !== null)('somebody between phone and desk', () => {
  /** Who finds it out, and how. */
  const expected: Record<Attack, Partial<AttackOutcome>> = {
    none: { phone: null, taken: ['ping-0001', 'ping-0002', 'ping-0003'] },
    own_keys: { phone: 'wrong_server', taken: [] },
    other_ephemeral: { phone: 'wrong_server', taken: [] },
    replay_to_desk: { desk: 1008 },
    reorder_to_desk: { desk: 1008 },
    truncate_to_desk: { desk: 1008 },
    reflect_to_desk: { phone: 'replay_detected', taken: [] },
    replay_to_phone: { phone: 'replay_detected', taken: ['ping-0001'] },
    reorder_to_phone: { phone: 'replay_detected', taken: [] },
    truncate_to_phone: { phone: 'decrypt_failed', taken: [] },
    reflect_to_phone: { desk: 1008, taken: [] },
  };

  it.each(attacks)('is found out: %s', async (kind) => {
    const { key } = await asked<{ key: string }>({ type: 'keys_create', name: kind, scopes: ['sessions:read'] });
    const { public_key } = await asked<{ public_key: string }>({ type: 'gateway_identity' });
    const host = `${network.addresses[0]}:${port}`;
    const outcome = await phones.order<AttackOutcome>({
      op: 'attack',
      phone: 'p',
      kind,
      host,
      serverKey: public_key,
      key,
    });
    expect(outcome).toMatchObject(expected[kind]);
  });
});
