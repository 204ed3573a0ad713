import { pageHeaders } from '../security/page-policy.ts';

/**
 * The headers of every answer, errors included. No CORS header is ever sent.
 * @param origin - of this gateway as the client called it.
 */
export function responseHeaders(origin: string): Readonly<Record<string, string>> {
  return {
    ...pageHeaders(origin.replace(/^http/, 'ws')),
    'x-frame-options': 'DENY',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}
