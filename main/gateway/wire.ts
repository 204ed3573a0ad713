import type { WebSocket } from 'ws';
import type { ErrorCode } from '../protocol/errors.ts';
import type { Saying } from '../protocol/saying.ts';

/** Why a frame could not be read: answered, or the end of the connection (`errors` says which). */
export interface Unreadable {
  code: ErrorCode;
  say?: Saying;
  message: string;
  next: string;
}

/** How frames of the hall travel in a WebSocket. */
export interface Wire {
  send(socket: WebSocket, frame: string, sent: () => void): void;
  /** The text of a frame, or why there is none. */
  read(data: Buffer, isBinary: boolean): string | Unreadable;
}

/** The frame that was encoded last: what many clients are told in one tick is the same text, and is encoded once. */
let lastText = '';
let lastBytes: Buffer = Buffer.alloc(0);
/** A longer one is not kept: who waits for it is one client with a long replay, and its bytes would stay. */
const keptChars = 65_536;

/** @returns bytes that may be kept: nobody writes into them. */
export function utf8Of(text: string): Buffer {
  if (text === lastText) return lastBytes;
  const bytes = Buffer.from(text, 'utf8');
  if (text.length <= keptChars) {
    lastText = text;
    lastBytes = bytes;
  }
  return bytes;
}

/** JSON in text frames: for links that nobody can listen on. */
export const textWire: Wire = {
  send: (socket, frame, sent) => socket.send(utf8Of(frame), { binary: false }, sent),
  read: (data, isBinary) =>
    isBinary
      ? {
          code: 'invalid_frame',
          message: 'The frame is binary; this connection speaks JSON in text frames.',
          next: 'Send the same as a text frame.',
        }
      : data.toString('utf8'),
};
