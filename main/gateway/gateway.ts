import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import type { Clock } from '../base/clock.ts';
import type { Emitter } from '../base/emitter.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Hall, Log, Principal, SeenClient } from '../orchestrator/ports.ts';
import type { ErrorCode, Problem } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { ServerStatus } from '../protocol/views.ts';
import { type CredentialStores, createAuthenticator, createKeyCheck } from '../security/authenticate.ts';
import { createOneTimeLinks } from '../security/one-time-links.ts';
import { createFailureLimiter } from '../security/rate-limit.ts';
import type { SealedCredentials } from '../security/sealed-credentials.ts';
import { systemClock } from '../system-clock.ts';
import { createAllRoutes } from './all-routes.ts';
import type { BrowserSignIn } from './auth-routes.ts';
import { createDuctorDoor, type DuctorDoorDeps } from './ductor/create-door.ts';
import type { FileRouteDeps } from './files/routes.ts';
import { createFirstFrameSignIn } from './first-frame-sign-in.ts';
import { createGatewayMetrics } from './gateway-metrics.ts';
import { createHttpApp } from './http-app.ts';
import { type AnnouncerDeps, createAnnouncer } from './lan/announce.ts';
import type { SystemInterfaces } from './lan/interfaces.ts';
import { noCredential } from './lan/problems.ts';
import { type GatewayAddress, type KeptGatewaySettings, Reach } from './lan/reach.ts';
import { unkeptSettings } from './lan/unkept-settings.ts';
import type { ForThisRun } from './lan/wanted-doors.ts';
import { ConnectionRegister } from './open-connections.ts';
import { OwnNames } from './own-names.ts';
import { listenProblem, noSuchRoute, notAnAddress, tooManyConnections } from './problems.ts';
import { createRequestLimit } from './request-limit.ts';
import { createRouteGuards } from './route-guards.ts';
import type { LoginIssuer } from './routes.ts';
import { loadPrimitives } from './sealed/native-primitives.ts';
import { createSealedDoor } from './sealed/sealed-door.ts';
import { Strangers } from './sealed/strangers.ts';
import { type SignedIn, SignIn } from './sign-in.ts';
import { SocketConnection } from './socket-connection.ts';
import { StaticFiles } from './static-files.ts';
import { createUpgrade } from './upgrade.ts';
import type { Wire } from './wire.ts';

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
  /** Password, identity provider and first-run setup. */
  browserSignIn: BrowserSignIn;
  /** Folder of the built page. It may be missing; then a page says so. */
  rendererDir: string;
  version: string;
  /** Body of `GET /api/v1/status`. */
  status: () => Partial<ServerStatus>;
  /** Keys and devices of those who come in by the sealed door. Without them it takes ductor's clients alone. */
  sealed?: () => Result<SealedCredentials, Problem>;
  /** Where it listens beyond this machine. Without one: nowhere. */
  lan?: LanDeps;
  /** Which files clients may have, and where theirs go. Without it there are no routes for files. */
  files?: Omit<FileRouteDeps, 'clock' | 'connections'>;
  /** What ductor's clients need beside the hall. Without it they are not let in. */
  ductor?: Pick<DuctorDoorDeps, 'store' | 'defaults' | 'files' | 'allowedOnLan'>;
  /** Requests a second that one key may make over HTTP; 0: as many as it likes. */
  requestsPerSecond?: () => number;
  /** Without one: the system's. */
  clock?: Clock;
  log: Log;
}

export interface LanDeps {
  settings: KeptGatewaySettings;
  /** Path of the Unix socket; null: this system has none. */
  socketPath: string | null;
  /** Folder of a certificate that is made here. */
  tlsFolder: string;
  /** Something is set up with which somebody could come in: a key, a device, a password. */
  hasCredential: () => boolean;
  /** The loopback address changed. */
  onMoved: (url: string) => void;
  /** Of the gateway's long-term key. */
  fingerprint?: () => string;
  interfaces?: () => SystemInterfaces;
  /** For tests. */
  multicast?: Pick<AnnouncerDeps, 'socket'>;
}

export interface Gateway {
  /**
   * Opens the port. After a refusal it may be called again with another one.
   * @param where.host - `127.0.0.1` (default), `localhost` or `::1`. Another address of this machine, or `0.0.0.0` or `::` for every one, is
   *   opened beside 127.0.0.1 for this run, if anything is set up to come in with. @param where.port - 0: any free one.
   * @returns the address to open, e.g. `http://127.0.0.1:8741`, and the port.
   */
  listen(where: { host?: string; port: number }): Promise<Result<{ url: string; port: number }, Problem>>;
  /** What it listens on, and how that is changed. */
  readonly reach: Pick<Reach, 'status' | 'set'>;
  /** Where others can call it now, the best first; for links that are shown. */
  addresses(): GatewayAddress[];
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
  const connections = new ConnectionRegister(clock);
  const strangers = new Strangers(clock);
  const limiter = createFailureLimiter(clock.now);
  const lan: LanDeps = deps.lan ?? { ...unkeptSettings(), hasCredential: () => true, onMoved: () => {} };
  let app: FastifyInstance | null = null;
  let closed = false;
  const currentPort = () => reach.port;

  const authenticate = createAuthenticator(deps.ownerToken, { keys, logins });
  const checkKey = createKeyCheck(deps.ownerToken, keys);
  const signIn = new SignIn(authenticate, limiter, currentPort, deps.browserSignIn.keeper.trustedProxies);

  const requestLimit = createRequestLimit(clock.now, deps.requestsPerSecond ?? (() => 0));
  const metrics = createGatewayMetrics({ clock, status: deps.status, connections: () => connections.byKind() });

  const reach = new Reach({
    ...lan,
    announcer: createAnnouncer({ fingerprint: lan.fingerprint ?? (() => ''), clock, log, ...lan.multicast }),
    behind: {
      names: new OwnNames(),
      request: (request, response) => void app?.server.emit('request', request, response),
      upgrade: (request, socket, head) => upgrade(request, socket, head),
    },
    clock,
    log,
  });

  const enter = (socket: WebSocket, who: SignedIn, seen: SeenClient, wire?: Wire) => {
    const connection = new SocketConnection(socket, { ...who, seen }, { clock, log }, wire);
    const limit = connections.limitFor(who.principal);
    const forget = limit === null ? connections.add(connection) : null;
    if (forget) connection.enter(hall, forget);
    else connection.refuse('overloaded', tooManyConnections(limit ?? limits.connections).message);
    return connection;
  };

  const ductor = deps.ductor
    ? createDuctorDoor({
        ...deps.ductor,
        hall,
        connections,
        key: (secret, seen) => checkKey(secret, 'ductor', seen),
        failed: limiter.fail,
        clock,
        log,
      })
    : null;

  const sealed = createSealedDoor({
    credentials: deps.sealed ?? (() => err(noSuchRoute)),
    primitives: loadPrimitives(log),
    strangers,
    ductor,
    enter({ socket, wire, principal, expiresAt, about, attach }) {
      const who: SignedIn = { ok: true, by: 'bearer', principal, expiresAt };
      const connection = enter(socket, who, { door: 'sealed', ...about.seen }, wire);
      for (const [session_id, after_seq] of Object.entries(attach)) {
        connection.hear(JSON.stringify({ type: 'attach', command_id: session_id, session_id, after_seq }));
      }
    },
    failed: limiter.fail,
    clock,
    log,
  });

  const closeWhere: Gateway['closeWhere'] = (
    matches,
    code = 'unauthorized',
    message = 'The credential of this connection was revoked.',
  ) => connections.closeWhere(matches, code, message);
  const offs = [
    keys.revoked.on((id) => closeWhere(({ actor }) => actor.kind === 'api_key' && actor.id === id)),
    logins.revoked.on((id) => closeWhere(({ actor }) => actor.kind === 'login' && actor.id === id)),
  ];

  const createApp = (): FastifyInstance => {
    const own = { links, signIn, port: currentPort, url: () => reach.url, connections, clock, metrics };
    const fileDeps = deps.files && { ...deps.files, clock, connections: () => hall.connections };
    const routes = createAllRoutes({ ...deps, ...own, files: fileDeps });
    const files = new StaticFiles(deps.rendererDir);
    const guards = createRouteGuards(signIn, requestLimit);
    return createHttpApp({ routes, guards, files, metrics, log });
  };

  const upgrade = createUpgrade({
    signIn,
    log,
    enter,
    awaitFirstFrame: createFirstFrameSignIn({ signIn, strangers, clock, enter }),
    sealed: sealed.accept,
  });

  return {
    closeWhere,
    reach,
    addresses: () => reach.addresses(),
    async listen({ host = '127.0.0.1', port: wanted }) {
      if (app || closed) throw new Error(`The gateway ${closed ? 'was closed' : 'listens already'}.`);
      const where = whereOf(host);
      if (where === null) return err(notAnAddress(host));
      if (where.forThisRun !== null && !lan.settings.get().lan && !lan.hasCredential()) return err(noCredential);
      app = createApp();
      try {
        await app.ready();
        await reach.start({ ...where, port: wanted });
      } catch (error) {
        await app.close();
        app = null;
        const problem = listenProblem(where.address, wanted, (error as NodeJS.ErrnoException).code);
        if (!problem) throw error;
        return err(problem);
      }
      return ok({ url: reach.url, port: reach.port });
    },
    openLink() {
      if (!app) throw new Error('The gateway does not listen.');
      return `${reach.url}/#open=${links.create()}`;
    },
    async close() {
      closed = true;
      for (const off of offs) off();
      connections.closeAll();
      if (!app) return;
      await reach.close();
      await app.close();
      app = null;
    },
  };
}

/** What a host that the person named means. Null: it is no address. */
function whereOf(host: string): { address: string; forThisRun: ForThisRun } | null {
  const here = loopback.get(host);
  if (here !== undefined) return { address: here, forThisRun: null };
  if (host === '0.0.0.0' || host === '::') return { address: '127.0.0.1', forThisRun: 'every' };
  return isIP(host) ? { address: '127.0.0.1', forThisRun: [host] } : null;
}
