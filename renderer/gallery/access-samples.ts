import type { ApiKey, Device, Login, PairingOffer } from '../../main/protocol/access.ts';
import type { GatewayStatus, LiveConnection } from '../../main/protocol/gateway.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import { presets } from '../features/access/scope-groups.ts';

const hour = 3_600_000;
const day = 24 * hour;
const ago = (ms: number): number => Date.now() - ms;

const key = (change: Partial<ApiKey>): ApiKey => ({
  id: 'key_1',
  name: 'nightly script',
  prefix: 'qd_7Hq2',
  scopes: ['chat', 'sessions:read'],
  restrictions: {},
  created_at: ago(12 * day),
  expires_at: Date.now() + 78 * day,
  last_used_at: ago(9 * hour),
  last_used: { at: ago(9 * hour), address: '192.168.1.31', client: 'curl/8.14.1' },
  revoked_at: null,
  replaced_by: null,
  ...change,
});

/** One key in every state, and one whose name and folders are as long as they can be. */
export const sampleKeys: ApiKey[] = [
  key({}),
  key({
    id: 'key_2',
    name: 'the key of the build machine in the cellar that runs the long tests of every project over the weekend',
    prefix: 'qd_Mq81',
    scopes: ['chat', 'sessions:read', 'approvals:read', 'files:read', 'costs:read'],
    restrictions: {
      workspaces: ['/home/ada/atlas', '/home/ada/projects/a-very-long-folder-name/with/even/more/below/it'],
    },
    created_at: ago(3 * day),
    last_used_at: null,
    last_used: null,
    expires_at: null,
  }),
  key({
    id: 'key_3',
    name: 'deploy bot',
    prefix: 'qd_91xB',
    created_at: ago(40 * day),
    expires_at: Date.now() + 20 * hour,
    replaced_by: 'key_1',
    last_used: { at: ago(hour), address: 'local socket', client: 'python-websockets/15.0' },
  }),
  key({ id: 'key_4', name: 'trial', prefix: 'qd_Rr0d', created_at: ago(50 * day), expires_at: ago(20 * day) }),
  key({
    id: 'key_5',
    name: 'old laptop',
    prefix: 'qd_Zk0p',
    scopes: ['admin'],
    created_at: ago(60 * day),
    revoked_at: ago(day),
    expires_at: null,
    last_used: null,
    last_used_at: null,
  }),
];

const device = (change: Partial<Device>): Device => ({
  id: 'dev_1',
  name: 'Pixel 9',
  fingerprint: '3f9a 77c1 0be4 d2a8 59f0 1c3e 8b6d 44a7',
  scopes: [...presets.everyday],
  restrictions: {},
  created_at: ago(5 * day),
  expires_at: null,
  last_used: { at: ago(40_000), address: '192.168.1.44', client: 'Chrome on Android' },
  revoked_at: null,
  online: true,
  ...change,
});

export const sampleDevices: Device[] = [
  device({}),
  device({
    id: 'dev_2',
    name: 'The tablet in the living room that everybody uses to look at how far things are',
    scopes: [...presets.read],
    restrictions: { workspaces: ['/home/ada/atlas'], sessions: ['ses_aaaaaaaa' as SessionId] },
    expires_at: Date.now() + 6 * day,
    last_used: { at: ago(2 * day), address: 'fd00:8d2c:77a1:4::1f3', client: 'Safari on iPadOS' },
    online: false,
  }),
  device({ id: 'dev_3', name: 'Old phone', revoked_at: ago(9 * day), online: false, created_at: ago(90 * day) }),
];

export const sampleFingerprint = 'a41c 09d7 5be2 f630 81aa 7c4e 12d9 e05b';

const payload =
  'eyJ2IjoyLCJrIjoiVlBhVkx2MzJYclFJUmF4b0N3aGVNTXlKU2pHR2g3SjB3ek5IUnN4Q2N3USIsImMiOiJRMlJ6T1dkM05XcG9ZMlEiLCJuIjoiUGl4ZWwgOSIsImgiOlsiMTkyLjE2OC4xLjIwOjg3NDEiXX0';

export function sampleOffer(lan: boolean, seconds = 597): PairingOffer {
  const addresses = lan ? ['192.168.1.20:8741', '[fd00::20]:8741', 'desk.local:8741'] : ['127.0.0.1:8741'];
  const links = addresses.map((address, at) => ({
    address,
    link: `http://${address}/#pair=${payload}`,
    reachable: !lan || at !== 1,
  }));
  return {
    pairing_id: 'pair_1',
    link: links[0]!.link,
    links,
    fingerprint: sampleFingerprint,
    expires_at: Date.now() + seconds * 1_000,
  };
}

export const sampleGateway: GatewayStatus = {
  settings: {
    port: null,
    lan: false,
    interfaces: null,
    mdns: false,
    tls: 'off',
    cert_file: null,
    key_file: null,
    unix_socket: true,
    allow_v1_on_lan: false,
    extra_hosts: [],
  },
  interfaces: [
    { name: 'wlan0', addresses: ['192.168.1.20', 'fd00::20'], kind: 'lan', chosen: true },
    { name: 'tailscale0', addresses: ['100.101.12.7'], kind: 'tunnel', chosen: false },
    { name: 'docker0', addresses: ['172.17.0.1'], kind: 'container', chosen: false },
  ],
  listeners: [
    { url: 'http://127.0.0.1:8741/', kind: 'loopback', tls: false },
    { url: 'unix:/home/ada/.local/share/quarterdeck/gateway.sock', kind: 'unix', tls: false },
  ],
  certificate_fingerprint: null,
  certificate_expires_at: null,
  mdns_name: null,
};

/** Everything on, and something wrong with one address. */
export const sampleOpenGateway: GatewayStatus = {
  ...sampleGateway,
  settings: {
    ...sampleGateway.settings,
    lan: true,
    tls: 'made',
    mdns: true,
    allow_v1_on_lan: true,
    interfaces: ['wlan0', 'enp9s0u1u2'],
    extra_hosts: ['desk.example:443'],
  },
  listeners: [
    ...sampleGateway.listeners,
    { url: 'https://192.168.1.20:8741/', kind: 'lan', tls: true },
    {
      url: 'https://[fd00::20]:8741/',
      kind: 'lan',
      tls: true,
      problem: 'Another program holds this address. Close it, or choose another port.',
    },
  ],
  certificate_fingerprint:
    '4C:8A:11:F0:9D:27:63:AE:B5:0F:72:C8:19:4E:D3:A6:5B:90:E7:2C:38:F1:0D:64:AB:95:7E:43:C2:18:6F:D0',
  certificate_expires_at: Date.now() + 800 * day,
  mdns_name: 'desk.local',
};

export const sampleLogins: Login[] = [
  {
    id: 'log_1',
    name: 'Firefox on Linux',
    by: 'password',
    email: null,
    address: '192.168.1.31',
    created_at: ago(2 * day),
    last_seen_at: ago(60_000),
    expires_at: Date.now() + 28 * day,
    current: true,
  },
  {
    id: 'log_2',
    name: 'Safari on iPhone',
    by: 'oidc',
    email: 'ada@example.org',
    address: '192.168.1.44',
    created_at: ago(9 * day),
    last_seen_at: ago(5 * hour),
    expires_at: Date.now() + 21 * day,
    current: false,
  },
];

export const sampleConnections: LiveConnection[] = [
  {
    connection_id: 'con_1',
    actor: { kind: 'owner', via: 'window' },
    door: 'window',
    address: 'this computer',
    client: 'Quarterdeck 0.1.0',
    connected_at: ago(7 * hour),
    sessions: 3,
    follows: true,
    current: true,
  },
  {
    connection_id: 'con_2',
    actor: { kind: 'device', name: 'Pixel 9', via: 'sealed' },
    door: 'sealed',
    address: '192.168.1.44',
    client: 'Chrome on Android',
    connected_at: ago(240_000),
    sessions: 1,
    follows: true,
    current: false,
  },
  {
    connection_id: 'con_3',
    actor: {
      kind: 'api_key',
      name: 'the key of the build machine in the cellar that runs the long tests of every project',
      via: 'websocket',
    },
    door: 'websocket',
    address: '127.0.0.1',
    client: 'python-websockets/15.0',
    connected_at: ago(30_000),
    sessions: 0,
    current: false,
  },
];
