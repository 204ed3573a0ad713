/**
 * Address of the sealed door at `host:port`, or at a whole http(s) address.
 * @param protocol - of this page, where the address names none: a page that came over TLS may not open a socket without.
 * @returns null when it is no such address: an address comes from a link, so from a stranger.
 */
export function socketUrl(address: string, protocol: string): string | null {
  const whole = /^(https?|wss?):\/\//.test(address) ? address : `${protocol}//${address}`;
  try {
    const { protocol: scheme, host, username, pathname } = new URL(whole);
    if (!host || username || pathname !== '/') return null;
    return `${scheme === 'https:' || scheme === 'wss:' ? 'wss' : 'ws'}://${host}/ws`;
  } catch {
    return null;
  }
}
