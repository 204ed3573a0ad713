import type { IncomingHttpHeaders } from 'node:http';
import type { Problem } from '../protocol/errors.ts';
import { type Saying, say } from '../protocol/saying.ts';
import type { Link } from './link.ts';
import type { OwnNames } from './own-names.ts';

/** The door whose clients prove inside the channel who they are. */
export const sealedPath = '/ws';

export interface Admitted {
  ok: true;
  /** What its bytes travel over. */
  link: Link;
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
  link: Link,
  names: OwnNames,
): Admitted | { ok: false; problem: Problem } {
  const host = headers.host?.toLowerCase();
  if (host === undefined || !names.isHost(host, link)) {
    return refuse(
      say('admission.otherName'),
      'The request calls this machine by a name that is not its own.',
      'Use the address that Quarterdeck shows, or add this name to the names it may be called by.',
    );
  }
  const origin = `${link.tls ? 'https' : 'http'}://${host}`;
  const asked = headers.origin;
  const sameOrigin = asked === origin || (names.isExtra(host) && asked === otherScheme(origin));
  if (asked !== undefined && !sameOrigin && !isFollower(asked, path, names)) {
    return refuse(
      say('admission.otherPage', { origin }),
      'The page that asks is not served by this gateway.',
      `Use the page at ${origin}.`,
    );
  }
  const site = headers['sec-fetch-site'];
  if (path.startsWith('/api/') && site !== undefined && site !== 'same-origin' && site !== 'none') {
    return refuse(
      say('admission.sentByPage', { origin }),
      'Another page asked the browser to send this.',
      `Use the page at ${origin}.`,
    );
  }
  return { ok: true, link, origin, sameOrigin };
}

/**
 * A page that was loaded at one address of this gateway comes back by another one after the first has changed. It may, at the sealed door alone:
 * no cookie counts there, nothing the browser adds by itself does, and what a client must show it can only show inside a channel that it keyed
 * itself. Somebody who has our former address now can serve a page of that origin; it gets as far as any program on the network does.
 */
const isFollower = (origin: string, path: string, names: OwnNames): boolean =>
  path.split('?', 1)[0] === sealedPath && names.isOwnOrigin(origin);

const otherScheme = (origin: string): string =>
  origin.startsWith('https:') ? origin.replace(/^https/, 'http') : origin.replace(/^http/, 'https');

const refuse = (say: Saying, message: string, next: string) => ({
  ok: false as const,
  problem: {
    code: 'origin_refused' as const,
    say,
    message,
    impact: 'Nothing was read or changed; this protects your sessions from pages of the web.',
    next,
  },
});
