import { describe, expect, it } from 'vitest';
import { coveredBy } from './keyboard-room.ts';
import { pulledBy } from './use-pull-down.ts';

describe('the room above a screen keyboard', () => {
  it('is what is seen of the page', () => {
    expect(coveredBy(844, { height: 508, offsetTop: 0, scale: 1 })).toBe(336);
  });

  it('counts what the browser has pushed out at the top', () => {
    expect(coveredBy(844, { height: 508, offsetTop: 120, scale: 1 })).toBe(216);
  });

  it('is the whole page where the browser shortens it, and where a person has zoomed in', () => {
    expect(coveredBy(508, { height: 508, offsetTop: 0, scale: 1 })).toBe(0);
    expect(coveredBy(844, { height: 422, offsetTop: 60, scale: 2 })).toBe(0);
  });
});

describe('a sheet under a finger', () => {
  it('follows it down, and neither up nor across', () => {
    expect(pulledBy(4, 60)).toBe(60);
    expect(pulledBy(0, -60)).toBe(0);
    expect(pulledBy(80, 60)).toBe(0);
  });
});
