import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accentIn, accents, contrast, groundsOf, leastContrast, type Scheme } from './accent.ts';

const schemes: Scheme[] = ['light', 'dark'];
const least = (scheme: Scheme, wish: string): number => {
  const { accent, hover, ground, on } = accentIn(scheme, wish);
  const texts = [...groundsOf[scheme], ground].map((one) => contrast(accent, one));
  return Math.min(...texts, contrast(on, accent), contrast(on, hover));
};

describe('an accent', () => {
  it('can be read on every ground of both themes, each that is offered', () => {
    for (const wish of Object.values(accents))
      for (const scheme of schemes)
        expect(least(scheme, wish), `${wish} ${scheme}`).toBeGreaterThanOrEqual(leastContrast);
  });

  it('can be read whatever colour a person wishes for', () => {
    for (let at = 0; at < 4096; at += 7) {
      const wish = `#${[at >> 8, (at >> 4) & 15, at & 15].map((part) => part.toString(16).repeat(2)).join('')}`;
      for (const scheme of schemes)
        expect(least(scheme, wish), `${wish} ${scheme}`).toBeGreaterThanOrEqual(leastContrast);
    }
  });

  it('is left as it was wished for where that can be read', () => {
    expect(accentIn('light', '#2a2a70').accent).toBe('#2a2a70');
    expect(accentIn('light', '#ffee00').accent).not.toBe('#ffee00');
  });

  it('is measured as WCAG says', () => {
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
    expect(contrast('#ffffff', '#767676')).toBeCloseTo(4.54, 2);
  });

  it('is measured on the grounds of the stylesheet', () => {
    const css = readFileSync(join(import.meta.dirname, '../styles/tokens.css'), 'utf8');
    const [light = '', dark = ''] = css.split('@media');
    for (const name of ['ground', 'ground-side', 'bubble', 'ground-raised', 'chosen']) {
      const of = (text: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(text)?.[1];
      expect(groundsOf.light, name).toContain(of(light));
      expect(groundsOf.dark, name).toContain(of(dark));
    }
  });
});
