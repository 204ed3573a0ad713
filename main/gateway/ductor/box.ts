import nacl from 'tweetnacl';
import { err, ok, type Result } from '../../base/result.ts';

const nonceBytes = nacl.box.nonceLength;
const tagBytes = nacl.box.overheadLength;
const prefixBytes = 16;
/** Frames of one client on one connection: each leaves its nonce in memory. Nobody types that much without ever reconnecting. */
const maxFrames = 65_536;
const base64Shape = /^[A-Za-z0-9+/]*={0,2}$/;

/** Standard base64 with its padding, as PyNaCl's clients write it; null: it is not. */
export function readBase64(text: string): Buffer | null {
  return text.length % 4 === 0 && base64Shape.test(text) ? Buffer.from(text, 'base64') : null;
}

/** JSON as ductor writes it: compact, everything beyond ASCII escaped. */
export const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/**
 * The NaCl box of one connection (X25519, HSalsa20, XSalsa20-Poly1305): a frame is base64 of `nonce(24) || tag(16) || ciphertext`. Version 1 has one
 * key for both directions and no counter, so what it does not forbid is refused here without changing a byte of it: a nonce that came before (a
 * captured frame sent again), and a nonce that is ours (a frame of ours sent back). Ours have a prefix of the connection and a counter.
 */
export class DuctorBox {
  /** Our ephemeral key, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly #shared: Uint8Array;
  readonly #prefix = Buffer.from(nacl.randomBytes(prefixBytes));
  readonly #seen = new Set<string>();
  #counter = 0n;

  private constructor(publicKey: Uint8Array, shared: Uint8Array) {
    this.publicKey = publicKey;
    this.#shared = shared;
  }

  /** @param peer - the client's ephemeral key. @returns null when it is not one: another length, or of low order (all zero and its like). */
  static with(peer: Uint8Array): DuctorBox | null {
    if (peer.length !== nacl.box.publicKeyLength) return null;
    const own = nacl.box.keyPair();
    // With a point of low order the "secret" is zero for everybody. libsodium refuses it by itself, this library does not.
    if (nacl.scalarMult(own.secretKey, peer).every((byte) => byte === 0)) return null;
    return new DuctorBox(own.publicKey, nacl.box.before(peer, own.secretKey));
  }

  /** @returns the text frame. */
  seal(value: object): string {
    const nonce = Buffer.alloc(nonceBytes);
    this.#prefix.copy(nonce);
    nonce.writeBigUInt64BE(this.#counter, prefixBytes);
    this.#counter += 1n;
    const sealed = nacl.box.after(Buffer.from(asciiJson(value), 'latin1'), nonce, this.#shared);
    return Buffer.concat([nonce, sealed]).toString('base64');
  }

  /** @returns the object in a frame of the client; or why there is none, for people. */
  open(frame: string): Result<Record<string, unknown>, string> {
    const bytes = readBase64(frame);
    if (bytes === null || bytes.length < nonceBytes + tagBytes) {
      return err('The frame is not base64 of a sealed message. After "auth_ok" everything is sealed.');
    }
    const nonce = bytes.subarray(0, nonceBytes);
    const name = nonce.toString('latin1');
    if (nonce.subarray(0, prefixBytes).equals(this.#prefix)) return err('The frame is one that this server sent.');
    if (this.#seen.has(name)) return err('This frame came before; it was not carried out again.');
    if (this.#seen.size >= maxFrames) return err('This connection has had too many frames. Connect again.');
    const opened = nacl.box.open.after(bytes.subarray(nonceBytes), nonce, this.#shared);
    if (opened === null) return err('The frame cannot be opened with the key of this connection.');
    // Only what can be opened is remembered: nobody without the key can fill the memory, or spoil a nonce.
    this.#seen.add(name);
    try {
      const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(opened));
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return ok(value as Record<string, unknown>);
    } catch {
      // Said below.
    }
    return err('What was sealed is not a JSON object.');
  }
}
