import { refuseQuery } from '../../orchestrator/connection.ts';
import type { OpenClient, QueryHandlers } from '../../orchestrator/ports.ts';
import type { GatewayStatus, LiveConnection } from '../../protocol/gateway.ts';
import { defaultGatewaySettings } from '../../protocol/gateway.ts';
import type { SessionId } from '../../protocol/ids.ts';
import type { Gateway } from '../gateway.ts';
import { checkAddress } from './check-addresses.ts';
import { noGateway, noSuchConnection } from './problems.ts';

type GatewayQueries = Pick<
  QueryHandlers,
  'gateway_get' | 'gateway_set' | 'gateway_check' | 'connections_list' | 'connections_close'
>;

export interface GatewayQueryParts {
  /** Null: this composition has none. */
  gateway: () => Gateway | null;
  /** Who is in the hall now. */
  clients: () => readonly OpenClient[];
}

/** Of an app that serves no address. */
const nothing: GatewayStatus = {
  settings: defaultGatewaySettings,
  interfaces: [],
  listeners: [],
  certificate_fingerprint: null,
  certificate_expires_at: null,
  mdns_name: null,
};

const doors: Readonly<Record<string, LiveConnection['door']>> = { window: 'window', cli: 'cli' };

const liveOf = (client: OpenClient, current: boolean, session: SessionId | undefined): LiveConnection => ({
  connection_id: client.connection_id,
  actor: client.principal.actor,
  door: client.seen?.door ?? doors[client.principal.actor.via] ?? 'websocket',
  address: client.seen?.address ?? 'this machine',
  client: client.seen?.client ?? 'Quarterdeck',
  connected_at: client.connected_at,
  sessions: client.sessions,
  ...(session === undefined ? {} : { follows: client.follows(session) }),
  current,
});

/** Calls every address at which others can reach the gateway. */
export async function checkAddresses(gateway: Gateway) {
  const { certificate_fingerprint } = gateway.reach.status();
  return Promise.all(
    gateway.addresses().map(({ url }) => checkAddress(url, url.startsWith('https:') ? certificate_fingerprint : null)),
  );
}

/** Answers to questions about where the gateway listens and who is connected. */
export function createGatewayQueries({ gateway, clients }: GatewayQueryParts): GatewayQueries {
  return {
    gateway_get: () => gateway()?.reach.status() ?? nothing,
    async gateway_set({ settings }) {
      const open = gateway();
      if (!open) return refuseQuery(noGateway);
      const changed = await open.reach.set(settings);
      return changed.ok ? changed.value : refuseQuery(changed.error);
    },
    async gateway_check() {
      const open = gateway();
      return { addresses: open ? await checkAddresses(open) : [] };
    },
    connections_list: ({ session_id }, principal) => ({
      connections: clients().map((client) => liveOf(client, client.principal === principal, session_id)),
    }),
    connections_close({ connection_id }) {
      const client = clients().find((one) => one.connection_id === connection_id);
      if (!client) return refuseQuery(noSuchConnection);
      client.end('closed_by_owner', 'The owner closed this connection.');
      return {};
    },
  };
}
