import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '../base/clock.ts';
import { jsonObject } from '../crypto/bytes.ts';
import type { SeenClient } from '../orchestrator/ports.ts';
import { type ErrorCode, errors } from '../protocol/errors.ts';
import { linkOfRequest, seenOn } from './request-link.ts';
import type { Strangers } from './sealed/strangers.ts';
import type { SignedIn, SignIn } from './sign-in.ts';

/** How long a client may take to answer the closing handshake. */
const closeWithinMs = 1_000;

export interface FirstFrameDeps {
  signIn: SignIn;
  strangers: Strangers;
  clock: Clock;
  /** Called in the tick in which the credential came. */
  enter(socket: WebSocket, signedIn: SignedIn, seen: SeenClient): void;
}

/**
 * Signs a socket in by its first frame, `{"type":"auth","key":"qd_…"}`, for programs that cannot set a header. On private links only: the key is read
 * by whoever reads the link.
 */
export function createFirstFrameSignIn({ signIn, strangers, clock, enter }: FirstFrameDeps) {
  return (socket: WebSocket, raw: Duplex, request: IncomingMessage): void => {
    const refuse = (code: ErrorCode, message: string, retry_after_ms?: number) => {
      socket.send(JSON.stringify({ type: 'closing', code, message, retry_after_ms }));
      socket.close(errors[code].closes || 1008, code);
      const cancel = clock.after(closeWithinMs, () => socket.terminate());
      socket.once('close', cancel);
    };
    socket.on('error', () => socket.terminate());
    const stranger = strangers.meet(socket, raw, linkOfRequest(request).address, {
      timedOut() {
        socket.removeAllListeners('message');
        refuse('auth_timeout', 'No credential came within 10 seconds.');
      },
      crowdedOut() {
        socket.removeAllListeners('message');
        refuse('overloaded', 'Too many connections have not said who they are.', 1_000);
      },
    });
    socket.once('message', (data, isBinary) => {
      stranger.known();
      const said = isBinary ? null : jsonObject(String(data));
      const key = said?.type === 'auth' && typeof said.key === 'string' ? said.key : null;
      if (key === null || key === '') {
        refuse('unauthorized', 'The first frame has to be {"type":"auth","key":"qd_…"}.');
        return;
      }
      // What a client that can set headers would have said in one.
      request.headers.authorization = `Bearer ${key}`;
      const found = signIn.check(request, 'websocket', true);
      if (found.ok) {
        enter(socket, found.signedIn, seenOn(request, 'websocket'));
        return;
      }
      const { problem, headers } = found.refusal;
      const seconds = Number(headers?.['retry-after']);
      refuse(problem.code, problem.message, seconds > 0 ? seconds * 1_000 : undefined);
    });
  };
}
