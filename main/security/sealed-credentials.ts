import type { Authentication } from './authenticate.ts';

/** Where a client speaks from, as far as it can be known: for the record, never for a decision. */
export interface Seen {
  /** Peer address, e.g. "192.168.1.20". */
  address: string;
  /** What it says it is: a browser and its system, or the User-Agent cut to 100 characters. */
  client: string;
}

/** What the sealed door needs of whoever keeps keys and devices. */
export interface SealedCredentials {
  /** The gateway's long-term X25519 key pair, 32 bytes each; devices pin the public one. */
  readonly serverKey: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
  /** Public key (32 bytes) of a device that may come in; null: there is none of this id, or it was revoked or has run out. */
  devicePublicKey(device_id: string): Uint8Array | null;
  /** The device has proved that it holds its key. */
  device(device_id: string, seen: Seen): Authentication;
  /**
   * Redeems a pairing code, once, and keeps the device.
   * @param pairing.code - 16 bytes in base64url, from the link. @param pairing.devicePublicKey - 32 bytes.
   */
  pair(
    pairing: { code: string; devicePublicKey: Uint8Array; deviceName: string },
    seen: Seen,
  ): Authentication & { device_id?: string };
  /** An API key, or the owner's token. */
  key(secret: string, seen: Seen): Authentication;
}
