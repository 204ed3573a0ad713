import { pageHeaders } from '../security/page-policy.ts';

/**
 * The headers of every answer, errors included. No CORS header is ever sent.
 * @param sockets - where a page of ours may open sockets, e.g. `ws://127.0.0.1:8741`.
 */
export function responseHeaders(sockets: readonly string[] = []): Readonly<Record<string, string>> {
  return {
    ...pageHeaders(sockets.join(' ')),
    'x-frame-options': 'DENY',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}
