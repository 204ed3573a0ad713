import { fromBase64url, toBase64url } from './base64url.ts';
import { fromUtf8, jsonObject, toUtf8 } from './bytes.ts';

/** What a pairing link says. */
export interface Pairing {
  /** The gateway's public key, 32 bytes: the device pins it. */
  serverKey: Uint8Array;
  /** One-time code, 16 bytes. */
  code: Uint8Array;
  /** Name that the owner gave the device. */
  name: string;
  /** Addresses at which the gateway can be reached, `host:port` or whole origins, the best first. */
  hosts: readonly string[];
}

/** A link longer than this is none of ours, and a QR code could not hold it. */
const maxChars = 4_000;
const maxHosts = 20;
const maxHostChars = 300;
const maxNameChars = 200;

/** `#pair=…`, to put after an address. A fragment is never sent to a server. */
export function pairingFragment({ serverKey, code, name, hosts }: Pairing): string {
  const json = JSON.stringify({ v: 2, k: toBase64url(serverKey), c: toBase64url(code), n: name, h: hosts });
  return `#pair=${toBase64url(toUtf8(json))}`;
}

/**
 * Reads a pairing link, or only its fragment. What it says is a stranger's word: it proves nothing until the handshake was made.
 * @returns null when it is no pairing link of version 2.
 */
export function readPairingLink(link: string): Pairing | null {
  const at = link.indexOf('#pair=');
  if (at < 0 || link.length > maxChars) return null;
  const bytes = fromBase64url(link.slice(at + '#pair='.length));
  const text = bytes && fromUtf8(bytes);
  const said = text === null ? null : jsonObject(text);
  if (said?.v !== 2) return null;
  const { k, c, n, h } = said;
  if (typeof k !== 'string' || typeof c !== 'string' || typeof n !== 'string' || n.length > maxNameChars) return null;
  if (!Array.isArray(h) || h.length > maxHosts) return null;
  if (!h.every((host): host is string => typeof host === 'string' && host.length > 0 && host.length <= maxHostChars)) {
    return null;
  }
  const serverKey = fromBase64url(k);
  const code = fromBase64url(c);
  return serverKey?.length === 32 && code?.length === 16 ? { serverKey, code, name: n, hosts: h } : null;
}
