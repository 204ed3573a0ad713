import { createHash } from 'node:crypto';

/** Hash before the first event: 32 zero bytes. */
export const genesisHash = Buffer.alloc(32);

/** SHA-256(previous hash || canonical bytes of the event), 32 bytes. */
export function chainHash(previous: Uint8Array, body: string): Buffer {
  return createHash('sha256').update(previous).update(body, 'utf8').digest();
}
