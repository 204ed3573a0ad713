import { concat, sameBytes } from './bytes.ts';
import type { KeyPair, Primitives } from './primitives.ts';

const nonceBytes = 24;
/** nonce (24) || tag (16) || transcript (64). */
export const proofBytes = 104;

/**
 * Shows that the holder of the device's key takes part in this very handshake.
 * @param serverEphemeral - the box is made for the server's key of this connection, not its long-term one: who stole that one cannot make it.
 */
export function proveDevice(
  { random, box }: Primitives,
  device: KeyPair,
  serverEphemeral: Uint8Array,
  transcript: Uint8Array,
): Uint8Array {
  const nonce = random(nonceBytes);
  return concat(nonce, box(transcript, nonce, serverEphemeral, device.secretKey));
}

/** Whether `proof` was made with the secret key behind `devicePublicKey` for the handshake with this transcript. */
export function isDeviceProof(
  { openBox, scalarMult }: Primitives,
  proof: Uint8Array,
  devicePublicKey: Uint8Array,
  serverEphemeral: KeyPair,
  transcript: Uint8Array,
): boolean {
  if (proof.length !== proofBytes || devicePublicKey.length !== 32) return false;
  // With a key of low order anybody knows the secret.
  if (scalarMult(serverEphemeral.secretKey, devicePublicKey).every((byte) => byte === 0)) return false;
  const opened = openBox(
    proof.subarray(nonceBytes),
    proof.subarray(0, nonceBytes),
    devicePublicKey,
    serverEphemeral.secretKey,
  );
  return opened !== null && sameBytes(opened, transcript);
}
