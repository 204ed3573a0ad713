/**
 * What the built page consists of and may do, the same through both doors that serve it: the window's own scheme and the gateway.
 */

/** Files the page consists of; nothing else is served. */
export const pageTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
};

/**
 * Scripts and styles come from our own files only; nothing is embedded but one frame of ours, nobody embeds us, there is nowhere to send a form.
 * @param socket - address of our own WebSocket, which not every browser counts as 'self'; none in the window (frames go over IPC).
 */
export function pageHeaders(socket = ''): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      `connect-src 'self' ${socket}`.trimEnd(),
      // Of our own pages only `diagram.html` lets itself be framed.
      "frame-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  };
}

/** The page inside of ours in which diagrams are drawn. */
const diagramPage = 'diagram.html';
/** SHA-256 of the one script in it. */
const diagramScript = 'sha256-WCUyKaNuHYQXwxDgd/aZbpscBrnGSFDPY8IxFGbHMWI=';

/**
 * What differs for a file of the page. `diagram.html` runs what agents wrote as far as a library reads it: it has no origin, so nothing of ours is
 * its own; it may fetch nothing, run no script but its own and the library it is handed, and be embedded by our page alone.
 * @param name - in the folder of the built page.
 */
export function headersOfFile(name: string): Readonly<Record<string, string>> {
  if (name !== diagramPage) return {};
  return {
    'content-security-policy': [
      "default-src 'none'",
      `script-src '${diagramScript}' blob:`,
      "style-src 'unsafe-inline'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
      'sandbox allow-scripts',
    ].join('; '),
    'x-frame-options': 'SAMEORIGIN',
  };
}
