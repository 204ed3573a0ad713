import { fromUtf8 } from '../../crypto/bytes.ts';
import type { Primitives } from '../../crypto/primitives.ts';
import { SealedReceiver, SealedSender, sealedOverhead } from '../../crypto/sealed-frames.ts';
import type { SessionKeys } from '../../crypto/session-keys.ts';
import { limits } from '../../protocol/limits.ts';
import type { Unreadable, Wire } from '../wire.ts';

/** The frame that was encoded last: what many clients are told in one tick is the same text, and is encoded once. */
let lastText = '';
let lastBytes: Buffer = Buffer.alloc(0);
/** A longer one is not kept: who waits for it is one client with a long replay, and its bytes would stay. */
const keptChars = 65_536;

export function utf8Of(text: string): Buffer {
  if (text === lastText) return lastBytes;
  const bytes = Buffer.from(text, 'utf8');
  if (text.length <= keptChars) {
    lastText = text;
    lastBytes = bytes;
  }
  return bytes;
}

const unreadable = {
  decrypt_failed: {
    code: 'decrypt_failed',
    message: 'A frame could not be opened: it was altered, cut short, or not sealed with the keys of this connection.',
    next: 'Connect again; if it happens again, somebody may be changing what you send.',
  },
  replay_detected: {
    code: 'replay_detected',
    message: 'A frame came twice, out of order, or back from where it went.',
    next: 'Connect again; if it happens again, somebody may be changing what you send.',
  },
  frame_too_large: {
    code: 'frame_too_large',
    message: `The frame is larger than ${limits.frameBytes} bytes.`,
    next: 'Send less at once.',
  },
} as const satisfies Record<string, Unreadable>;

/** Frames of one connection of the sealed transport, both ways. */
export class SealedWire implements Wire {
  readonly #sender: SealedSender;
  readonly #receiver: SealedReceiver;

  constructor(primitives: Primitives, keys: SessionKeys) {
    this.#sender = new SealedSender(primitives, keys.toClient);
    this.#receiver = new SealedReceiver(primitives, keys.toServer);
  }

  send: Wire['send'] = (socket, frame, sent) => {
    const bytes = utf8Of(frame);
    // From Node's pool while it is small: one allocation for many frames.
    const sealed = Buffer.allocUnsafe(sealedOverhead + bytes.length);
    this.#sender.sealInto(sealed, 0, bytes);
    socket.send(sealed, sent);
  };

  read(data: Buffer, isBinary: boolean): string | Unreadable {
    if (data.length > limits.frameBytes + sealedOverhead) return unreadable.frame_too_large;
    if (!isBinary) return unreadable.decrypt_failed;
    const opened = this.#receiver.open(data);
    if (typeof opened === 'string') return unreadable[opened];
    return fromUtf8(opened) ?? unreadable.decrypt_failed;
  }
}
