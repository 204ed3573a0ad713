import { concat, toUtf8 } from './bytes.ts';
import { type Primitives, tweetnacl } from './primitives.ts';

/** Crockford's alphabet in small letters: no i, l, o or u, which are read as something else. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const label = toUtf8('quarterdeck fingerprint');

/**
 * A public key for comparing by eye: the first 160 bits of SHA-512(label || key) as eight groups of four characters. Nobody finds a second key with
 * the same one; who compares only two groups still makes an attacker try a million keys.
 */
export function fingerprintOf(publicKey: Uint8Array, { sha512 }: Pick<Primitives, 'sha512'> = tweetnacl): string {
  const bytes = sha512(concat(label, publicKey)).subarray(0, 20);
  const groups: string[] = [];
  for (let at = 0; at < 20; at += 5) {
    let digits = '';
    let bits = 0;
    let word = 0;
    for (const byte of bytes.subarray(at, at + 5)) {
      word = ((word << 8) | byte) & 0xfff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        digits += alphabet[(word >> bits) & 31];
      }
    }
    groups.push(digits.slice(0, 4), digits.slice(4));
  }
  return groups.join(' ');
}
