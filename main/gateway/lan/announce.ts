import type { MulticastDNS, Options } from 'multicast-dns';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../orchestrator/ports.ts';
import { freeName, recordsOf, serviceType, speaksFor } from './service-records.ts';

/** What is told to the network. */
export interface Announcement {
  /** Of this machine, IPv4 and IPv6. */
  addresses: readonly string[];
  port: number;
  tls: boolean;
}

/** Tells devices on the network that the gateway is here, and under which name (RFC 6762, 6763). */
export interface Announcer {
  /** `name.local` while it is announced. */
  readonly name: string | null;
  /** Called again with what changed. Settles when the name is known to be free. */
  announce(what: Announcement): Promise<void>;
  /** Says goodbye; nothing when it was silent. */
  stop(): Promise<void>;
}

export interface AnnouncerDeps {
  /** First characters of the fingerprint of the gateway's key: part of the name, so that it says nothing of people or machines. */
  fingerprint: () => string;
  clock: Clock;
  log: Log;
  /** For tests: other ports and groups than the system's. */
  socket?: Options;
}

/** RFC 6762, 8.1: three questions, 250 ms apart, before a name is taken. */
const probes = 3;
const probeMs = 250;

/** The socket of one address of this machine. A network that takes no multicast is told to nobody and is no failure of the gateway. */
async function listenOn(address: string, options: Options): Promise<MulticastDNS | null> {
  const { default: createMulticastDns } = await import('multicast-dns');
  return new Promise((resolve) => {
    const mdns = createMulticastDns({ bind: '0.0.0.0', interface: address, reuseAddr: true, ...options });
    mdns.once('ready', () => resolve(mdns));
    mdns.once('error', () => {
      mdns.destroy();
      resolve(null);
    });
    mdns.on('warning', () => {});
  });
}

export function createAnnouncer(deps: AnnouncerDeps): Announcer {
  const { clock, log } = deps;
  let sockets: MulticastDNS[] = [];
  let now: { name: string; what: Announcement } | null = null;
  let said = '';

  const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  /** Settles when it is sent. */
  const tell = async (ttl: number): Promise<void> => {
    if (!now) return;
    const { answers, additionals } = recordsOf(now.name, now.what, deps.fingerprint(), ttl);
    const response = { answers: [...answers, ...additionals] };
    await Promise.all(sockets.map((socket) => new Promise<void>((done) => socket.respond(response, () => done()))));
  };

  /** Asks for a name until nobody else answers to it. */
  const probe = async (what: Announcement): Promise<string> => {
    for (let attempt = 0; ; attempt += 1) {
      const name = freeName(deps.fingerprint(), attempt);
      let taken = false;
      const listen = (packet: { answers: readonly { name: string; type: string; data?: unknown }[] }) => {
        taken ||= speaksFor(name, packet.answers, what.addresses);
      };
      for (const socket of sockets) socket.on('response', listen);
      for (let at = 0; at < probes && !taken; at += 1) {
        for (const socket of sockets) socket.query(`${name}.local`, 'A');
        await wait(probeMs);
      }
      for (const socket of sockets) socket.off('response', listen);
      if (!taken || attempt >= 20) return name;
    }
  };

  const answer = (packet: { questions: readonly { name: string; type: string }[] }) => {
    if (!now) return;
    const { name } = now;
    const own = new Set([serviceType, `${name}.${serviceType}`, `${name}.local`, '_services._dns-sd._udp.local']);
    if (packet.questions.some((question) => own.has(question.name.toLowerCase()))) void tell(120);
  };
  /** Somebody else says later that the name is theirs: it is looked for anew. */
  const defend = (packet: { answers: readonly { name: string; type: string; data?: unknown }[] }) => {
    if (!now || !speaksFor(now.name, packet.answers, now.what.addresses)) return;
    const { what } = now;
    log.warn('another device on the network has the same name; another one is taken', { name: now.name });
    now = null;
    begin(what).catch((error: unknown) => log.warn('announcing failed', { error }));
  };

  const begin = async (what: Announcement) => {
    const name = await probe(what);
    if (sockets.length === 0) return;
    now = { name, what };
    // RFC 6762, 8.3: twice, a second apart.
    void tell(120);
    clock.after(1_000, () => void tell(120));
  };

  const end = async () => {
    await tell(0);
    now = null;
    said = '';
    const closing = sockets;
    sockets = [];
    await Promise.all(closing.map((socket) => new Promise<void>((resolve) => socket.destroy(() => resolve()))));
  };

  return {
    get name() {
      return now ? `${now.name}.local` : null;
    },
    async announce(what) {
      const key = JSON.stringify(what);
      if (key === said) return;
      await end();
      said = key;
      const ipv4 = what.addresses.filter((address) => !address.includes(':'));
      sockets = (await Promise.all(ipv4.map((address) => listenOn(address, deps.socket ?? {})))).filter(
        (socket) => socket !== null,
      );
      if (sockets.length === 0) {
        log.warn('nothing is announced: no network takes multicast');
        return;
      }
      for (const socket of sockets) {
        socket.on('query', answer);
        socket.on('response', defend);
      }
      await begin(what);
    },
    stop: end,
  };
}
