import type { NetworkInterfaceInfo } from 'node:os';
import type { NetworkInterface } from '../../protocol/gateway.ts';

/** Answer of `os.networkInterfaces()`. */
export type SystemInterfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** One network interface with the addresses at which others can call it. */
export interface Reachable {
  name: string;
  kind: NetworkInterface['kind'];
  /** IPv4 before IPv6. */
  addresses: readonly string[];
}

const tunnels = /^(tun|tap|utun|wg|ppp|tailscale|zt|ipsec|gre|sit|nebula)/i;
const containers = /^(docker|br-|veth|virbr|vnet|cni|flannel|cali|lxc|lxd|podman|vmnet|vbox|kube|vEthernet)/i;
const homeNames = /^(eth|en|wl|ww|bond|team|usb|wi-?fi|ethernet)/i;

/** IPv6 addresses of one link only name their interface (`fe80::1%eth0`), which no address bar takes. */
const isUsable = ({ address, internal, scopeid }: NetworkInterfaceInfo): boolean =>
  !internal && !(scopeid !== undefined && scopeid !== 0) && !address.startsWith('169.254.');

const isPrivate = (address: string): boolean => /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd])/i.test(address);

/** 100.64.0.0/10 (RFC 6598): handed out by carriers and by virtual networks, not in a home. */
const isCarrier = (address: string): boolean => {
  const [first, second] = address.split('.').map(Number);
  return first === 100 && second! >= 64 && second! < 128;
};

function kindOf(name: string, addresses: readonly string[]): NetworkInterface['kind'] {
  if (tunnels.test(name) || addresses.some(isCarrier)) return 'tunnel';
  if (containers.test(name)) return 'container';
  return addresses.some(isPrivate) ? 'lan' : 'other';
}

const rank = { lan: 0, other: 1, tunnel: 2, container: 3 } as const;

/** Interfaces with an address that others can call, the one a phone most likely shares first. Their kinds are guesses from name and address. */
export function reachableInterfaces(system: SystemInterfaces): Reachable[] {
  return Object.entries(system)
    .map(([name, infos = []]) => {
      const usable = infos.filter(isUsable);
      const addresses = [
        ...usable.filter(({ family }) => family === 'IPv4'),
        ...usable.filter(({ family }) => family === 'IPv6'),
      ].map(({ address }) => address);
      return { name, kind: kindOf(name, addresses), addresses };
    })
    .filter(({ addresses }) => addresses.length > 0)
    .sort(
      (a, b) =>
        rank[a.kind] - rank[b.kind] ||
        Number(homeNames.test(b.name)) - Number(homeNames.test(a.name)) ||
        a.name.localeCompare(b.name),
    );
}

/** Without a choice: what is neither a tunnel nor a bridge of containers. */
export const isChosen = ({ name, kind }: Reachable, chosen: readonly string[] | null): boolean =>
  chosen === null ? kind === 'lan' || kind === 'other' : chosen.includes(name);

/** As it stands in a URL. */
export const hostOf = (address: string): string => (address.includes(':') ? `[${address}]` : address);
