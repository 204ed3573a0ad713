import type { Primitives } from './primitives.ts';
import type { DirectionKeys } from './session-keys.ts';

/** Bytes that sealing adds to a frame: nonce (24) and tag (16). */
export const sealedOverhead = 40;
const nonceBytes = 24;
const prefixBytes = 16;

export type SealedFault = 'decrypt_failed' | 'replay_detected';

/** The nonce of the next frame: prefix (16) || counter (8, big-endian). */
class Nonce {
  readonly bytes = new Uint8Array(nonceBytes);
  #low = 0;
  #high = 0;

  constructor(prefix: Uint8Array) {
    if (prefix.length !== prefixBytes) throw new RangeError('The prefix of a nonce has 16 bytes.');
    this.bytes.set(prefix);
  }

  /** @throws {RangeError} after 2^53 frames: no connection lives that long, and a counter must never come again. */
  next(): void {
    this.#low += 1;
    if (this.#low === 0x1_0000_0000) {
      this.#low = 0;
      this.#high += 1;
      if (this.#high >= 0x20_0000) throw new RangeError('The counter of this connection is used up.');
    }
    const { bytes } = this;
    bytes[23] = this.#low;
    bytes[22] = this.#low >>> 8;
    bytes[21] = this.#low >>> 16;
    bytes[20] = this.#low >>> 24;
    bytes[19] = this.#high;
    bytes[18] = this.#high >>> 8;
    bytes[17] = this.#high >>> 16;
  }
}

/** Seals the frames of one direction, in order. */
export class SealedSender {
  readonly #primitives: Primitives;
  readonly #key: Uint8Array;
  readonly #nonce: Nonce;

  constructor(primitives: Primitives, { key, prefix }: DirectionKeys) {
    this.#primitives = primitives;
    this.#key = key;
    this.#nonce = new Nonce(prefix);
  }

  /** @returns nonce (24) || tag (16) || ciphertext (as long as the plaintext). */
  seal(plaintext: Uint8Array): Uint8Array {
    const frame = new Uint8Array(sealedOverhead + plaintext.length);
    this.sealInto(frame, 0, plaintext);
    return frame;
  }

  /** The same, written into `out` from `at` on. */
  sealInto(out: Uint8Array, at: number, plaintext: Uint8Array): void {
    const nonce = this.#nonce.bytes;
    out.set(nonce, at);
    this.#primitives.secretboxInto(out, at + nonceBytes, plaintext, nonce, this.#key);
    this.#nonce.next();
  }
}

/** Opens the frames of one direction: exactly the next one, and nothing after the first that was not. */
export class SealedReceiver {
  readonly #primitives: Primitives;
  readonly #key: Uint8Array;
  readonly #nonce: Nonce;
  #fault: SealedFault | null = null;

  constructor(primitives: Primitives, { key, prefix }: DirectionKeys) {
    this.#primitives = primitives;
    this.#key = key;
    this.#nonce = new Nonce(prefix);
  }

  /**
   * @returns the plaintext; or why the connection must be closed: `replay_detected` for a nonce that is not the next one (replayed, reordered,
   *   skipped, reflected), `decrypt_failed` for bytes that were not made with this key (altered, cut short).
   */
  open(frame: Uint8Array): Uint8Array | SealedFault {
    if (this.#fault) return this.#fault;
    const opened = this.#open(frame);
    if (typeof opened === 'string') this.#fault = opened;
    else this.#nonce.next();
    return opened;
  }

  #open(frame: Uint8Array): Uint8Array | SealedFault {
    if (frame.length < sealedOverhead) return 'decrypt_failed';
    const expected = this.#nonce.bytes;
    for (let at = 0; at < nonceBytes; at += 1) if (frame[at] !== expected[at]) return 'replay_detected';
    return this.#primitives.openSecretbox(frame.subarray(nonceBytes), expected, this.#key) ?? 'decrypt_failed';
  }
}
