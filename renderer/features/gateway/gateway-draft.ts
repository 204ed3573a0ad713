import type { GatewaySettings } from '../../../main/protocol/gateway.ts';
import { t } from '../../strings/index.ts';

/** What is typed and chosen on the pane and not saved yet. The network and version 1 are not in it: they are switches with a question. */
export interface GatewayDraft {
  readonly port: string;
  /** Null: chosen by itself. */
  readonly interfaces: readonly string[] | null;
  readonly tls: GatewaySettings['tls'];
  readonly certFile: string;
  readonly keyFile: string;
  readonly mdns: boolean;
  readonly unixSocket: boolean;
  readonly hosts: string;
}

export const draftOfGateway = (settings: GatewaySettings): GatewayDraft => ({
  port: settings.port === null ? '' : String(settings.port),
  interfaces: settings.interfaces,
  tls: settings.tls,
  certFile: settings.cert_file ?? '',
  keyFile: settings.key_file ?? '',
  mdns: settings.mdns,
  unixSocket: settings.unix_socket,
  hosts: settings.extra_hosts.join(' '),
});

export type GatewayField = 'port' | 'interfaces' | 'tls' | 'hosts';

const hostShape = /^[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/;
const hostsOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** What is wrong with a draft, by field; nothing: it can be saved. */
export function problemsOf(draft: GatewayDraft): Partial<Record<GatewayField, string>> {
  const problems: Partial<Record<GatewayField, string>> = {};
  const port = draft.port.trim();
  if (port !== '' && !(/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
    problems.port = t.gateway.port.wrong;
  }
  if (draft.interfaces?.length === 0) problems.interfaces = t.gateway.interfaces.chooseOne;
  if (draft.tls === 'own' && (draft.certFile.trim() === '' || draft.keyFile.trim() === '')) {
    problems.tls = t.gateway.filesMissing;
  }
  const wrong = hostsOf(draft.hosts).find((host) => !hostShape.test(host));
  if (wrong !== undefined) problems.hosts = t.gateway.hostsWrong(wrong);
  return problems;
}

/** Only what differs from the settings: what somebody else changes meanwhile is not taken back. */
export function changesOfGateway(draft: GatewayDraft, settings: GatewaySettings): Partial<GatewaySettings> {
  const next = {
    port: draft.port.trim() === '' ? null : Number(draft.port.trim()),
    interfaces: draft.interfaces === null ? null : [...draft.interfaces],
    tls: draft.tls,
    cert_file: draft.certFile.trim() || null,
    key_file: draft.keyFile.trim() || null,
    mdns: draft.mdns,
    unix_socket: draft.unixSocket,
    extra_hosts: hostsOf(draft.hosts),
  };
  return Object.fromEntries(
    Object.entries(next).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(settings[name as keyof GatewaySettings]),
    ),
  );
}
