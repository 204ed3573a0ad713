import { describe, expect, it } from 'vitest';
import type { GatewayStatus } from '../../../main/protocol/gateway.ts';
import { addressesAfter } from './addresses-after.ts';

const status = (settings: Partial<GatewayStatus['settings']>, url = 'http://127.0.0.1:9000/'): GatewayStatus => ({
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
    ...settings,
  },
  interfaces: [
    { name: 'wlan0', addresses: ['192.168.1.20', 'fd00::1'], kind: 'lan', chosen: true },
    { name: 'tun0', addresses: ['10.8.0.2'], kind: 'tunnel', chosen: false },
  ],
  listeners: [
    { url: 'unix:/run/qd:1/gateway.sock', kind: 'unix', tls: false },
    { url, kind: 'loopback', tls: false },
  ],
  certificate_fingerprint: null,
  certificate_expires_at: null,
  mdns_name: null,
});

describe('what the network will reach', () => {
  it('is every address of the networks chosen by themselves, with the port it has now', () => {
    expect(addressesAfter(status({}))).toEqual(['http://192.168.1.20:9000/', 'http://[fd00::1]:9000/']);
  });

  it('is the networks that were named, and https where TLS is on', () => {
    expect(addressesAfter(status({ interfaces: ['tun0'], tls: 'made' }))).toEqual(['https://10.8.0.2:9000/']);
  });

  it('is nothing where no network is chosen', () => {
    expect(addressesAfter(status({ interfaces: ['gone0'] }))).toEqual([]);
  });
});
