import { fromBase64url } from '../crypto/base64url.ts';
import { pairingFragment } from '../crypto/pairing-link.ts';

/** An address at which this machine can be called. */
export interface PairingAddress {
  /** For people, e.g. "192.168.1.20:8741". */
  address: string;
  /** Where the page is, e.g. "http://192.168.1.20:8741". */
  url: string;
  /** It was tried and answers. */
  reachable: boolean;
}

/** Addresses in one link: a QR code with more is hard to read for a camera. */
const maxAddresses = 6;

/**
 * The link of a pairing for each address, those that answer first. It all stands in the fragment, which is never sent.
 * @param pairing.code - 16 bytes in base64url. @param addresses - at least one.
 */
export function pairingLinks(
  pairing: { publicKey: Uint8Array; code: string; name: string },
  addresses: readonly PairingAddress[],
): { address: string; link: string; reachable: boolean }[] {
  const ordered = [...addresses].sort((a, b) => Number(b.reachable) - Number(a.reachable));
  const hosts = ordered.slice(0, maxAddresses).map(({ url }) => addressOf(url));
  const code = fromBase64url(pairing.code)!;
  const fragment = pairingFragment({ serverKey: pairing.publicKey, code, name: pairing.name, hosts });
  return ordered.map(({ address, url, reachable }) => ({
    address,
    link: `${url.replace(/\/+$/, '')}/${fragment}`,
    reachable,
  }));
}

/** `host:port`; the whole address where it is HTTPS, which a client could not know otherwise. */
const addressOf = (url: string): string => (url.startsWith('https:') ? new URL(url).origin : new URL(url).host);
