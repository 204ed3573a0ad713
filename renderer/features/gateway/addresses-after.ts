import type { GatewayStatus, NetworkInterface } from '../../../main/protocol/gateway.ts';

/** The networks the gateway is bound to once the switch is on. */
export const chosenInterfaces = ({ settings, interfaces }: GatewayStatus): readonly NetworkInterface[] =>
  interfaces.filter((one) => (settings.interfaces === null ? one.chosen : settings.interfaces.includes(one.name)));

/** The port it listens on now, as its own address says it; the one that was set; the one it is made with. */
export function portOf({ settings, listeners }: GatewayStatus): number {
  for (const { url, kind } of listeners) {
    const port = kind === 'unix' ? '' : /:(\d+)\/?$/.exec(url)?.[1];
    if (port) return Number(port);
  }
  return settings.port ?? 8741;
}

/** Every address that answers once the network is let in: shown before it is. */
export function addressesAfter(status: GatewayStatus): readonly string[] {
  const scheme = status.settings.tls === 'off' ? 'http' : 'https';
  return chosenInterfaces(status).flatMap(({ addresses }) =>
    addresses.map((address) => `${scheme}://${address.includes(':') ? `[${address}]` : address}:${portOf(status)}/`),
  );
}
