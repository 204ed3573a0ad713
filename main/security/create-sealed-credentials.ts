import type { KeptDevice } from '../storage/device-store.ts';
import type { Authentication, KeyCheck } from './authenticate.ts';
import type { KeyPair } from './gateway-identity.ts';
import type { Offer, PairingOffers } from './pairing-offers.ts';
import { devicePrincipal } from './principal.ts';
import type { SealedCredentials, Seen } from './sealed-credentials.ts';

export interface SealedParts {
  serverKey: KeyPair;
  devices: {
    create(device: Pick<KeptDevice, 'name' | 'public_key' | 'scopes' | 'restrictions' | 'expires_at'>): KeptDevice;
    find(id: string): KeptDevice | null;
    touch(id: string, seen: Seen): void;
  };
  offers: Pick<PairingOffers, 'find' | 'remove'>;
  checkKey: KeyCheck;
  /** A device took an offer. */
  onPaired: (offer: Offer, device: KeptDevice) => void;
}

const invalid = { ok: false, reason: 'invalid' } as const;
const keyBytes = 32;
/** 16 bytes in base64url. What is longer is not hashed. */
const codeShape = /^[A-Za-z0-9_-]{22}$/;

/** What the sealed door asks of keys, devices and pairings. */
export function createSealedCredentials(parts: SealedParts): SealedCredentials {
  const { serverKey, devices, offers, checkKey, onPaired } = parts;
  const enter = (device: KeptDevice, seen: Seen): Authentication => {
    devices.touch(device.id, seen);
    return { ok: true, by: 'device', principal: devicePrincipal(device), expiresAt: device.expires_at };
  };
  return {
    serverKey,
    devicePublicKey: (id) => devices.find(id)?.public_key ?? null,
    device(id, seen) {
      const device = devices.find(id);
      return device ? enter(device, seen) : invalid;
    },
    pair({ code, devicePublicKey }, seen) {
      const offer = codeShape.test(code) ? offers.find(code) : null;
      if (!offer || devicePublicKey.length !== keyBytes) return invalid;
      const { name, scopes, restrictions, expires_at } = offer;
      // Nothing runs between the look and the removal, so a code is never taken twice; and a full disk leaves it good.
      const device = devices.create({
        name,
        public_key: devicePublicKey,
        scopes: [...scopes],
        restrictions,
        expires_at,
      });
      offers.remove(offer.pairing_id);
      onPaired(offer, device);
      return { ...enter(device, seen), device_id: device.id };
    },
    key: (secret, seen) => checkKey(secret, 'sealed', seen),
  };
}
