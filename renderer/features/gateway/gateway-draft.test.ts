import { describe, expect, it } from 'vitest';
import type { GatewaySettings } from '../../../main/protocol/gateway.ts';
import { changesOfGateway, draftOfGateway, problemsOf } from './gateway-draft.ts';

const settings: GatewaySettings = {
  port: null,
  lan: true,
  interfaces: null,
  mdns: false,
  tls: 'off',
  cert_file: null,
  key_file: null,
  unix_socket: true,
  allow_v1_on_lan: false,
  extra_hosts: [],
};
const draft = draftOfGateway(settings);

describe('a draft of the gateway settings', () => {
  it('changes nothing as long as nothing is typed', () => {
    expect(changesOfGateway(draft, settings)).toEqual({});
    expect(problemsOf(draft)).toEqual({});
  });

  it('names only what differs', () => {
    const changed = { ...draft, port: ' 9000 ', interfaces: ['wlan0'], hosts: 'desk.example, desk.example:443' };
    expect(changesOfGateway(changed, settings)).toEqual({
      port: 9000,
      interfaces: ['wlan0'],
      extra_hosts: ['desk.example', 'desk.example:443'],
    });
  });

  it.each(['0', '65536', '80a', '-1', '1.5'])('refuses the port "%s"', (port) => {
    expect(problemsOf({ ...draft, port }).port).toBeDefined();
  });

  it('refuses a certificate of one file, no network at all, and what is no host', () => {
    expect(problemsOf({ ...draft, tls: 'own', certFile: '/a.pem' }).tls).toBeDefined();
    expect(problemsOf({ ...draft, interfaces: [] }).interfaces).toBeDefined();
    expect(problemsOf({ ...draft, hosts: 'https://desk.example' }).hosts).toContain('https://desk.example');
  });
});
