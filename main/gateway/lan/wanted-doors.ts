import type { GatewaySettings } from '../../protocol/gateway.ts';
import { hostOf, isChosen, type Reachable } from './interfaces.ts';

/** An address of this machine at which the gateway is to be reached. */
export interface WantedDoor {
  kind: 'loopback' | 'lan' | 'unix';
  /** As the system takes it; of a Unix socket: its path. */
  address: string;
  port: number;
  tls: boolean;
}

/** What the person said for this run alone (`--host`): every address, or these. */
export type ForThisRun = 'every' | readonly string[] | null;

export interface Wishes {
  settings: GatewaySettings;
  interfaces: readonly Reachable[];
  forThisRun: ForThisRun;
  loopback: { address: string; port: number };
  /** Of doors to the network. */
  port: number;
  socketPath: string | null;
}

/**
 * The doors that are to be open. The network's come best first. A wildcard address is never among them: what is not chosen is not bound, so that
 * nothing has to be filtered.
 */
export function wantedDoors(wishes: Wishes): WantedDoor[] {
  const { settings, interfaces, forThisRun, loopback, port, socketPath } = wishes;
  const tls = settings.tls !== 'off';
  const addresses = interfaces.flatMap((one) => {
    if (forThisRun === 'every') return one.addresses;
    const chosen = settings.lan && isChosen(one, settings.interfaces);
    return one.addresses.filter((address) => chosen || (forThisRun?.includes(address) ?? false));
  });
  return [
    { kind: 'loopback', ...loopback, tls: false },
    ...addresses.map((address) => ({ kind: 'lan' as const, address, port, tls })),
    ...(settings.unix_socket && socketPath !== null
      ? [{ kind: 'unix' as const, address: socketPath, port: 0, tls: false }]
      : []),
  ];
}

export const placeOf = ({ kind, address, port }: WantedDoor): string => `${kind} ${address} ${port}`;

/** For people and for clients. */
export function urlOf({ kind, address, port, tls }: WantedDoor): string {
  if (kind === 'unix') return `unix:${address}`;
  const scheme = tls ? 'https' : 'http';
  return `${scheme}://${hostOf(address)}${port === (tls ? 443 : 80) ? '' : `:${port}`}`;
}
