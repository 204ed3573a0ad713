import type { Duplex } from 'node:stream';
import { fromUtf8 } from '../../crypto/bytes.ts';
import type { Primitives } from '../../crypto/primitives.ts';
import { SealedReceiver, SealedSender, sealedOverhead } from '../../crypto/sealed-frames.ts';
import type { SessionKeys } from '../../crypto/session-keys.ts';
import { limits } from '../../protocol/limits.ts';
import { say } from '../../protocol/saying.ts';
import { type Unreadable, utf8Of, type Wire } from '../wire.ts';

/** Frames up to this are made in one buffer that is used again and again. Most are a delta of some hundred bytes. */
const scratchBytes = 16_384;
let scratch = Buffer.allocUnsafeSlow(scratchBytes);

const unreadable = {
  decrypt_failed: {
    code: 'decrypt_failed',
    say: say('sealed.unreadable'),
    message: 'A frame could not be opened: it was altered, cut short, or not sealed with the keys of this connection.',
    next: 'Connect again; if it happens again, somebody may be changing what you send.',
  },
  replay_detected: {
    code: 'replay_detected',
    say: say('sealed.replayed'),
    message: 'A frame came twice, out of order, or back from where it went.',
    next: 'Connect again; if it happens again, somebody may be changing what you send.',
  },
  frame_too_large: {
    code: 'frame_too_large',
    say: say('frame.tooLarge', { bytes: limits.frameBytes }),
    message: `The frame is larger than ${limits.frameBytes} bytes.`,
    next: 'Send less at once.',
  },
} as const satisfies Record<string, Unreadable>;

/**
 * Frames of one connection of the sealed transport, both ways. A frame is sealed right behind its WebSocket header and goes to the stream in one
 * piece: `ws` would copy nothing either, but hands two pieces to the system, which costs a small frame a third more.
 */
export class SealedWire implements Wire {
  readonly #raw: Duplex;
  readonly #sender: SealedSender;
  readonly #receiver: SealedReceiver;

  /** @param raw - the stream below the WebSocket, which nothing but `ws` (without compression, so at once and in order) and this writes to. */
  constructor(primitives: Primitives, keys: SessionKeys, raw: Duplex) {
    this.#raw = raw;
    this.#sender = new SealedSender(primitives, keys.toClient);
    this.#receiver = new SealedReceiver(primitives, keys.toServer);
  }

  send: Wire['send'] = (socket, text, sent) => {
    if (socket.readyState !== socket.OPEN) return;
    const raw = this.#raw;
    const bytes = utf8Of(text);
    const length = sealedOverhead + bytes.length;
    const size = headerBytes(length) + length;
    // A client that does not keep up gets memory of its own, exactly as much as waits: a shared piece would keep what others were sent.
    const shared = size <= scratchBytes && raw.writableLength === 0;
    const frame = shared ? scratch.subarray(0, size) : Buffer.allocUnsafeSlow(size);
    this.#sender.sealInto(frame, writeHeader(frame, length), bytes);
    raw.write(frame, sent);
    // The system did not take all of it at once: the bytes belong to the stream until it does.
    if (shared && raw.writableLength > 0) scratch = Buffer.allocUnsafeSlow(scratchBytes);
  };

  read(data: Buffer, isBinary: boolean): string | Unreadable {
    if (data.length > limits.frameBytes + sealedOverhead) return unreadable.frame_too_large;
    if (!isBinary) return unreadable.decrypt_failed;
    const opened = this.#receiver.open(data);
    if (typeof opened === 'string') return unreadable[opened];
    return fromUtf8(opened) ?? unreadable.decrypt_failed;
  }
}

/** Of a frame that a server sends: unmasked (RFC 6455, 5.2). */
const headerBytes = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10);

/** Writes the header of one whole binary frame. @returns where the payload begins. */
function writeHeader(out: Buffer, length: number): number {
  out[0] = 0x82;
  if (length < 126) {
    out[1] = length;
    return 2;
  }
  if (length < 65_536) {
    out[1] = 126;
    out.writeUInt16BE(length, 2);
    return 4;
  }
  out[1] = 127;
  out.writeUInt32BE(0, 2);
  out.writeUInt32BE(length, 6);
  return 10;
}
