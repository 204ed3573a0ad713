import nacl from 'tweetnacl';

export interface KeyPair {
  /** X25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

/**
 * The few functions of NaCl that the sealed transport is made of. Whoever implements them must give the same bytes: a page uses TweetNaCl, main a
 * faster one where it can be loaded.
 */
export interface Primitives {
  /** Name of the implementation, for a log line. */
  readonly name: string;
  random(length: number): Uint8Array;
  keyPair(secretKey?: Uint8Array): KeyPair;
  /** X25519. @returns 32 bytes; all zero where the point has a low order: the caller refuses those. */
  scalarMult(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array;
  /** SHA-512, 64 bytes. */
  sha512(bytes: Uint8Array): Uint8Array;
  /** XSalsa20-Poly1305: tag (16) || ciphertext, written into `out` from `at` on. */
  secretboxInto(out: Uint8Array, at: number, message: Uint8Array, nonce: Uint8Array, key: Uint8Array): void;
  /** @returns null when the bytes were not made with this key and nonce. */
  openSecretbox(box: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array | null;
  /** `crypto_box`: X25519, HSalsa20, XSalsa20-Poly1305. */
  box(message: Uint8Array, nonce: Uint8Array, publicKey: Uint8Array, secretKey: Uint8Array): Uint8Array;
  openBox(box: Uint8Array, nonce: Uint8Array, publicKey: Uint8Array, secretKey: Uint8Array): Uint8Array | null;
}

/** TweetNaCl: plain JavaScript, the same in every page and in Node. */
export const tweetnacl: Primitives = {
  name: 'tweetnacl',
  random: (length) => nacl.randomBytes(length),
  keyPair: (secretKey) => (secretKey ? nacl.box.keyPair.fromSecretKey(secretKey) : nacl.box.keyPair()),
  scalarMult: (secretKey, publicKey) => nacl.scalarMult(secretKey, publicKey),
  sha512: (bytes) => nacl.hash(bytes),
  secretboxInto: (out, at, message, nonce, key) => out.set(nacl.secretbox(message, nonce, key), at),
  openSecretbox: (box, nonce, key) => nacl.secretbox.open(box, nonce, key),
  box: (message, nonce, publicKey, secretKey) => nacl.box(message, nonce, publicKey, secretKey),
  openBox: (box, nonce, publicKey, secretKey) => nacl.box.open(box, nonce, publicKey, secretKey),
};
