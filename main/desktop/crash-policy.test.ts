import { describe, expect, it } from 'vitest';
import { afterPageDeath } from './crash-policy.ts';

describe('afterPageDeath', () => {
  it('loads the page again twice in a minute and asks the third time', () => {
    const first = afterPageDeath([], 1_000);
    const second = afterPageDeath(first.deaths, 20_000);
    const third = afterPageDeath(second.deaths, 40_000);
    expect([first.action, second.action, third.action]).toEqual(['reload', 'reload', 'ask']);
  });

  it('forgets deaths older than a minute', () => {
    expect(afterPageDeath([1_000, 2_000], 62_001)).toEqual({ action: 'reload', deaths: [62_001] });
  });
});
