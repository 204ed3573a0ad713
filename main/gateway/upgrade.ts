import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log, SeenClient } from '../orchestrator/ports.ts';
import { limits } from '../protocol/limits.ts';
import type { AboutClient } from './ductor/door.ts';
import { refuseUpgrade } from './http-answer.ts';
import { defect, linkNotPrivate, noSuchRoute } from './problems.ts';
import { linkOfRequest, seenOn } from './request-link.ts';
import type { SignedIn, SignIn } from './sign-in.ts';

export const socketPath = '/api/v1/ws';
/** The credential comes in the first frames. */
export const sealedPath = '/ws';

export interface UpgradeDeps {
  signIn: SignIn;
  log: Log;
  /** A client that may come in. Called in the tick of the upgrade. */
  enter: (socket: WebSocket, signedIn: SignedIn, seen: SeenClient) => void;
  /** A client of the sealed transport, which has said nothing yet; null: there is no such door. */
  sealed: ((socket: WebSocket, about: AboutClient) => void) | null;
}

/** Turns an admitted HTTP request into a WebSocket, after every question an HTTP request is asked: address, link, credential. */
export function createUpgrade({ signIn, log, enter, sealed }: UpgradeDeps) {
  const webSockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: limits.frameBytes,
    // Costs 240 kB per connection and most of the throughput, and deltas are tiny.
    perMessageDeflate: false,
  });

  const check = (request: IncomingMessage) => {
    const path = (request.url ?? '').split('?', 1)[0]!;
    if (path === sealedPath && sealed) return { ok: true as const, signedIn: null };
    if (path !== socketPath) return { ok: false as const, refusal: { problem: noSuchRoute } };
    if (!linkOfRequest(request).private) return { ok: false as const, refusal: { problem: linkNotPrivate } };
    return signIn.check(request, 'websocket', true);
  };
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    try {
      const checked = check(request);
      if (checked.ok) {
        webSockets.handleUpgrade(request, socket, head, (ws) => {
          if (checked.signedIn) enter(ws, checked.signedIn, seenOn(request, 'websocket'));
          else sealed?.(ws, { link: linkOfRequest(request), seen: seenOn(request, 'ductor') });
        });
      } else refuseUpgrade(socket, checked.refusal);
    } catch (error) {
      log.error('upgrade failed', { error });
      refuseUpgrade(socket, { problem: defect });
    }
  };
}
