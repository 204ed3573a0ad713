import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a link can be used. */
export const linkLifetimeMs = 10 * 60 * 1000;
/** Links that can be open at once; the oldest makes room. */
const maxLinks = 32;

export interface OneTimeLinks {
  /** A fresh code: `qdc_` and 16 random bytes in base64url. The prefix is there so that logs can recognise and redact it. */
  create(): string;
  /** Whether it could be redeemed now; changes nothing. */
  isGood(code: string): boolean;
  /** True once for each code that was created and has not expired. */
  redeem(code: string): boolean;
  /** Codes that could be redeemed now. */
  readonly size: number;
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Codes that sign one browser in, once. Kept in memory only, as hashes: a restart voids them. */
export function createOneTimeLinks(now: () => number): OneTimeLinks {
  let links: { hash: Buffer; expiresAt: number }[] = [];
  const live = () => {
    const time = now();
    links = links.filter((link) => link.expiresAt > time);
    return links;
  };
  const matchingOf = (code: string) => {
    const hash = sha256(code);
    // Every link is compared, whichever matches: the time tells nothing about which or how much.
    return live().filter((link) => timingSafeEqual(link.hash, hash));
  };
  return {
    create() {
      const code = `qdc_${randomBytes(16).toString('base64url')}`;
      links = [...live().slice(-(maxLinks - 1)), { hash: sha256(code), expiresAt: now() + linkLifetimeMs }];
      return code;
    },
    isGood: (code) => matchingOf(code).length > 0,
    redeem(code) {
      const matching = matchingOf(code);
      links = links.filter((link) => !matching.includes(link));
      return matching.length > 0;
    },
    get size() {
      return live().length;
    },
  };
}
