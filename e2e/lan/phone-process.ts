/**
 * Phones on the other computer: a process that is started in its namespace and told by lines of JSON what its phones do. Nothing of it knows the
 * desk's files or sockets; all it has is what a pairing link says.
 */
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { readPairingLink } from '../../main/crypto/pairing-link.ts';
import { tweetnacl } from '../../main/crypto/primitives.ts';
import { type Attack, attack } from './attacks.ts';
import { type Answer, ResumingClient } from './resuming-client.ts';
import { type KeptDevice, keyOf, pairedCredential, sealedTransport, tcpOf } from './transports.ts';

/** What a phone is told to do. */
export type PhoneOrder =
  | { op: 'pair'; phone: string; link: string }
  | { op: 'follow' | 'forget' | 'events'; phone: string; session: string }
  | { op: 'ask'; phone: string; frame: object; twice: boolean }
  | { op: 'until'; phone: string; session: string; seq: number; withinMs: number }
  | { op: 'ended'; phone: string; session: string; turns: number; withinMs: number }
  | { op: 'fault'; phone: string; fault: 'reset' | 'half_open' | 'slow' | 'close'; ms: number }
  | { op: 'attack'; phone: string; kind: Attack; host: string; serverKey: string; key: string }
  | { op: 'get'; phone: string; url: string }
  | { op: 'report' | 'end'; phone: string };

const phones = new Map<string, ResumingClient>();

async function pair(phone: string, link: string): Promise<{ device_id: string | null }> {
  const said = readPairingLink(link);
  if (!said) throw new Error('That is no pairing link.');
  const device: KeptDevice = { deviceId: null, keys: tweetnacl.keyPair() };
  const client = new ResumingClient(
    phone,
    sealedTransport({
      serverKey: said.serverKey,
      hosts: said.hosts.map((host) => host.replace(/^https?:\/\//, '')),
      credential: pairedCredential(device, said.code, said.name),
      onPaired: (deviceId) => {
        device.deviceId = deviceId;
      },
    }),
  );
  phones.set(phone, client);
  await client.until(() => client.welcomed, 'welcome', 20_000);
  return { device_id: device.deviceId };
}

function fault(client: ResumingClient, kind: string, ms: number): void {
  client.lose((transport) => {
    const tcp = tcpOf(transport);
    // Reset: the other side learns it at once. Half open: it never does. Closed: as a page that is left.
    if (kind === 'reset') tcp?.resetAndDestroy();
    else if (kind === 'half_open') tcp?.pause();
    else transport.drop();
    if (kind === 'half_open') setTimeout(() => transport.drop(), ms + 5_000).unref();
  });
}

async function carryOut(order: PhoneOrder): Promise<unknown> {
  if (order.op === 'pair') return pair(order.phone, order.link);
  if (order.op === 'attack') {
    return attack(order.kind, order.host, keyOf(order.serverKey), { kind: 'api_key', key: order.key });
  }
  if (order.op === 'get') return (await fetch(order.url)).status;
  const client = phones.get(order.phone);
  if (!client) throw new Error(`There is no phone ${order.phone}.`);
  switch (order.op) {
    case 'follow':
      return client.follow(order.session);
    case 'forget':
      return client.forget(order.session);
    case 'events':
      return client.events(order.session);
    case 'ask':
      return client.ask(order.frame, { twice: order.twice }) satisfies Promise<Answer>;
    case 'until':
      return client.until(
        () => (client.events(order.session).at(-1)?.seq ?? 0) >= order.seq,
        `event ${order.seq}`,
        order.withinMs,
      );
    case 'ended':
      return client.until(
        () => client.events(order.session).filter(({ type }) => type === 'turn_end').length >= order.turns,
        `the end of ${order.turns} turns`,
        order.withinMs,
      );
    case 'fault':
      if (order.fault === 'slow') {
        const tcp = client.current ? tcpOf(client.current) : undefined;
        tcp?.pause();
        await wait(order.ms);
        tcp?.resume();
      } else fault(client, order.fault, order.ms);
      return null;
    case 'report':
      return { violations: client.violations, connections: client.connections, lastClose: client.lastClose };
    case 'end':
      client.end();
      return phones.delete(order.phone);
  }
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, order } = JSON.parse(line) as { id: number; order: PhoneOrder };
    carryOut(order).then(
      (result) => process.stdout.write(`${JSON.stringify({ id, result: result ?? null })}\n`),
      (error: unknown) => process.stdout.write(`${JSON.stringify({ id, error: String(error) })}\n`),
    );
  })
  .on('close', () => process.exit(0));
