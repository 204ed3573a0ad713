import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tweetnacl } from '../../crypto/primitives.ts';
import { loadPrimitives } from './native-primitives.ts';

const logged: string[] = [];
const native = loadPrimitives({ info: (message) => void logged.push(message) });
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const runs = { numRuns: 60 };

describe('the primitives of libsodium', () => {
  it('load on the machines that test this', () => {
    expect(native.name).toBe('libsodium');
    expect(logged).toEqual([]);
  });

  it('give the bytes of TweetNaCl: keys, points, hashes', () => {
    fc.assert(
      fc.property(bytes(32), bytes(32), fc.uint8Array({ maxLength: 300 }), (secret, other, message) => {
        const pair = native.keyPair(secret);
        expect(pair.publicKey).toEqual(tweetnacl.keyPair(secret).publicKey);
        const { publicKey } = tweetnacl.keyPair(other);
        expect(native.scalarMult(secret, publicKey)).toEqual(tweetnacl.scalarMult(secret, publicKey));
        expect(native.sha512(message)).toEqual(tweetnacl.sha512(message));
      }),
      { numRuns: 15 },
    );
  });

  it('give the bytes of TweetNaCl: what is sealed by one is opened by the other', () => {
    fc.assert(
      fc.property(bytes(32), bytes(24), fc.uint8Array({ maxLength: 500 }), (key, nonce, message) => {
        const [mine, theirs] = [native, tweetnacl].map((one) => {
          const out = new Uint8Array(5 + message.length + 16);
          one.secretboxInto(out, 5, message, nonce, key);
          return out;
        });
        expect(mine).toEqual(theirs);
        const box = mine!.subarray(5);
        for (const one of [native, tweetnacl]) expect(one.openSecretbox(box, nonce, key)).toEqual(message);
        box[0]! ^= 1;
        for (const one of [native, tweetnacl]) {
          expect(one.openSecretbox(box, nonce, key)).toBeNull();
          expect(one.openSecretbox(box.subarray(0, 9), nonce, key)).toBeNull();
        }
      }),
      runs,
    );
  });

  it('give the bytes of TweetNaCl: boxes', () => {
    const [one, other] = [native.keyPair(), native.keyPair()];
    const nonce = native.random(24);
    const message = native.random(100);
    const box = native.box(message, nonce, other.publicKey, one.secretKey);
    expect(box).toEqual(tweetnacl.box(message, nonce, other.publicKey, one.secretKey));
    expect(native.openBox(box, nonce, one.publicKey, other.secretKey)).toEqual(message);
    expect(native.openBox(box, nonce, one.publicKey, one.secretKey)).toBeNull();
    expect(native.openBox(box.subarray(0, 3), nonce, one.publicKey, other.secretKey)).toBeNull();
  });

  it.each(['00', '01'])('give zeros for a point of low order (%s…), which callers refuse', (first) => {
    const point = new Uint8Array(32);
    point[0] = Number(first);
    expect(native.scalarMult(native.random(32), point)).toEqual(new Uint8Array(32));
  });

  it('are replaced by TweetNaCl where they do not load, in one line of the log', () => {
    const lines: string[] = [];
    const found = loadPrimitives({ info: (message) => void lines.push(message) }, () => {
      throw new Error('no binding for this system');
    });
    expect(found).toBe(tweetnacl);
    expect(lines).toHaveLength(1);
  });
});
