/**
 * The headers of every answer, errors included. Scripts and styles come from our own files only; frames go to our own socket only; nothing is
 * embedded and nobody embeds us. No CORS header is ever sent.
 * @param origin - of this gateway as the client called it. The socket's address is named beside 'self', which not every browser extends to ws.
 */
export function responseHeaders(origin: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      `connect-src 'self' ${origin.replace(/^http/, 'ws')}`,
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), bluetooth=()',
    'cache-control': 'no-store',
  };
}
