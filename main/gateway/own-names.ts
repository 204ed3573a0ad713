import type { Link } from './link.ts';

/** An address at which the gateway is called. */
export interface NamedDoor {
  /** As it stands in a URL: `127.0.0.1`, `[fd00::1]`, `desk.local`. */
  host: string;
  port: number;
  tls: boolean;
}

/** What the names are made of; whoever opens and closes doors sets it. */
export interface NameSources {
  doors: readonly NamedDoor[];
  /** `host` or `host:port`, e.g. of a reverse proxy that passes the name on. */
  extraHosts: readonly string[];
  /** Origins of addresses it listened on before. */
  formerOrigins: readonly string[];
}

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

const hostsOf = ({ host, port, tls }: NamedDoor): string[] =>
  (loopbackHosts.includes(host) ? loopbackHosts : [host]).flatMap((name) =>
    port === (tls ? 443 : 80) ? [name, `${name}:${port}`] : [`${name}:${port}`],
  );

export const originOf = ({ host, port, tls }: NamedDoor): string =>
  `${tls ? 'https' : 'http'}://${host}${port === (tls ? 443 : 80) ? '' : `:${port}`}`;

/**
 * The names under which this gateway may be called, as they are at this moment. A name that is not here was made to point at this machine by
 * somebody else (DNS rebinding), whatever address the bytes came from.
 */
export class OwnNames {
  #hosts = new Set<string>();
  #extra = new Set<string>();
  #origins = new Set<string>();
  #sockets: string[] = [];
  #ports: number[] = [];

  constructor(sources: NameSources = { doors: [], extraHosts: [], formerOrigins: [] }) {
    this.set(sources);
  }

  set({ doors, extraHosts, formerOrigins }: NameSources): void {
    const ports = new Set(doors.map(({ port }) => port));
    this.#ports = [...ports];
    this.#hosts = new Set(doors.flatMap(hostsOf));
    this.#extra = new Set(
      extraHosts
        .map((host) => host.toLowerCase())
        .flatMap((host) => (host.includes(':') ? [host] : [host, ...[...ports].map((port) => `${host}:${port}`)])),
    );
    const own = doors.flatMap((door) => hostsOf(door).map((host) => `${door.tls ? 'https' : 'http'}://${host}`));
    const extra = [...this.#extra].flatMap((host) => [`http://${host}`, `https://${host}`]);
    this.#origins = new Set([...own, ...extra, ...formerOrigins]);
    // A policy has no way to write an IPv6 address (CSP 3, 2.3.1); browsers complain of one, and a page that came from there has it as 'self'.
    const named = [...own, ...extra].filter((origin) => !origin.includes('['));
    this.#sockets = [...new Set(named.map((origin) => origin.replace(/^http/, 'ws')))];
  }

  /** @param host - of a Host header, in lower case. */
  isHost(host: string, link: Link): boolean {
    if (this.#hosts.has(host) || this.#extra.has(host)) return true;
    // No browser opens a Unix socket, and what does has no name to call it by.
    return link.kind === 'unix' && host === 'localhost';
  }

  /** Whether the proxy that passes this name on may speak another scheme to the outside than it does to us. */
  isExtra(host: string): boolean {
    return this.#extra.has(host);
  }

  /** Whether a page of this origin is or was one of ours, at whichever address it was loaded. */
  isOwnOrigin(origin: string): boolean {
    return this.#origins.has(origin);
  }

  /**
   * Where our own page may open sockets, for its content security policy.
   * @param link - of the page. One that was loaded over the network follows the gateway to addresses that neither of them knows yet, so it may
   *   open a socket at any address on our ports. That takes nothing from it: what is sent there is sealed for the key it has pinned, and a
   *   page into which somebody got a script of theirs could send things away without a socket, by opening an address.
   */
  socketSources(link: Link): readonly string[] {
    if (link.kind !== 'lan') return this.#sockets;
    return [...this.#sockets, ...this.#ports.flatMap((port) => [`ws://*:${port}`, `wss://*:${port}`])];
  }
}
