import { z } from 'zod';
import { SessionId } from './ids.ts';
import { query } from './query.ts';
import { Saying } from './saying.ts';
import { Actor } from './values.ts';

const port = z.number().int().min(1).max(65_535);

/** Where the gateway can be reached, as the person set it. What is not named here is reached on 127.0.0.1 only. */
export const GatewaySettings = z.object({
  /** Null: the one the app was started with (8741). */
  port: port.nullable(),
  /** Other devices on the network can reach the gateway. */
  lan: z.boolean(),
  /** Names of network interfaces it is bound to, e.g. "eth0"; null: every one that is not a tunnel, a bridge of containers or loopback. */
  interfaces: z.array(z.string().min(1).max(64)).max(32).nullable(),
  /** Announces itself on the network by multicast DNS (RFC 6762), as `_quarterdeck._tcp`. */
  mdns: z.boolean(),
  /** `off`: HTTP; native frames are sealed all the same. `own`: the certificate in `cert_file`. `made`: one made here. */
  tls: z.enum(['off', 'own', 'made']),
  cert_file: z.string().max(4096).nullable(),
  key_file: z.string().max(4096).nullable(),
  /** A Unix socket (0600) in the home, for local programs. */
  unix_socket: z.boolean(),
  /** Accepts version 1 of the sealed transport (token in clear) from other devices too. */
  allow_v1_on_lan: z.boolean(),
  /** Names under which the gateway may be called beside its own, e.g. behind a reverse proxy: host or host:port. */
  extra_hosts: z.array(z.string().regex(/^[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/)).max(20),
});
export type GatewaySettings = z.infer<typeof GatewaySettings>;

/** Nothing but this machine. */
export const defaultGatewaySettings: GatewaySettings = {
  port: null,
  lan: false,
  interfaces: null,
  mdns: false,
  tls: 'off',
  cert_file: null,
  key_file: null,
  unix_socket: false,
  allow_v1_on_lan: false,
  extra_hosts: [],
};

export const NetworkInterface = z.object({
  name: z.string(),
  addresses: z.array(z.string()),
  /** What it seems to be; a guess from its name and address. */
  kind: z.enum(['lan', 'tunnel', 'container', 'other']),
  chosen: z.boolean(),
});
export type NetworkInterface = z.infer<typeof NetworkInterface>;

/** What the gateway listens on now. */
export const GatewayStatus = z.object({
  settings: GatewaySettings,
  interfaces: z.array(NetworkInterface),
  listeners: z.array(
    z.object({
      url: z.string(),
      kind: z.enum(['loopback', 'lan', 'unix']),
      tls: z.boolean(),
      /** Why it does not listen, in words; absent: it does. */
      problem: z.string().optional(),
      problem_say: Saying.optional(),
    }),
  ),
  /** SHA-256 of the certificate, hex pairs with colons; null: no TLS. */
  certificate_fingerprint: z.string().nullable(),
  certificate_expires_at: z.number().int().nullable(),
  /** `name.local` while it is announced. */
  mdns_name: z.string().nullable(),
});
export type GatewayStatus = z.infer<typeof GatewayStatus>;

/** One client that is connected now. */
export const LiveConnection = z.object({
  connection_id: z.string(),
  actor: Actor,
  door: z.enum(['window', 'websocket', 'sealed', 'ductor', 'sse', 'cli']),
  address: z.string(),
  client: z.string(),
  connected_at: z.number().int(),
  /** Sessions it follows. */
  sessions: z.number().int(),
  /** It follows the session that was asked about; absent: none was. */
  follows: z.boolean().optional(),
  /** It is the one that asks. */
  current: z.boolean(),
});
export type LiveConnection = z.infer<typeof LiveConnection>;

/** Answer: `GatewayStatus`. */
export const GatewayGet = query('gateway_get', {});
/** Only what is named changes; what cannot be done is refused and nothing changes. Answer: `GatewayStatus`. */
export const GatewaySet = query('gateway_set', { settings: GatewaySettings.partial() });
/** Calls every address of the gateway from this machine. Answer: `{addresses: {url, reachable, problem?}[]}`. */
export const GatewayCheck = query('gateway_check', {});
/** Answer: `{connections: LiveConnection[]}`. With a session, each says whether it follows that one. */
export const ConnectionsList = query('connections_list', { session_id: SessionId.optional() });
export const ConnectionsClose = query('connections_close', { connection_id: z.string().min(1).max(64) });

export const gatewayQueries = [GatewayGet, GatewaySet, GatewayCheck, ConnectionsList, ConnectionsClose] as const;
