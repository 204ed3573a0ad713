import type { IncomingHttpHeaders } from 'node:http';
import type { Problem } from '../protocol/errors.ts';

/** The names under which a browser on this machine may call this gateway. */
const ownHosts = ['127.0.0.1', 'localhost', '[::1]'];

export interface Admitted {
  ok: true;
  /** Origin of this gateway as the client called it, e.g. `http://127.0.0.1:8741`. */
  origin: string;
  /** The client named this origin itself: only a browser's own page can. */
  sameOrigin: boolean;
}

/**
 * The first question of every request and every upgrade, before any route: was this gateway called by its own name, and if a page calls, is it
 * one of its own? Against DNS rebinding (a stranger's name that points here) and against pages of the web that talk to localhost. The peer's address
 * proves nothing and is not asked.
 * @param path - of the request, for what is only refused below `/api/`: a link from another page to the app itself is fine.
 */
export function admit(
  headers: IncomingHttpHeaders,
  path: string,
  port: number,
): Admitted | { ok: false; problem: Problem } {
  const host = headers.host?.toLowerCase();
  if (host === undefined || !isOwnHost(host, port)) {
    return refuse('The request calls this machine by a name that is not its own.', `Use http://127.0.0.1:${port}.`);
  }
  const origin = `http://${host}`;
  if (headers.origin !== undefined && headers.origin !== origin) {
    return refuse('The page that asks is not served by this gateway.', `Use the page at ${origin}.`);
  }
  const site = headers['sec-fetch-site'];
  if (path.startsWith('/api/') && site !== undefined && site !== 'same-origin' && site !== 'none') {
    return refuse('Another page asked the browser to send this.', `Use the page at ${origin}.`);
  }
  return { ok: true, origin, sameOrigin: headers.origin === origin };
}

function isOwnHost(host: string, port: number): boolean {
  return ownHosts.some((own) => host === `${own}:${port}` || (port === 80 && host === own));
}

const refuse = (message: string, next: string) => ({
  ok: false as const,
  problem: {
    code: 'origin_refused' as const,
    message,
    impact: 'Nothing was read or changed; this protects your sessions from pages of the web.',
    next,
  },
});
