import type { WebSocket } from 'ws';
import type { ErrorCode } from '../protocol/errors.ts';

/** Why a frame could not be read: answered, or the end of the connection (`errors` says which). */
export interface Unreadable {
  code: ErrorCode;
  message: string;
  next: string;
}

/** How frames of the hall travel in a WebSocket. */
export interface Wire {
  send(socket: WebSocket, frame: string, sent: () => void): void;
  /** The text of a frame, or why there is none. */
  read(data: Buffer, isBinary: boolean): string | Unreadable;
}

/** JSON in text frames: for links that nobody can listen on. */
export const textWire: Wire = {
  send: (socket, frame, sent) => socket.send(frame, sent),
  read: (data, isBinary) =>
    isBinary
      ? {
          code: 'invalid_frame',
          message: 'The frame is binary; this connection speaks JSON in text frames.',
          next: 'Send the same as a text frame.',
        }
      : data.toString('utf8'),
};
