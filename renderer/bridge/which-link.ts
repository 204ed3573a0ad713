import { recall, remember } from '../store/storage.ts';

const key = 'link';

/** Remembers that this origin is one where a pairing is kept, so that the next visit knows before any database was asked. */
export const rememberSealed = (sealed: boolean): void => remember(key, sealed ? 'sealed' : null);

/** A page without a secure context in the network can only be reached by others than us; `localhost` and 127.0.0.0/8 are this machine. */
const isThisMachine = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** Does this page talk through the sealed socket: opened by a pairing link, paired before, or over a network in clear? */
export function needsSealedLink({
  protocol,
  hostname,
  hash,
}: Pick<Location, 'protocol' | 'hostname' | 'hash'>): boolean {
  if (hash.startsWith('#pair=')) return true;
  // A fresh one-time link of this machine is meant for the plain socket, whatever was paired here before.
  if (hash.startsWith('#open=')) return false;
  if (protocol === 'http:' && !isThisMachine(hostname)) return true;
  return recall(key) === 'sealed';
}
