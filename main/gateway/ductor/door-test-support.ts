/** The door on a real socket, before the real core over a real database, with an agent whose words the test speaks. */
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { createHall } from '../../orchestrator/hall.ts';
import { World } from '../../orchestrator/world-test-support.ts';
import type { Restrictions } from '../../protocol/access.ts';
import type { ProviderId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Scope } from '../../protocol/scope.ts';
import { noCapabilities, type ProviderInfo } from '../../protocol/values.ts';
import { protocolVersion } from '../../protocol/version.ts';
import type { Authentication } from '../../security/authenticate.ts';
import { authorize } from '../../security/authorize.ts';
import { ownerPrincipal } from '../../security/principal.ts';
import { createDuctorChatStore } from '../../storage/ductor-chat-store.ts';
import { linkOf } from '../link.ts';
import { DuctorTestClient } from './client-test-support.ts';
import { createDuctorDoor, type DuctorDoorDeps } from './create-door.ts';
import type { DuctorDoor } from './door.ts';

export const token = `qdo_${'t'.repeat(43)}`;

const provider = (id: string, name: string, models: string[]): ProviderInfo => ({
  id: id as ProviderId,
  name,
  state: 'ready',
  built_in: false,
  path: '/secret/place',
  models: models.map((model) => ({ id: model, name: model })),
  capabilities: noCapabilities,
});

const keyOf = (name: string, scopes: Scope[], restrictions?: Restrictions): Authentication => ({
  ok: true,
  by: 'bearer',
  expiresAt: null,
  principal: { actor: { kind: 'api_key', id: name, name, via: 'http' }, scopes: new Set(scopes), restrictions },
});

/** Tokens beside the owner's. */
const keys: Readonly<Record<string, Authentication>> = {
  qd_reader: keyOf('reader', ['sessions:read']),
  /** The same key, as it was before the right to chat was taken from it. */
  qd_reader_before: keyOf('reader', ['chat', 'sessions:read']),
  qd_chatter: keyOf('chatter', ['chat', 'sessions:read']),
  qd_narrow: keyOf('narrow', ['chat', 'sessions:read'], { workspaces: ['/narrow'] }),
  qd_rotated: keyOf('rotated', ['chat', 'sessions:read'], { workspaces: ['/narrow'] }),
};

const report = {
  ok: false,
  checks: [{ id: 'disk', label: 'Disk', state: 'warning', text: 'nearly full' }],
  providers: [provider('scripted', 'Scripted', [])],
};

export class DoorWorld extends World {
  door!: DuctorDoor;
  url = '';
  failures = 0;
  /** The server's end of the newest connection. */
  lastSocket: WebSocket | null = null;
  link = linkOf('loopback', false, '127.0.0.1');
  allowedOnLan = false;
  #server: WebSocketServer | null = null;
  readonly #clients: DuctorTestClient[] = [];

  async listen(overrides: Partial<DuctorDoorDeps> = {}): Promise<void> {
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const hall = createHall({
      orchestrator: this.orchestrator,
      bus: this.bus,
      queries: { doctor: () => report } as never,
      authorize,
      onUnreadable() {},
      log,
      welcome: () => ({
        protocol: protocolVersion,
        version: '0',
        server_time: 0,
        home_dir: '/',
        platform: 'test',
        notices: [],
      }),
    });
    const providers = [provider('scripted', 'Scripted', ['small', 'large']), provider('other', 'Other', [])];
    this.door = createDuctorDoor({
      hall,
      store: createDuctorChatStore(this.db),
      key: (secret) =>
        secret === token
          ? { ok: true, by: 'bearer', principal: ownerPrincipal('http'), expiresAt: null }
          : (keys[secret] ?? { ok: false, reason: 'invalid' }),
      failed: () => {
        this.failures += 1;
        return 0;
      },
      connections: { add: () => () => {} },
      allowedOnLan: () => this.allowedOnLan,
      defaults: {
        settings: () => ({ cwd: null, provider: null }),
        folder: () => '/chats',
        providers: async () => providers,
      },
      files: async (_principal, paths) =>
        paths
          .filter((path) => path.startsWith('/project/'))
          .map((path) => ({ path, name: path.slice(9), is_image: false })),
      clock: this.clock,
      log,
      ...overrides,
    });
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload: limits.frameBytes });
    server.on('connection', (socket) => {
      this.lastSocket = socket;
      socket.on('error', () => {});
      socket.once('message', (data, isBinary) =>
        this.door.accept(
          socket,
          { data: data as Buffer, isBinary },
          { link: this.link, seen: { address: '127.0.0.1', client: 'test' } },
        ),
      );
    });
    await new Promise((resolve) => server.once('listening', resolve));
    this.#server = server;
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async client(): Promise<DuctorTestClient> {
    const client = await DuctorTestClient.open(this.url);
    this.#clients.push(client);
    return client;
  }

  async enter(more: object = {}, as = token): Promise<DuctorTestClient> {
    const client = await DuctorTestClient.enter(this.url, as, more);
    this.#clients.push(client);
    return client;
  }

  /** Resolves when the agent has heard so many things. */
  async heard(count: number, type = 'prompt'): Promise<void> {
    while (this.provider.heard.filter((one) => one.type === type).length < count)
      await new Promise((resolve) => setImmediate(resolve));
  }

  async end(): Promise<void> {
    for (const client of this.#clients) client.socket.terminate();
    await new Promise((resolve) => (this.#server ? this.#server.close(resolve) : resolve(null)));
    this.#server = null;
  }
}
