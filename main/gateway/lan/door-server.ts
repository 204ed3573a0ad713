import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Problem } from '../../protocol/errors.ts';
import { limits } from '../../protocol/limits.ts';
import { admit } from '../admission.ts';
import { limitBodyTime, requestTimeoutMs } from '../body-deadline.ts';
import { refuseRequest, refuseUpgrade } from '../http-answer.ts';
import { type Link, linkOf } from '../link.ts';
import { createServer, createTlsServer } from '../node-http.ts';
import type { OwnNames } from '../own-names.ts';
import { noteAdmission } from '../request-link.ts';
import { responseHeaders } from '../response-headers.ts';
import { makeRoomForSocket } from './stale-socket.ts';

/** Certificate chain and private key, PEM. */
export interface TlsMaterial {
  cert: string;
  key: string;
}

/** Where a door is opened. */
export type DoorPlace =
  | { kind: 'loopback' | 'lan'; address: string; port: number; tls: TlsMaterial | null }
  | { kind: 'unix'; path: string };

/** What stands behind every door. */
export interface BehindDoors {
  names: OwnNames;
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** An open door. */
export interface OpenDoor {
  readonly place: DoorPlace;
  /** The one the system chose where none was named; 0 for a Unix socket. */
  readonly port: number;
  /** Replaces the certificate for connections to come. */
  renew(tls: TlsMaterial): void;
  /** Takes no more connections; those that are open get `graceMs` to end by themselves. */
  close(graceMs: number): Promise<void>;
}

/** Connections of one peer address over a network, signed in or not. A home behind one address has fewer devices. */
const connectionsPerAddress = 128;
const connectionsPerDoor = 2 * limits.connections;

/**
 * Opens one door: HTTP and upgrades at one address. Asks for name and origin before anything else looks at a request, so that no route, error or
 * unknown address can forget it, and notes the link for those who ask later.
 * @throws what the system said when it could not be opened (`EADDRINUSE` and so on); nothing is left open then.
 */
export async function openDoor(place: DoorPlace, behind: BehindDoors): Promise<OpenDoor> {
  const tls = place.kind === 'unix' ? null : place.tls;
  const options = {
    headersTimeout: 10_000,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: 30_000,
    // Finds peers that vanished where no WebSocket ping does.
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
    // Only WebSocket is an upgrade; whoever offers another protocol (curl --http2) gets an ordinary answer.
    shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
  };
  const linkOfSocket = (socket: Socket): Link =>
    place.kind === 'unix'
      ? linkOf('unix', false, 'local socket')
      : linkOf(place.kind, tls !== null, socket.remoteAddress ?? '');

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const link = linkOfSocket(request.socket);
    const admitted = admit(request.headers, request.url ?? '/', link, behind.names);
    if (!admitted.ok) {
      refuseRequest(response, admitted);
      return;
    }
    noteAdmission(request, admitted);
    for (const [name, value] of Object.entries(responseHeaders(behind.names.socketSources(link)))) {
      response.setHeader(name, value);
    }
    limitBodyTime(request);
    behind.request(request, response);
  };
  const server: Server = tls
    ? createTlsServer({ ...options, ...tls, minVersion: 'TLSv1.2' }, handle)
    : createServer(options, handle);
  server.maxConnections = connectionsPerDoor;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const admitted = admit(request.headers, request.url ?? '/', linkOfSocket(request.socket), behind.names);
    if (!admitted.ok) {
      refuseUpgrade(socket, admitted);
      return;
    }
    noteAdmission(request, admitted);
    behind.upgrade(request, socket, head);
  });

  /** Every open TCP connection, whatever became of it. */
  const sockets = new Set<Socket>();
  const perAddress = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const open = perAddress.get(address) ?? 0;
    if (place.kind === 'lan' && open >= connectionsPerAddress) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    perAddress.set(address, open + 1);
    socket.once('close', () => {
      sockets.delete(socket);
      const left = (perAddress.get(address) ?? 1) - 1;
      if (left > 0) perAddress.set(address, left);
      else perAddress.delete(address);
    });
  });

  if (place.kind === 'unix') {
    const problem = await makeRoomForSocket(place.path);
    if (problem) throw new NoRoom(problem);
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const listening = () => {
      server.off('error', reject);
      resolve();
    };
    if (place.kind === 'unix') listenForThisUser(server, place.path, listening);
    else server.listen({ host: place.address, port: place.port, ipv6Only: true }, listening);
  });
  server.on('error', () => {});

  return {
    place,
    port: place.kind === 'unix' ? 0 : (server.address() as AddressInfo).port,
    renew(material) {
      if ('setSecureContext' in server && typeof server.setSecureContext === 'function') {
        server.setSecureContext({ ...material, minVersion: 'TLSv1.2' });
      }
    },
    close(graceMs) {
      return new Promise((resolve) => {
        // Real time: a clock under a test's control must not keep the process alive.
        const cut = setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}

/** Something stands where a socket of ours is to be. */
export class NoRoom extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** The socket is this user's alone from the moment at which it is there: its rights are set by the mask, not afterwards. */
function listenForThisUser(server: Server, path: string, listening: () => void): void {
  const before = process.umask(0o177);
  try {
    server.listen({ path }, listening);
  } finally {
    process.umask(before);
  }
}
