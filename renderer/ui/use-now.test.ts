import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTicker } from './use-now.ts';

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

it('tells everybody who comes between two beats the same time, so that nobody is drawn twice', () => {
  const ticker = createTicker(30_000);
  const first = ticker.read();
  ticker.subscribe(() => {});
  vi.advanceTimersByTime(7_000);
  const second = ticker.read();
  ticker.subscribe(() => {});
  expect([second, ticker.read()]).toEqual([first, first]);
  vi.advanceTimersByTime(23_000);
  expect(ticker.read()).toBe(first + 30_000);
});

it('tells the time as it is to whoever comes after nobody looked', () => {
  const ticker = createTicker(30_000);
  const leave = ticker.subscribe(() => {});
  leave();
  vi.advanceTimersByTime(3_600_000);
  expect(ticker.read()).toBe(1_000_000 + 3_600_000);
});
