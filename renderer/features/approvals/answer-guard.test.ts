import { describe, expect, it } from 'vitest';
import { isMeant, unseenMs } from './answer-guard.ts';

describe('an answer to a request', () => {
  it('is not meant for a request that has only just appeared', () => {
    expect(isMeant({ shownAt: 1_000, now: 1_000, repeat: false })).toBe(false);
    expect(isMeant({ shownAt: 1_000, now: 1_000 + unseenMs - 1, repeat: false })).toBe(false);
  });

  it('counts once the request could have been seen', () => {
    expect(isMeant({ shownAt: 1_000, now: 1_000 + unseenMs, repeat: false })).toBe(true);
  });

  it('never comes from a key that is still held', () => {
    expect(isMeant({ shownAt: 1_000, now: 1_000 + 60_000, repeat: true })).toBe(false);
  });

  it('is not meant for a request that is not on the screen yet', () => {
    expect(isMeant({ shownAt: null, now: 60_000, repeat: false })).toBe(false);
  });
});
