import { WebSocket } from 'ws';
import { err, ok, type Result } from '../base/result.ts';
import type { Transport, TransportListener } from './transport.ts';

const handshakeTimeoutMs = 5_000;

/**
 * A line to the app that runs, over the WebSocket of its gateway.
 * @param url - base address, e.g. `http://127.0.0.1:8741`. @param token - the owner's.
 * @returns the open line, or why there is none: `refused` when the app does not let us in, else it is not there (any more).
 */
export function connectWebSocket(
  url: string,
  token: string,
  listener: TransportListener,
): Promise<Result<Transport, { refused: boolean; reason: string }>> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws').replace(/\/$/, '')}/api/v1/ws`, {
      headers: { authorization: `Bearer ${token}` },
      handshakeTimeout: handshakeTimeoutMs,
      perMessageDeflate: false,
      // What the app says is as long as it is; it is the same user's.
      maxPayload: 0,
    });
    let open = false;
    let failure = 'the connection was closed';
    socket.on('unexpected-response', (_request, response) => {
      const refused = response.statusCode === 401 || response.statusCode === 403;
      resolve(err({ refused, reason: `the app answered with HTTP ${response.statusCode}` }));
      socket.terminate();
    });
    socket.on('error', (error) => {
      failure = error.message;
      if (!open) resolve(err({ refused: false, reason: error.message }));
    });
    socket.on('message', (data) => listener.onFrame(String(data)));
    socket.on('close', (_code, reason) => {
      if (open) listener.onClosed(String(reason) || failure);
    });
    socket.on('open', () => {
      open = true;
      resolve(
        ok({
          send: (frame: string) => socket.send(frame),
          pause: () => socket.pause(),
          resume: () => socket.resume(),
          close: () => socket.close(1000),
        }),
      );
    });
  });
}
