import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Rights } from './delegation.ts';

/** How long an offer can be taken. */
export const offerLifetimeMs = 10 * 60_000;
/** Offers that can be open at once; the oldest makes room. */
const maxOffers = 32;
const codeBytes = 16;

/** What the owner chose for a device that is yet to come. */
export interface Offer extends Rights {
  readonly pairing_id: string;
  /** The name the device will have. */
  readonly name: string;
  /** Until when the offer can be taken, milliseconds since 1970. */
  readonly offered_until: number;
  /** Credential (`kind id`) that made it: it falls with it. */
  readonly by: string;
}

export interface PairingOffers {
  /** @returns the offer and its code, 16 random bytes in base64url, which stands nowhere else. */
  create(offer: Pick<Offer, 'name' | 'by' | keyof Rights>): { offer: Offer; code: string };
  /** The offer of this code; changes nothing. Null: there is none, it was taken or cancelled, or its time is over. */
  find(code: string): Offer | null;
  /** Takes an offer off the list: it was taken, or taken back. False when it was not on it. */
  remove(pairing_id: string): boolean;
  /** Looks whether one is open. */
  get(pairing_id: string): Offer | null;
  /** Takes back all that a credential made which is void now. */
  removeBy(by: string): void;
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Pairings that wait for their device. In memory only, codes as hashes: a restart voids them. */
export function createPairingOffers(now: () => number): PairingOffers {
  let offers: { offer: Offer; hash: Buffer }[] = [];
  const live = () => {
    const time = now();
    offers = offers.filter(({ offer }) => offer.offered_until > time);
    return offers;
  };
  return {
    create(wanted) {
      const code = randomBytes(codeBytes).toString('base64url');
      const pairing_id = `pair_${randomBytes(8).toString('hex')}`;
      const offer = { ...wanted, pairing_id, offered_until: now() + offerLifetimeMs };
      offers = [...live().slice(-(maxOffers - 1)), { offer, hash: sha256(code) }];
      return { offer, code };
    },
    find(code) {
      const hash = sha256(code);
      // Every offer is compared, whichever matches: the time tells nothing about which or how much.
      return live().filter((one) => timingSafeEqual(one.hash, hash))[0]?.offer ?? null;
    },
    get: (pairing_id) => live().find(({ offer }) => offer.pairing_id === pairing_id)?.offer ?? null,
    remove(pairing_id) {
      const before = live().length;
      offers = offers.filter(({ offer }) => offer.pairing_id !== pairing_id);
      return offers.length < before;
    },
    removeBy(by) {
      offers = offers.filter(({ offer }) => offer.by !== by);
    },
  };
}
