import { describe, expect, it } from 'vitest';
import { createManualClock } from '../base/clock.ts';
import { createOneTimeLinks, linkLifetimeMs } from './one-time-links.ts';

describe('one-time links', () => {
  const start = () => {
    const clock = createManualClock();
    return { clock, links: createOneTimeLinks(clock.now) };
  };

  it('are 16 random bytes and never the same', () => {
    const { links } = start();
    const codes = Array.from({ length: 1_000 }, () => links.create());
    expect(new Set(codes).size).toBe(1_000);
    for (const code of codes) expect(Buffer.from(code.slice('qdc_'.length), 'base64url')).toHaveLength(16);
  });

  it('can be redeemed once', () => {
    const { links } = start();
    const [first, second] = [links.create(), links.create()];
    expect(links.redeem(second)).toBe(true);
    expect(links.redeem(second)).toBe(false);
    expect(links.redeem(first)).toBe(true);
    expect(links.size).toBe(0);
  });

  it('expire after ten minutes, to the millisecond', () => {
    const { clock, links } = start();
    const [early, late] = [links.create(), links.create()];
    clock.advance(linkLifetimeMs - 1);
    expect(links.redeem(early)).toBe(true);
    clock.advance(1);
    expect(links.redeem(late)).toBe(false);
    expect(links.size).toBe(0);
  });

  it('refuse what was never given out, of any shape', () => {
    const { links } = start();
    const code = links.create();
    for (const wrong of ['', 'qdc_', code.slice(0, -1), `${code} `, code.toUpperCase(), 'x'.repeat(100_000)]) {
      expect(links.redeem(wrong)).toBe(false);
    }
    expect(links.redeem(code)).toBe(true);
  });

  it('are bounded: the oldest makes room', () => {
    const { links } = start();
    const codes = Array.from({ length: 33 }, () => links.create());
    expect(links.size).toBe(32);
    expect(links.redeem(codes[0]!)).toBe(false);
    expect(links.redeem(codes[1]!)).toBe(true);
    expect(links.redeem(codes[32]!)).toBe(true);
  });
});
