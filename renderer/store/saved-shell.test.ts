import { expect, it } from 'vitest';
import { restAfter } from './saved-shell.ts';

it('writes a small view every second, and a long one so rarely that writing takes a hundredth of the time', () => {
  expect(restAfter(0)).toBe(1_000);
  expect(restAfter(8)).toBe(1_000);
  expect(restAfter(70)).toBe(7_000);
  expect(restAfter(5_000)).toBe(30_000);
});
