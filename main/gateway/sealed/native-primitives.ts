import { createRequire } from 'node:module';
import { type Primitives, tweetnacl } from '../../crypto/primitives.ts';
import type { Log } from '../../orchestrator/ports.ts';

/** The part of libsodium's binding that is used; the package brings no types. Every function throws or answers false on a bad argument. */
interface Sodium {
  randombytes_buf(out: Uint8Array): void;
  crypto_scalarmult_base(publicKey: Uint8Array, secretKey: Uint8Array): void;
  crypto_scalarmult(out: Uint8Array, secretKey: Uint8Array, publicKey: Uint8Array): void;
  crypto_hash_sha512(out: Uint8Array, bytes: Uint8Array): void;
  crypto_secretbox_easy(out: Uint8Array, message: Uint8Array, nonce: Uint8Array, key: Uint8Array): void;
  crypto_secretbox_open_easy(out: Uint8Array, box: Uint8Array, nonce: Uint8Array, key: Uint8Array): boolean;
  crypto_box_easy(out: Uint8Array, message: Uint8Array, nonce: Uint8Array, pk: Uint8Array, sk: Uint8Array): void;
  crypto_box_open_easy(out: Uint8Array, box: Uint8Array, nonce: Uint8Array, pk: Uint8Array, sk: Uint8Array): boolean;
}

const keyBytes = 32;
const tagBytes = 16;

/** The same functions by libsodium: byte for byte the same as TweetNaCl, 4 to 16 times faster (docs/decisions/0009). */
function libsodium(sodium: Sodium): Primitives {
  const random = (length: number) => {
    const bytes = new Uint8Array(length);
    sodium.randombytes_buf(bytes);
    return bytes;
  };
  return {
    name: 'libsodium',
    random,
    keyPair(secretKey = random(keyBytes)) {
      const publicKey = new Uint8Array(keyBytes);
      sodium.crypto_scalarmult_base(publicKey, secretKey);
      return { publicKey, secretKey };
    },
    scalarMult(secretKey, publicKey) {
      const shared = new Uint8Array(keyBytes);
      try {
        sodium.crypto_scalarmult(shared, secretKey, publicKey);
      } catch {
        // libsodium refuses points of low order by itself; the caller asks for zeros.
        return new Uint8Array(keyBytes);
      }
      return shared;
    },
    sha512(bytes) {
      const hash = new Uint8Array(64);
      sodium.crypto_hash_sha512(hash, bytes);
      return hash;
    },
    secretboxInto(out, at, message, nonce, key) {
      sodium.crypto_secretbox_easy(out.subarray(at, at + message.length + tagBytes), message, nonce, key);
    },
    openSecretbox(box, nonce, key) {
      if (box.length < tagBytes) return null;
      const message = new Uint8Array(box.length - tagBytes);
      return sodium.crypto_secretbox_open_easy(message, box, nonce, key) ? message : null;
    },
    box(message, nonce, publicKey, secretKey) {
      const box = new Uint8Array(message.length + tagBytes);
      sodium.crypto_box_easy(box, message, nonce, publicKey, secretKey);
      return box;
    },
    openBox(box, nonce, publicKey, secretKey) {
      if (box.length < tagBytes) return null;
      const message = new Uint8Array(box.length - tagBytes);
      return sodium.crypto_box_open_easy(message, box, nonce, publicKey, secretKey) ? message : null;
    },
  };
}

/** libsodium where its binding loads on this machine, else TweetNaCl, which is said in one line. */
export function loadPrimitives(
  log: Pick<Log, 'info'>,
  load: (name: string) => unknown = createRequire(import.meta.url),
): Primitives {
  try {
    const primitives = libsodium(load('sodium-native') as Sodium);
    // A binding that loads and does not work is found here, not in a handshake.
    primitives.keyPair();
    return primitives;
  } catch (error) {
    log.info('libsodium does not load here: frames are sealed by TweetNaCl, which is slower', {
      error: String((error as Error)?.message ?? error).slice(0, 300),
    });
    return tweetnacl;
  }
}
