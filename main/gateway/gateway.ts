import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import type { Clock } from '../base/clock.ts';
import type { Emitter } from '../base/emitter.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Hall, Log, Principal } from '../orchestrator/ports.ts';
import type { ErrorCode, Problem } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { ServerStatus } from '../protocol/views.ts';
import { type CredentialStores, createAuthenticator } from '../security/authenticate.ts';
import { createOneTimeLinks } from '../security/one-time-links.ts';
import { createFailureLimiter } from '../security/rate-limit.ts';
import { systemClock } from '../system-clock.ts';
import { createHeartbeat } from './heartbeat.ts';
import { createHttpApp } from './http-app.ts';
import { type OpenDoor, openDoor } from './lan/door-server.ts';
import { OwnNames, originOf } from './own-names.ts';
import { listenProblem, notLoopback, tooManyConnections } from './problems.ts';
import { createRouteGuards } from './route-guards.ts';
import { createRoutes, type LoginIssuer } from './routes.ts';
import { type SignedIn, SignIn } from './sign-in.ts';
import { SocketConnection } from './socket-connection.ts';
import { StaticFiles } from './static-files.ts';
import { createUpgrade } from './upgrade.ts';

/** How long clients get to hear that the app closes, before their connections are cut. */
const goodbyeMs = 400;
const loopback = new Map([
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', '127.0.0.1'],
  ['::1', '::1'],
]);

export interface GatewayDeps {
  hall: Hall;
  /** `revoked` tells ids at the moment they are revoked; their sockets are closed in the same tick. */
  keys: CredentialStores['keys'] & { readonly revoked: Emitter<string> };
  logins: CredentialStores['logins'] & LoginIssuer & { readonly revoked: Emitter<string> };
  ownerToken: string;
  /** Folder of the built page. It may be missing; then a page says so. */
  rendererDir: string;
  version: string;
  /** Body of `GET /api/v1/status`. */
  status: () => Partial<ServerStatus>;
  /** Without one: the system's. */
  clock?: Clock;
  log: Log;
}

export interface Gateway {
  /**
   * Opens the port. After a refusal it may be called again with another one.
   * @param where.host - `127.0.0.1` (default), `localhost` or `::1`. @param where.port - 0: any free one.
   * @returns the address to open, e.g. `http://127.0.0.1:8741`, and the port.
   */
  listen(where: { host?: string; port: number }): Promise<Result<{ url: string; port: number }, Problem>>;
  /** A fresh address that signs one browser in, once, within ten minutes. The code is in the fragment, which is never sent. */
  openLink(): string;
  /** Closes the connections of these principals at once. @returns how many. */
  closeWhere(matches: (principal: Principal) => boolean, code?: ErrorCode, message?: string): number;
  /** Ends everything; connections get a moment to hear it. Done well within a second. */
  close(): Promise<void>;
}

/** The door for browsers and scripts on this machine: HTTP, and a WebSocket that leads into the hall. */
export function createGateway(deps: GatewayDeps): Gateway {
  const { hall, keys, logins, clock = systemClock, log } = deps;
  const links = createOneTimeLinks(clock.now);
  const connections = new Set<SocketConnection>();
  const heartbeat = createHeartbeat(clock, connections);
  const names = new OwnNames();
  let app: FastifyInstance | null = null;
  let doors: OpenDoor[] = [];
  let closed = false;
  let port = 0;
  let url = '';
  const currentPort = () => port;

  const signIn = new SignIn(
    createAuthenticator(deps.ownerToken, { keys, logins }),
    createFailureLimiter(clock.now),
    currentPort,
  );

  const enter = (socket: WebSocket, who: SignedIn) => {
    const connection = new SocketConnection(socket, who, { clock, log });
    if (connections.size >= limits.connections) {
      socket.on('error', () => socket.terminate());
      connection.close('overloaded', tooManyConnections(limits.connections).message);
      return;
    }
    connections.add(connection);
    connection.enter(hall, () => connections.delete(connection));
    heartbeat.start();
  };

  const closeWhere: Gateway['closeWhere'] = (
    matches,
    code = 'unauthorized',
    message = 'The credential of this connection was revoked.',
  ) => {
    const matching = [...connections].filter(({ principal }) => matches(principal));
    for (const connection of matching) connection.close(code, message);
    return matching.length;
  };
  const offs = [
    keys.revoked.on((id) => closeWhere(({ actor }) => actor.kind === 'api_key' && actor.id === id)),
    logins.revoked.on((id) => closeWhere(({ actor }) => actor.kind === 'login' && actor.id === id)),
  ];

  const createApp = (): FastifyInstance => {
    const routes = createRoutes({ ...deps, links, signIn, port: currentPort, url: () => url });
    const files = new StaticFiles(deps.rendererDir);
    return createHttpApp({ routes, guards: createRouteGuards(signIn), files, log });
  };

  return {
    closeWhere,
    async listen({ host = '127.0.0.1', port: wanted }) {
      if (app || closed) throw new Error(`The gateway ${closed ? 'was closed' : 'listens already'}.`);
      const address = loopback.get(host);
      if (address === undefined) return err(notLoopback(host));
      const candidate = createApp();
      await candidate.ready();
      let door: OpenDoor;
      try {
        door = await openDoor(
          { kind: 'loopback', address, port: wanted, tls: null },
          {
            names,
            request: (request, response) => void candidate.server.emit('request', request, response),
            upgrade: createUpgrade({ signIn, log, enter }),
          },
        );
      } catch (error) {
        await candidate.close();
        const problem = listenProblem(host, wanted, (error as NodeJS.ErrnoException).code);
        if (!problem) throw error;
        return err(problem);
      }
      app = candidate;
      doors = [door];
      port = door.port;
      const named = { host: address.includes(':') ? `[${address}]` : address, port, tls: false };
      url = originOf(named);
      names.set({ doors: [named], extraHosts: [], formerOrigins: [] });
      return ok({ url, port });
    },
    openLink() {
      if (!app) throw new Error('The gateway does not listen.');
      return `${url}/#open=${links.create()}`;
    },
    async close() {
      closed = true;
      for (const off of offs) off();
      heartbeat.stop();
      if (!app) return;
      for (const connection of connections) connection.close('shutting_down', 'Quarterdeck is closing.');
      const open = app;
      app = null;
      await Promise.all(doors.map((door) => door.close(goodbyeMs)));
      await open.close();
    },
  };
}
