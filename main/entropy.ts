import { createHash, randomBytes } from 'node:crypto';
import type { Entropy } from './orchestrator/ports.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 9 characters of Crockford's base 32: milliseconds since 1970, so that ids sort by the time they were made (good until the year 3084). */
function timePart(now: number): string {
  let rest = now;
  let text = '';
  for (let at = 0; at < 9; at += 1) {
    text = alphabet[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Ids of 9 characters of time and 13 of chance (65 bits), and SHA-256, from the system's own generator. */
export function createEntropy(now: () => number = Date.now): Entropy {
  return {
    id(prefix) {
      let chance = '';
      for (const byte of randomBytes(13)) chance += alphabet[byte & 31];
      return `${prefix}_${timePart(now())}${chance}`;
    },
    sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
  };
}
