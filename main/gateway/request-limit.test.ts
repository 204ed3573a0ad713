import { expect, it } from 'vitest';
import { createManualClock } from '../base/clock.ts';
import { createRequestLimit } from './request-limit.ts';

const key = (id: string) => ({ kind: 'api_key', id, via: 'http' }) as const;

it('lets each key make as many requests a second as the setting says, whatever the others do', () => {
  const clock = createManualClock();
  const limit = createRequestLimit(clock.now, () => 2);
  expect([limit.take(key('a')), limit.take(key('a'))]).toEqual([0, 0]);
  expect(limit.take(key('a'))).toBe(500);
  expect(limit.take(key('b'))).toBe(0);
  clock.advance(499);
  expect(limit.take(key('a'))).toBe(1);
  clock.advance(1);
  expect(limit.take(key('a'))).toBe(0);
  // Standing still does not save up more than one second's worth.
  clock.advance(3_600_000);
  expect([limit.take(key('a')), limit.take(key('a')), limit.take(key('a')) > 0]).toEqual([0, 0, true]);
});

it('follows the setting at once, and 0 is no limit', () => {
  let rate = 1;
  const limit = createRequestLimit(createManualClock().now, () => rate);
  expect([limit.take(key('a')), limit.take(key('a'))]).toEqual([0, 1_000]);
  rate = 0;
  expect(limit.take(key('a'))).toBe(0);
});

it('counts no person: the owner, a browser, a device', () => {
  const limit = createRequestLimit(createManualClock().now, () => 1);
  for (const kind of ['owner', 'login', 'device'] as const) {
    for (let tries = 0; tries < 5; tries += 1) expect(limit.take({ kind, id: 'x', via: 'http' })).toBe(0);
  }
});
