import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log, SeenClient } from '../orchestrator/ports.ts';
import { limits } from '../protocol/limits.ts';
import { sealedPath } from './admission.ts';
import type { AboutClient } from './ductor/door.ts';
import { type Refusal, refuseUpgrade } from './http-answer.ts';
import { defect, linkNotPrivate, noSuchRoute, noTokenInUrl } from './problems.ts';
import { linkOfRequest, seenOn } from './request-link.ts';
import type { SignedIn, SignIn } from './sign-in.ts';

export const socketPath = '/api/v1/ws';

export interface UpgradeDeps {
  signIn: SignIn;
  log: Log;
  /** A client that may come in. Called in the tick of the upgrade. */
  enter: (socket: WebSocket, signedIn: SignedIn, seen: SeenClient) => void;
  /** A client on a private link that will say in its first frame who it is. */
  awaitFirstFrame: (socket: WebSocket, raw: Duplex, request: IncomingMessage) => void;
  /** A client that will say so in a sealed channel. */
  sealed: (socket: WebSocket, raw: Duplex, about: AboutClient) => void;
}

type Checked = { ok: true; go: (socket: WebSocket) => void } | { ok: false; refusal: Refusal };

const webSockets = (maxPayload: number) =>
  new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload,
    // Costs 240 kB per connection and most of the throughput, and deltas are tiny.
    perMessageDeflate: false,
  });

/** Under which other servers take a credential in the address. */
const secretNames = ['token', 'access_token', 'key', 'api_key', 'authorization'];

/** A sealed frame that is too large by less than this is still answered in words; a larger one ends the connection unread (1009). */
const sealedSlack = 65_536;

/** Turns an admitted HTTP request into a WebSocket, after every question an HTTP request is asked: address, link, credential. */
export function createUpgrade({ signIn, log, enter, awaitFirstFrame, sealed }: UpgradeDeps) {
  const plainSockets = webSockets(limits.frameBytes);
  const sealedSockets = webSockets(limits.frameBytes + sealedSlack);

  const plain = (request: IncomingMessage, raw: Duplex, query: string): Checked => {
    if (!linkOfRequest(request).private) return { ok: false, refusal: { problem: linkNotPrivate } };
    const asked = new URLSearchParams(query);
    if (secretNames.some((name) => asked.has(name))) return { ok: false, refusal: { problem: noTokenInUrl } };
    const { authorization, cookie, origin } = request.headers;
    // A page says who it is by its cookie; only a program may be about to say it.
    if (authorization === undefined && cookie === undefined && origin === undefined) {
      return { ok: true, go: (socket) => awaitFirstFrame(socket, raw, request) };
    }
    const checked = signIn.check(request, 'websocket', true);
    if (!checked.ok) return checked;
    return { ok: true, go: (socket) => enter(socket, checked.signedIn, seenOn(request, 'websocket')) };
  };

  return (request: IncomingMessage, raw: Duplex, head: Buffer): void => {
    try {
      const [path, query = ''] = (request.url ?? '').split('?', 2);
      if (path === sealedPath) {
        sealedSockets.handleUpgrade(request, raw, head, (socket) => sealed(socket, raw, aboutOf(request)));
        return;
      }
      const checked: Checked =
        path === socketPath ? plain(request, raw, query) : { ok: false, refusal: { problem: noSuchRoute } };
      if (checked.ok) plainSockets.handleUpgrade(request, raw, head, checked.go);
      else refuseUpgrade(raw, checked.refusal);
    } catch (error) {
      log.error('upgrade failed', { error });
      refuseUpgrade(raw, { problem: defect });
    }
  };
}

const aboutOf = (request: IncomingMessage): AboutClient => {
  const { address, client } = seenOn(request, 'sealed');
  return { link: linkOfRequest(request), seen: { address, client } };
};
