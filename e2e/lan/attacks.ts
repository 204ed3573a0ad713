import { WebSocket, WebSocketServer } from 'ws';
import { fromBase64url, toBase64url } from '../../main/crypto/base64url.ts';
import { tweetnacl } from '../../main/crypto/primitives.ts';
import { SealedClient, type SealedCredential } from '../../main/crypto/sealed-client.ts';

/** What somebody between phone and desk does with the frames. */
export const attacks = [
  'none',
  'own_keys',
  'other_ephemeral',
  'replay_to_desk',
  'reorder_to_desk',
  'reflect_to_desk',
  'truncate_to_desk',
  'replay_to_phone',
  'reorder_to_phone',
  'reflect_to_phone',
  'truncate_to_phone',
] as const;
export type Attack = (typeof attacks)[number];

export interface AttackOutcome {
  /** The phone's client found it out, and why. */
  phone: string | null;
  /** Close code of the desk. */
  desk: number | null;
  /** Frames the phone took after the welcome. */
  taken: string[];
}

/**
 * Talks to the desk through somebody who sits in between and alters what passes, on the phone's computer.
 * @param host - of the desk, `host:port`.
 */
export async function attack(
  kind: Attack,
  host: string,
  serverKey: Uint8Array,
  credential: SealedCredential,
): Promise<AttackOutcome> {
  const between = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise<void>((resolve) => between.once('listening', () => resolve()));
  const { port } = between.address() as { port: number };
  const outcome: AttackOutcome = { phone: null, desk: null, taken: [] };
  let deskClosed: () => void = () => {};
  const deskEnd = new Promise<void>((resolve) => {
    deskClosed = resolve;
  });
  between.on('connection', (phone) => {
    const desk = new WebSocket(`ws://${host}/ws`);
    const waiting: [Buffer, boolean][] = [];
    const toDesk = altering(
      kind,
      'desk',
      (data, binary) => desk.send(data, { binary }),
      (data, binary) => phone.send(data, { binary }),
    );
    const toPhone = altering(
      kind,
      'phone',
      (data, binary) => phone.send(data, { binary }),
      (data, binary) => desk.send(data, { binary }),
    );
    phone.on('message', (data: Buffer, binary) => {
      if (desk.readyState === desk.OPEN) toDesk(data, binary);
      else waiting.push([data, binary]);
    });
    desk.on('open', () => {
      for (const [data, binary] of waiting.splice(0)) toDesk(data, binary);
    });
    desk.on('message', (data: Buffer, binary) => toPhone(data, binary));
    desk.on('error', () => {});
    desk.on('close', (code) => {
      outcome.desk = code;
      phone.close();
      deskClosed();
    });
    phone.on('close', () => setTimeout(() => desk.terminate(), 300));
    phone.on('error', () => {});
  });

  const client = new SealedClient({ serverKey, credential });
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  const say = (command_id: string) => {
    if (client.open && socket.readyState === socket.OPEN)
      socket.send(client.seal(JSON.stringify({ type: 'ping', command_id })));
  };
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('open', () => socket.send(client.hello));
  socket.on('error', () => {});
  socket.on('message', (data: Buffer, binary) => {
    const step = client.receive(binary ? new Uint8Array(data) : data.toString('utf8'));
    if (step.kind === 'send') for (const frame of step.frames) socket.send(frame);
    else if (step.kind === 'failed') {
      outcome.phone = step.failure.code;
      socket.terminate();
    } else if (step.kind === 'message') {
      const said = JSON.parse(step.text) as { type: string; command_id?: string };
      if (said.type === 'welcome') for (const id of ['ping-0001', 'ping-0002', 'ping-0003']) say(id);
      else {
        outcome.taken.push(said.command_id ?? said.type);
        if (said.command_id === 'ping-0003') setTimeout(() => socket.close(), 200);
      }
    }
  });
  const timer = setTimeout(() => socket.terminate(), 5_000);
  await ended;
  await Promise.race([deskEnd, new Promise((resolve) => setTimeout(resolve, 1_000))]);
  clearTimeout(timer);
  between.close();
  return outcome;
}

/** Passes on, and alters what the attack is about: the first frames after the welcome in this direction. */
function altering(
  kind: Attack,
  direction: 'desk' | 'phone',
  pass: (data: Buffer, binary: boolean) => void,
  back: (data: Buffer, binary: boolean) => void,
): (data: Buffer, binary: boolean) => void {
  const own = tweetnacl.keyPair();
  let sealed = 0;
  let held: Buffer | null = null;
  return (data, binary) => {
    if (!binary) {
      pass(direction === 'phone' ? withOwnKeys(kind, data, own.publicKey) : data, false);
      return;
    }
    sealed += 1;
    // The first frame of each direction is the credential and the welcome; what follows is altered.
    const altered = kind.endsWith(`_to_${direction}`) ? kind.split('_')[0] : 'none';
    if (altered === 'none' || sealed === 1) pass(data, true);
    else if (altered === 'replay') {
      pass(data, true);
      pass(data, true);
    } else if (altered === 'reflect') back(data, true);
    else if (altered === 'truncate') pass(data.subarray(0, data.length - 1), true);
    else if (held === null) held = data;
    else {
      pass(data, true);
      pass(held, true);
      held = null;
    }
  };
}

/** The desk's answer, with a key of the one in between in place of the desk's; `own_keys` also has a seal of its own. */
function withOwnKeys(kind: Attack, data: Buffer, publicKey: Uint8Array): Buffer {
  if (kind !== 'own_keys' && kind !== 'other_ephemeral') return data;
  const said = JSON.parse(data.toString('utf8')) as { e2e_pk: string; sealed: string };
  const changed =
    kind === 'other_ephemeral'
      ? { ...said, e2e_pk: toBase64url(publicKey) }
      : { ...said, e2e_pk: toBase64url(publicKey), sealed: toBase64url(forged(said.sealed)) };
  return Buffer.from(JSON.stringify(changed));
}

/** As long as the real one, and made without the desk's key. */
const forged = (sealed: string): Uint8Array => {
  const length = fromBase64url(sealed)?.length ?? Buffer.from(sealed, 'base64').length;
  return new Uint8Array(Buffer.alloc(length, 7));
};
