import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { linkOfRequest } from './request-link.ts';

/** Who is at the other end, as far as that can be believed. */
export interface Peer {
  /** Address of the client. */
  address: string;
  /** The client's own connection is HTTPS: to us, or to a proxy that we were told to believe. */
  secure: boolean;
}

/** An IPv4 address that came over an IPv6 socket is that IPv4 address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

const last = (header: string | string[] | undefined): string | undefined =>
  (Array.isArray(header) ? header.join(',') : header)?.split(',').at(-1)?.trim();

/**
 * The peer of a request. What a proxy adds (X-Forwarded-For, X-Forwarded-Proto) counts only when the socket's own peer is one of `trusted`; from
 * anybody else it is what the client likes it to be. Of several addresses the last counts that is no trusted proxy: those before it the client wrote.
 */
export function peerOf(request: IncomingMessage, trusted: readonly string[]): Peer {
  const link = linkOfRequest(request);
  const address = plain(request.socket.remoteAddress ?? link.address);
  if (!trusted.map(plain).includes(address)) return { address, secure: link.tls };
  const { headers } = request;
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((one) => plain(one.trim()))
    .filter((one) => isIP(one) !== 0 && !trusted.includes(one));
  return {
    address: forwarded.at(-1) ?? address,
    secure: link.tls || last(headers['x-forwarded-proto'])?.toLowerCase() === 'https',
  };
}
