import { describe, expect, it } from 'vitest';
import { withoutEcho } from './person-signal.ts';

describe('a signal of a person', () => {
  it('counts once when it comes twice at the same moment, and again when it is meant again', () => {
    let now = 1000;
    let handled = 0;
    const signal = withoutEcho(
      () => {
        handled += 1;
      },
      () => now,
    );
    signal();
    now += 20;
    signal();
    expect(handled).toBe(1);
    now += 1000;
    signal();
    expect(handled).toBe(2);
  });
});
